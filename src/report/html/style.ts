/** Calm in light and dark, on paper and on a phone. Colour never says anything alone. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1d2433; --soft: #5b6577; --paper: #fdfdfb; --card: #ffffff; --line: #dcdfe6;
  --active: #2f6fb0; --active-ink: #ffffff; --queued: #e4eaf2; --queued-ink: #33415c; --out: #f3ecdc; --out-ink: #6b5316;
  --wrong: #b3261e; --wrong-soft: #fbe9e7; --pick: #fff3cf; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ef; --soft: #9aa5b8; --paper: #14171d; --card: #1b2028; --line: #323a47;
  --active: #3f7fc0; --active-ink: #ffffff; --queued: #2b3442; --queued-ink: #c9d3e2; --out: #3a3322; --out-ink: #e6d3a0;
  --wrong: #ff8a80; --wrong-soft: #3d2322; --pick: #3a3415; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 24px 20px 64px; }
article + article { margin-top: 64px; border-top: 3px solid var(--line); padding-top: 32px; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 8px; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 36px 0 8px; } h3 { font-size: 1rem; margin: 0; overflow-wrap: anywhere; } h4 { font-size: .9rem; margin: 16px 0 4px; }
.rule { font: 600 .85rem ui-monospace, Consolas, monospace; color: var(--wrong); margin: 0 0 6px; } .rule::before { content: '✗ '; }
.promise { font-size: 1.1rem; margin: 0; } .setup, .legend, small, .at { color: var(--soft); } .setup, .legend { font-size: .85rem; }
.against { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; margin: 20px 0; }
.against div { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 10px 14px; }
.against .wrong { background: var(--wrong-soft); border-color: var(--wrong); }
dt { font-size: .8rem; color: var(--soft); } dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
.controls { display: none; gap: 6px; align-items: center; margin: 16px 0 8px; flex-wrap: wrap; } .js .controls { display: flex; }
button { font: inherit; min-width: 40px; min-height: 36px; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 6px; cursor: pointer; }
button:focus-visible, .scroll:focus-visible, summary:focus-visible, a:focus-visible { outline: 3px solid var(--active); outline-offset: 1px; }
output { min-width: 8.5em; text-align: center; font-variant-numeric: tabular-nums; } .zoom { margin-left: auto; display: inline-flex; gap: 6px; }
.picture { display: flex; background: var(--card); border: 1px solid var(--line); border-radius: 8px; overflow: hidden; }
.names { flex: none; border-right: 1px solid var(--line); } .scroll { overflow-x: auto; flex: 1; }
svg { display: block; } svg text { font: 13px ui-monospace, Consolas, monospace; fill: var(--ink); }
svg .lane { font-weight: 700; } svg .row, svg .at, svg .mark { fill: var(--soft); } svg .number { font-weight: 700; }
.column { cursor: pointer; } .column rect { fill: transparent; stroke: var(--line); stroke-width: .5; } .column.picked rect { fill: var(--pick); }
.bar { pointer-events: none; } .bar.active rect { fill: var(--active); } .bar.active text { fill: var(--active-ink); }
.bar.queued rect { fill: var(--queued); stroke: var(--soft); stroke-dasharray: 4 3; } .bar.queued text { fill: var(--queued-ink); }
.bar.detached rect { fill: var(--out); stroke: var(--out-ink); stroke-dasharray: 1 3; } .bar.detached text { fill: var(--out-ink); }
.bar.wrong:not(.queued) rect { stroke: var(--wrong); stroke-width: 2.5; } .bar.absent rect { fill: transparent !important; stroke-dasharray: 6 4; }
.bar.absent text, .bar .note, .warning.wrong text { fill: var(--wrong) !important; } .bar .note { font-weight: 700; } .warning { pointer-events: none; }
.step { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 14px; margin-top: 12px; }
.step.differs { border-color: var(--wrong); } .step .number { display: inline-block; min-width: 1.6em; color: var(--soft); } .seen { margin: 4px 0 12px; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; } th, td { text-align: left; padding: 5px 8px; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
.program td:nth-child(2) { width: 32%; } thead th { color: var(--soft); font-weight: 500; font-size: .8rem; } th small { display: block; font-weight: 400; } td.wrong { color: var(--wrong); font-weight: 600; } td.at { white-space: nowrap; }
pre { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 12px; overflow-x: auto; font: 13px/1.5 ui-monospace, Consolas, monospace; } .replay { white-space: pre-wrap; overflow-wrap: anywhere; }
.status-broken { color: var(--wrong); font-weight: 600; } a { color: var(--active); } summary { cursor: pointer; }
@media (max-width: 600px) { main { padding: 16px 12px 48px; } h1 { font-size: 1.3rem; } .against { grid-template-columns: 1fr; } .lanes { font-size: .75rem; } th, td { padding: 4px; } .lanes thead th { overflow-wrap: normal; } .differences tr > :first-child { display: none; } }
@media print { .controls, .legend { display: none !important; } .step[hidden] { display: block; } article { break-inside: auto; } }
`;
