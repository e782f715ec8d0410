/** Users' JSON: parsed as a whole; an error has its line and column. */
import { type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import * as z from 'zod';
import { BadRecording } from './recording.ts';

/** @throws BadRecording for text that is not JSON */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const { offset, problem } = troubleIn(text);
    const lines = text.slice(0, offset).split('\n');
    const column = (lines.at(-1) ?? '').length + 1;
    throw new BadRecording(`line ${lines.length}, column ${column}`, `is not JSON: ${problem}`);
  }
}

function troubleIn(text: string): { readonly offset: number; readonly problem: string } {
  const faults: ParseError[] = [];
  try {
    parseTree(text, faults, { disallowComments: true, allowTrailingComma: false });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error; // it recurses, and this is nested too deep
  }
  const [fault] = faults;
  if (fault === undefined) return { offset: 0, problem: 'it is nested too deep, or broken' };
  const words = printParseErrorCode(fault.error).replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
  return { offset: fault.offset, problem: words.toLowerCase() };
}

/**
 * @param placeOf - the path in words, "entry 3, request".
 * @throws BadRecording at the first place where `data` is not as `schema` says
 */
export function parseAs<Schema extends z.ZodType>(
  schema: Schema,
  data: unknown,
  placeOf: (path: readonly PropertyKey[]) => string,
): z.infer<Schema> {
  const parsed = z.safeParse(schema, data);
  if (parsed.success) return parsed.data;
  const { path, message } = innermost(parsed.error.issues[0]!, []);
  throw new BadRecording(placeOf(path), message.replace(/^Invalid input: /, ''));
}

/** The error of a union: that of its nearest alternative. */
function innermost(
  issue: z.core.$ZodIssue,
  above: readonly PropertyKey[],
): { readonly path: readonly PropertyKey[]; readonly message: string } {
  const path = [...above, ...issue.path];
  if (issue.code !== 'invalid_union') return { path, message: issue.message };
  const [nearest] = issue.errors
    .filter((issues) => issues.length > 0)
    .sort((one, other) => one.length - other.length);
  return nearest?.[0] === undefined
    ? { path, message: issue.message }
    : innermost(nearest[0], path);
}
