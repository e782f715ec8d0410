/**
 * Text from outside, made visible: a terminal, a page or a diagram never receives a character that
 * it would obey instead of showing.
 *
 * @source ECMA-48 (the controls of C0 and C1); Unicode 16.0, 23 (special areas, format
 *   characters); UTS 55 (bidirectional controls in source text)
 */

/**
 * Controls with DEL and C1, format characters (bidirectional, zero width, tags), separators of
 * lines and paragraphs, lone surrogates, and blanks that fonts draw as nothing.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** Variation selectors only choose between the forms of the character before them. */
const HARMLESS = /^[\ufe0e\ufe0f]$/;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** One line. Each invisible character is written as in JSON, such as `\u001b` or `\n`. */
export const visible = (text: string): string =>
  text.replace(INVISIBLE, (found) => (HARMLESS.test(found) ? found : escaped(found)));

/** The same for a text of several lines, whose own parts are on one line each. */
export const visibleLines = (text: string): string => text.split('\n').map(visible).join('\n');

/** JSON of several lines, with escapes in strings, which mean the same: it reads back equal. */
export const visibleJson = (data: unknown): string => visibleLines(JSON.stringify(data, null, 2));

/** A copy of plain data in which every string and every key is visible. */
export function visibleData(data: unknown): unknown {
  if (typeof data === 'string') return visible(data);
  if (Array.isArray(data)) return data.map(visibleData);
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [visible(key), visibleData(value)]),
  );
}

const escaped = (character: string): string =>
  SHORT[character] ??
  Array.from(
    { length: character.length },
    (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`,
  ).join('');
