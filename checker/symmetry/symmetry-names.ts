/** The exchange of names in texts and in plain data. */

/** A permutation of names. Other names do not change. */
export type Renaming = {
  readonly name: string; // the exchanged names, in words: "alice and bob"
  readonly of: ReadonlyMap<string, string>;
};

/** Returns its argument with every name in it exchanged, in values and in the names of fields. */
export type Renamer = <Data>(data: Data) => Data;

/**
 * A name occurs in a text where a whole token equals it. A renamed text must have the renamed
 * tokens at the same places, so that two renamings in turn equal the renaming by their product.
 *
 * @param tokens - matches every possible name; with the flag `g`.
 * @throws TypeError for a renaming that is not a permutation, and for a name that is not one token;
 *   the returned function throws it for a text with different tokens after the renaming.
 */
export function renamerOf(tokens: RegExp, { name, of }: Renaming): Renamer {
  const targets = new Set(of.values());
  if ([...of.keys()].some((from) => !targets.has(from)))
    throw new TypeError(`${name}: the renaming is not a permutation of names`);
  const broken = [...of.keys()].find((from) => tokensIn(from, tokens).join() !== from);
  if (broken !== undefined)
    throw new TypeError(`${broken} is not one token, so it cannot be a name`);
  const known = new Map<string, string>();
  const textOf = (text: string): string => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const after = text.replace(tokens, (token) => of.get(token) ?? token);
    const expected = tokensIn(text, tokens).map((token) => of.get(token) ?? token);
    if (JSON.stringify(tokensIn(after, tokens)) !== JSON.stringify(expected))
      throw new TypeError(`'${text}' becomes '${after}', which has different names`);
    known.set(text, after);
    return after;
  };
  return <Data>(data: Data) => inside(data, textOf) as Data;
}

const tokensIn = (text: string, tokens: RegExp): readonly string[] => text.match(tokens) ?? [];

/** Plain data with all texts in it replaced. */
function inside(data: unknown, textOf: (text: string) => string): unknown {
  if (typeof data === 'string') return textOf(data);
  if (typeof data !== 'object' || data === null) return data;
  if (Array.isArray(data)) return data.map((element) => inside(element, textOf));
  return Object.fromEntries(
    Object.entries(data).map(([field, content]) => [textOf(field), inside(content, textOf)]),
  );
}
