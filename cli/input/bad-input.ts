/** Errors in the user's input, as sentences that say what was found and what is allowed. */
import * as z from 'zod';
import { visible } from '../../story/visible.ts';

/** An error of the user. The message is complete, and needs no stack. */
export class BadInput extends Error {
  override name = 'BadInput';

  /** @param lines - one line, or several. What a line quotes from the input cannot break it. */
  constructor(lines: string | readonly string[]) {
    super([lines].flat().map(visible).join('\n'));
  }
}

/** @param lines - the message of an error in the file, by its lines. */
export function badFile(path: string, lines: readonly string[]): BadInput {
  const [first, ...others] = lines;
  return new BadInput([`${path}: ${first}`, ...others]);
}

/** `message` starts with the path. An empty path is the data as a whole. */
export type Issue = {
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly about: 'key' | 'value'; // at the end of the path
};

export function issue(path: Issue['path'], message: string, about: Issue['about'] = 'value') {
  const place = path
    .map((step) => {
      if (typeof step === 'number') return `[${step}]`;
      return /^[$\w-]+$/.test(step) ? `.${step}` : `[${shown(step)}]`;
    })
    .join('')
    .replace(/^\./, '');
  return { path, message: place === '' ? message : `${place}: ${message}`, about };
}

/** A value on one line, cut short; of a list or an object only its type. */
export function shown(value: unknown): string {
  if (typeof value === 'string') {
    return JSON.stringify(shortened(value));
  }
  if (Array.isArray(value)) return 'a list';
  if (value === null) return 'an empty value';
  return typeof value === 'object' ? 'an object' : String(value);
}

const shortened = (text: string) => (text.length > 50 ? `${text.slice(0, 49)}…` : text);

export const anyOf = (words: readonly string[]) =>
  [words.slice(0, -1).join(', '), ...words.slice(-1)].filter((part) => part !== '').join(' or ');

/** ` (did you mean "x"?)` for an allowed word that differs by at most two letters, or nothing. */
export function didYouMean(found: unknown, allowed: readonly string[]): string {
  if (typeof found !== 'string') return '';
  const [meant] = allowed
    .map((word) => ({ word, letters: typingErrors(found.toLowerCase(), word.toLowerCase()) }))
    .filter(({ letters }) => letters <= 2)
    .sort((a, b) => a.letters - b.letters);
  return meant === undefined ? '' : ` (did you mean "${meant.word}"?)`;
}

/** A name that is not among those known: the nearest known ones come first. */
export function unknownName(kind: string, found: string, known: readonly string[]): BadInput {
  const near = known.filter((name) => likeness(found, name) >= LIKE);
  const others = known.filter((name) => !near.includes(name));
  return new BadInput([
    `no ${kind} is called "${shortened(found)}"${didYouMean(found, known)}; the ${kind}s are`,
    ...listLines([...near, ...others]),
  ]);
}

const LINE_MAX = 78;

function listLines(names: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const [i, name] of names.entries()) {
    const item = i === names.length - 1 ? name : `${name},`;
    const longer = lines.length === 0 ? `  ${item}` : `${lines.at(-1)} ${item}`;
    if (lines.length > 0 && longer.length <= LINE_MAX) lines.splice(-1, 1, longer);
    else lines.push(`  ${item}`);
  }
  return lines;
}

const LIKE = 0.35;

/** The Sorensen-Dice coefficient of the pairs of letters: 1 for equal words, 0 for unlike ones. */
function likeness(one: string, other: string): number {
  const pairs = (word: string) =>
    new Set(Array.from({ length: word.length - 1 }, (_, i) => word.slice(i, i + 2)));
  const [a, b] = [pairs(one.toLowerCase().slice(0, 100)), pairs(other.toLowerCase())];
  return (2 * [...a].filter((pair) => b.has(pair)).length) / Math.max(a.size + b.size, 1);
}

/** The number of letters in the one place where both differ. Infinity: most letters differ. */
function typingErrors(one: string, other: string): number {
  const shorter = Math.min(one.length, other.length);
  let before = 0;
  while (before < shorter && one[before] === other[before]) before += 1;
  let after = 0;
  while (after < shorter - before && one.at(-1 - after) === other.at(-1 - after)) after += 1;
  const letters = Math.max(one.length, other.length) - before - after;
  return letters <= before + after ? letters : Number.POSITIVE_INFINITY;
}

