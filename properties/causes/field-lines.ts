/** Where the fields of a topology file stand, and a cause with the line of the field it names. */
import { type Cause, type FieldPath, pathText } from './cause.ts';

/** By field, as "hosts[proxy].paths[0]": its line, from 1. Lists and single values are there. */
export type FieldLines = Readonly<Record<string, number>>;

/** A cause as plain data. */
export type FiledCause = {
  readonly step: number; // from 1. 0: the initial state
  readonly sentence: string;
  /** Null: a fault allows it, or no single field of the topology does. */
  readonly allowedBy: {
    readonly path: string; // "hosts[proxy].paths[0]"
    readonly value: string; // "pooled"
    readonly line: number | null; // in the file. Null: the field is not there, or there is no file
  } | null;
};

/** @param lines - of the file of the topology. Null: there is none. */
export const filed = (
  { step, sentence, allowedBy }: Cause,
  lines: FieldLines | null,
): FiledCause => ({
  step,
  sentence,
  allowedBy:
    allowedBy === null
      ? null
      : {
          path: pathText(allowedBy.path),
          value: allowedBy.value,
          line: lines === null ? null : lineOf(allowedBy.path, lines),
        },
});

/**
 * A file may give several fields by one word, such as `defences: hardened`, and `accepts` by what
 * it compares.
 */
function lineOf(path: FieldPath, lines: FieldLines): number | null {
  for (let length = path.length; length > 2; length -= 1) {
    const line = lines[pathText(path.slice(0, length))];
    if (line !== undefined) return line;
  }
  if (path.length === 2) return lines[pathText(path)] ?? null;
  return path.at(-1) === 'accepts' ? (lines.compare ?? null) : null;
}
