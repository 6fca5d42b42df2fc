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
:not(article) + article, article + article { margin-top: 64px; border-top: 3px solid var(--line); padding-top: 32px; } .back { float: right; font-size: .85rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 8px; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 36px 0 8px; } h3 { font-size: 1rem; margin: 0; overflow-wrap: anywhere; } h4 { font-size: .9rem; margin: 16px 0 4px; }
.rule { font: 600 .85rem ui-monospace, Consolas, monospace; color: var(--wrong); margin: 0 0 6px; } .rule::before { content: '✗ '; }
.promise { font-size: 1.1rem; margin: 0; } .setup, .legend, small, .at { color: var(--soft); } .setup, .legend { font-size: .85rem; }
.against { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; margin: 20px 0; }
.against div { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 10px 14px; }
.against .wrong { background: var(--wrong-soft); border-color: var(--wrong); }
dt { font-size: .8rem; color: var(--soft); } dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
.keys { display: none; } .js .keys { display: inline; }
.controls { display: none; gap: 6px; align-items: center; margin: 16px 0 8px; flex-wrap: wrap; } .js .controls { display: flex; }
button { font: inherit; min-width: 40px; min-height: 36px; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 6px; cursor: pointer; }
button:focus-visible, .timeline:focus-visible, summary:focus-visible, a:focus-visible { outline: 3px solid var(--active); outline-offset: 1px; }
output { min-width: 8.5em; text-align: center; font-variant-numeric: tabular-nums; } .zoom { margin-left: auto; display: inline-flex; gap: 6px; }
.timeline { --column: 84px; --names: 132px; position: relative; display: grid; overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 8px;
  grid-template: 48px repeat(var(--rows), minmax(34px, auto)) / var(--names) repeat(var(--columns), max-content) minmax(max-content, 1fr); font: 13px/1.3 ui-monospace, Consolas, monospace; }
.name { position: sticky; left: 0; z-index: 3; display: flex; gap: 6px; align-items: center; padding: 0 8px; background: var(--card); border-right: 1px solid var(--line); min-width: 0; }
.name b { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; } .name span, .head, .column small { color: var(--soft); }
.column { grid-row: 1 / -1; min-width: var(--column); padding: 5px 8px; border-right: 1px solid var(--line); cursor: pointer; white-space: nowrap; } .column b, .column small { display: block; min-height: 1.3em; } .column.picked { background: var(--pick); }
.bar, .mark, .note, .warnings { z-index: 1; align-self: center; pointer-events: none; white-space: nowrap; }
.bar { display: flex; justify-content: space-between; width: 0; min-width: calc(100% - 6px); margin: 0 3px; padding: 1px 6px; overflow: clip; border: 1px solid transparent; border-radius: 4px; }
.bar b { position: sticky; left: calc(var(--names) + 8px); min-width: 0; overflow: hidden; text-overflow: ellipsis; font-weight: 400; } .bar i, .mark { font-style: normal; } .mark { justify-self: center; padding: 0 5px; border-radius: 8px; background: var(--card); }
.bar.active { background: var(--active); color: var(--active-ink); }
.bar.queued { background: var(--queued); color: var(--queued-ink); border: 1px dashed var(--soft); } .bar.detached { background: var(--out); color: var(--out-ink); border: 1px dotted var(--out-ink); }
.bar.waiting { border-bottom: 2px solid var(--soft); border-radius: 0; }
.bar.wrong { border: 2px solid var(--wrong); } .bar.absent { background: transparent; border-style: dashed !important; color: var(--wrong); }
.note { padding: 0 12px 0 4px; color: var(--wrong); font-weight: 700; } .warnings { align-self: start; margin: 0; padding: 6px 8px; list-style: none; max-width: 40ch; } .warnings li { overflow: hidden; text-overflow: ellipsis; } .warnings .wrong { color: var(--wrong); }
.step { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 14px; margin-top: 12px; }
.step.differs { border-color: var(--wrong); } .step .number { display: inline-block; min-width: 1.6em; color: var(--soft); } .seen { margin: 4px 0 12px; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; } th, td { text-align: left; padding: 5px 8px; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; } tbody th { min-width: 4em; } td.wrong { min-width: 6em; }
.program td:nth-child(2) { width: 32%; } thead th { color: var(--soft); font-weight: 500; font-size: .8rem; } th small { display: block; font-weight: 400; } td.wrong { color: var(--wrong); font-weight: 600; } td.at { white-space: nowrap; }
pre { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 12px; overflow-x: auto; font: 13px/1.5 ui-monospace, Consolas, monospace; } .replay { white-space: pre-wrap; overflow-wrap: anywhere; }
.status-broken { color: var(--wrong); font-weight: 600; } a { color: var(--active); } summary { cursor: pointer; }
@media (max-width: 600px) { .timeline { --names: 92px; font-size: 12px; } .name { padding: 0 4px; } main { padding: 16px 12px 48px; } h1 { font-size: 1.3rem; } .against { grid-template-columns: 1fr; } .lanes { font-size: .75rem; } th, td { padding: 4px; } .lanes thead th { overflow-wrap: normal; } .differences tr > :first-child { display: none; } }
@media print { .controls, .legend { display: none !important; } article { break-inside: auto; } }
`;
