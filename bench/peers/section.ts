/** What one measure has to say: for the terminal and for the page alike. */
export interface Section {
  readonly title: string;
  /** How it is measured: a paragraph of Markdown. */
  readonly how: string;
  readonly tables: readonly Table[];
  readonly bars: readonly Bar[];
}

export interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What was asked for, and whether it was met. */
export interface Bar {
  readonly what: string;
  readonly wanted: string;
  readonly measured: string;
  readonly isMet: boolean;
}

export function atLeast(what: string, bar: number, measured: number, where = ''): Bar {
  return {
    what,
    wanted: `at least ${bar.toFixed(1)}`,
    measured: `${measured.toFixed(2)}${where}`,
    isMet: measured >= bar,
  };
}

export function atMost(what: string, bar: number, measured: number, where = ''): Bar {
  return {
    what,
    wanted: `at most ${bar.toFixed(1)}`,
    measured: `${measured.toFixed(2)}${where}`,
    isMet: measured <= bar,
  };
}

export function barTable(bars: readonly Bar[]): Table {
  return {
    title: 'Bars',
    head: ['', 'wanted', 'measured', ''],
    rows: bars.map(({ what, wanted, measured, isMet }) => [what, wanted, measured, isMet ? 'ok' : 'short']),
  };
}

/** The table in Markdown, with its columns aligned, so that it can be read as it stands. */
export function tableText({ title, head, rows }: Table): string {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map((row) => row[column]!.length)));
  const rule = widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  const lines = [head, rule, ...rows].map((row) => {
    const cells = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
    );
    return `| ${cells.join(' | ')} |`;
  });
  return [title, '', ...lines].join('\n');
}
