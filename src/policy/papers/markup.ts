/** Text that is HTML already. Made by {@link markup} only, so a plain string can never pass for it. */
export class Markup {
  readonly #text: string;
  private constructor(text: string) {
    this.#text = text;
  }
  toString(): string {
    return this.#text;
  }
  static of(parts: readonly string[], values: readonly Content[]): Markup {
    return new Markup(parts.reduce((text, part, at) => text + written(values[at - 1]) + part));
  }
}

/** What may stand in a template: text is escaped, lists are joined, `null` and `false` leave nothing. */
export type Content = string | number | Markup | null | undefined | false | readonly Content[];

/**
 * HTML with every value escaped. Named so that no formatter takes its text for HTML: a line break between two
 * Chinese characters shows as a gap.
 * @example markup`<p>${name}</p>`
 */
export const markup = (parts: TemplateStringsArray, ...values: readonly Content[]): Markup =>
  Markup.of(parts, values);

function written(value: Content): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Markup) return value.toString();
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value));
  return value.map(written).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** Control characters, and those that turn the reading direction: a name must not rewrite the sentence around it. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

const escaped = (text: string): string =>
  text.replace(UNPRINTABLE, '\ufffd').replace(/[&<>"']/g, (found) => ENTITIES[found] ?? found);
