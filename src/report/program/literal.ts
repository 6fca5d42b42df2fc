/** A value as JavaScript: single quotes, numbers in groups, keys without quotes. */
export function literal(value: unknown): string {
  if (typeof value === 'number') return Number.isFinite(value) ? digits(value) : String(value);
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const fields = Object.entries(value).filter(([, one]) => one !== undefined);
  return fields.length === 0
    ? '{}'
    : `{ ${fields.map(([name, one]) => `${keyOf(name)}: ${literal(one)}`).join(', ')} }`;
}

/** The name of a task as that of a variable: a, b, …, probeOfMain. */
export function variable(task: string): string {
  const words = task.split(/[^\p{L}\p{N}_]+/u).filter((word) => word !== '');
  const name = words.map((word, at) => (at === 0 ? word : word[0]!.toUpperCase() + word.slice(1))).join('');
  return RESERVED.has(name) ? `${name}_` : name;
}

/** Of the names that letters alone can make, the first that mean something to the language. */
const RESERVED: ReadonlySet<string> = new Set(['do', 'if', 'in', 'for', 'let', 'new', 'now', 'try', 'var']);

function digits(value: number): string {
  const [whole, rest] = String(value).split('.') as [string, string?];
  const grouped = whole.includes('e') ? whole : whole.replace(/\B(?=(\d{3})+$)/g, '_');
  return rest === undefined ? grouped : `${grouped}.${rest}`;
}

/** As JSON would, so that whatever is in it stays in it; the quotes are those of the house. */
function quoted(text: string): string {
  return `'${JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"')
    .replaceAll("'", String.raw`\'`)}'`;
}

function keyOf(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}