/** Parses `data`. Each issue is one sentence. */
export function parse<Schema extends z.ZodType>(schema: Schema, data: unknown) {
  const parsed = z.safeParse(schema, data, { error: sentences });
  if (parsed.success) return { data: parsed.data, issues: [] };
  const issues = parsed.error.issues.flatMap((found) => issuesOf(found, []));
  return {
    data: null,
    issues: [...new Map(issues.map((each) => [each.message, each])).values()],
  };
}

/** One sentence, or one line for each unknown field. */
const sentences: z.core.$ZodErrorMap = (found) => {
  const allowed = allowedBy((found.schema ?? found.inst) as z.core.$ZodType);
  if (found.code === 'unrecognized_keys') {
    const fields = fieldsOf(allowed);
    return found.keys.map((key) => unknownField(key, fields)).join('\n');
  }
  const what = found.input === undefined ? 'missing' : `found ${measured(found)}`;
  return `${what}; it must be ${described(allowed)}${didYouMean(found.input, wordsOf(allowed))}`;
};

/** What people look for, and is not modelled: by the start of the field's name. */
const NOT_MODELLED = [
  ...['delegat', 'constraineddelegation', 'unconstrained', 'kerberos', 'negotiate', 'spn', 'kdc'],
  ...['serviceprincipal', 'realm', 'domain', 'account', 'ticket', 's4u'],
];

function unknownField(key: string, fields: readonly string[]): string {
  const are = `the fields are ${fields.join(', ')}${didYouMean(key, fields)}`;
  if (!NOT_MODELLED.some((start) => key.toLowerCase().startsWith(start)))
    return `no such field; ${are}`;
  return (
    'Kerberos, Negotiate and delegation are not modelled yet. Modelled is what a sign-in by NTLM ' +
    `or Basic leaves for the next hop (Basic: logonMethod); ${are}`
  );
}

const allowedBy = (() => {
  const known = new WeakMap<z.core.$ZodType, z.core.JSONSchema.BaseSchema>();
  return (schema: z.core.$ZodType): z.core.JSONSchema.BaseSchema => {
    const allowed = known.get(schema) ?? z.toJSONSchema(schema, { io: 'input' });
    known.set(schema, allowed);
    return allowed;
  };
})();

function measured({ code, input }: z.core.$ZodRawIssue): string {
  if (code !== 'too_big' && code !== 'too_small') return shown(input);
  if (typeof input === 'string') return `${input.length} characters`;
  return Array.isArray(input) ? `${input.length} items` : shown(input);
}

function described(allowed: z.core.JSONSchema.BaseSchema): string {
  if (allowed.anyOf !== undefined) return allowed.anyOf.map(described).join(', or ');
  if (allowed.enum !== undefined) return anyOf(wordsOf(allowed));
  const range = (min = 0, max?: number) =>
    max === undefined ? `${min} or more` : `${min} to ${max}`;
  switch (allowed.type) {
    case 'object':
      return `an object with the fields ${fieldsOf(allowed).join(', ')}`;
    case 'array':
      return `a list of ${range(allowed.minItems, allowed.maxItems)} items`;
    case 'string':
      return `text of ${range(allowed.minLength ?? 1, allowed.maxLength)} characters`;
    case 'boolean':
      return 'true or false';
    default:
      return `a whole number from ${range(allowed.minimum, allowed.maximum)}`;
  }
}

const fieldsOf = ({ properties = {} }: z.core.JSONSchema.BaseSchema) =>
  Object.keys(properties).filter((field) => !field.startsWith('$'));

const wordsOf = (allowed: z.core.JSONSchema.BaseSchema): string[] =>
  allowed.anyOf?.flatMap(wordsOf) ?? (allowed.enum ?? []).map(String);

function issuesOf(found: z.core.$ZodIssue, base: Issue['path']): Issue[] {
  const path = [...base, ...found.path.map((step) => (typeof step === 'symbol' ? '' : step))];
  if (found.code === 'unrecognized_keys') {
    const messages = found.message.split('\n');
    return found.keys.map((key, i) => issue([...path, key], messages[i] ?? '', 'key'));
  }
  const entered = found.code === 'invalid_union' ? found.errors.find(isAboutParts) : undefined;
  return entered?.flatMap((part) => issuesOf(part, path)) ?? [issue(path, found.message)];
}

/** True for the alternative of a union that has the right type, with issues inside. */
const isAboutParts = (alternative: readonly z.core.$ZodIssue[]) =>
  alternative.every(({ code, path }) => code === 'unrecognized_keys' || path.length > 0);
