const KEY = /^warning (.+?) in (.*?)(?:, (\d+)\.)?$/;

/** Whether a reading is that of a warning. */
export function isWarning(key: string): boolean {
  return key.startsWith('warning ');
}

/** Which warning that is: `warning blocked in main`, `2nd warning fault in main`. What a queue leaves out is said to be so. */
export function warningName(key: string): string {
  const [, kind, lane, nth] = KEY.exec(key) ?? [];
  if (kind === undefined) return key;
  const what = kind === 'undefined' ? 'warning of no kind' : `warning ${kind}`;
  return `${ordinal(Number(nth ?? 1))}${what} ${lane === 'undefined' ? 'in no lane' : `in ${lane}`}`;
}

function ordinal(nth: number): string {
  if (nth === 1) return '';
  return `${nth}${{ 2: 'nd', 3: 'rd' }[nth] ?? 'th'} `;
}
