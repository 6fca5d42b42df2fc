/** Text that is markup already. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | undefined | Markup | readonly Part[];

/**
 * Markup, with everything that is put into it escaped, but for what is markup itself. Nothing stands for what is undefined,
 * and nothing for how the source is set in.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(strings.map((text, place) => text.replace(/\n\s+/g, '\n') + asMarkup(parts[place])).join(''));
}

function asMarkup(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'object') return part.map((one) => asMarkup(one)).join('');
  return String(part).replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
