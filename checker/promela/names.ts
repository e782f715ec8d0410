/** Names and texts in the form that Promela and C accept. */

/** SPIN takes no more than 65,535 characters of C in one block. */
const BLOCK_MAX = 60_000;

/**
 * Identifiers for names of any kind, each its own.
 *
 * @param prefix - of all of them, so that none is a word of any language.
 */
export function identifiers(names: readonly string[], prefix: string): readonly string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const plain = `${prefix}${name.replace(/[^A-Za-z0-9]+/g, '_').replace(/^_|_$/g, '')}`;
    let own = plain;
    for (let i = 2; taken.has(own); i += 1) own = `${plain}_${i}`;
    taken.add(own);
    return own;
  });
}

/** A C string. SPIN puts C code into a string of its own, so there is no `"` or `\` in it. */
export const quoted = (text: string) => `"${plain(text)}"`;

/** A comment of Promela and of C. */
export const comment = (text: string) => `/* ${plain(text).replaceAll('*/', '* /')} */`;

/** The head of a file, as one comment. */
export const heading = (lines: readonly string[]) =>
  ['/*', ...lines.map((line) => ` * ${plain(line).replaceAll('*/', '* /')}`), ' */'].join('\n');

/** ASCII on one line, without characters that end or escape a string. */
export const plain = (text: string) =>
  text
    .replaceAll('"', "'")
    .replaceAll('\\', '/')
    .replace(/[^\x20-\x7e]/g, '?');

/** @throws RangeError for a declaration that is too long for SPIN. */
export function declared(lines: readonly string[]): string {
  const blocks: string[][] = [];
  let room = 0;
  for (const line of lines) {
    if (line.length > BLOCK_MAX) throw new RangeError(`SPIN cannot read a table so large`);
    if (room < line.length + 1) {
      blocks.push([]);
      room = BLOCK_MAX;
    }
    blocks.at(-1)!.push(line);
    room -= line.length + 1;
  }
  return blocks.map((block) => `c_decl {\n${block.join('\n')}\n}\n`).join('');
}
