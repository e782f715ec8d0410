/** What the rules of the repository read: its files, its sources in tokens, and its machines. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { AnyStateMachine } from 'xstate';
import { packageRoot } from '../../cli/package.ts';

const NOT_OURS = new Set(['node_modules', 'dist', 'coverage', '.git']);

/** Every file, by path from the root of the package, sorted. */
export function allPaths(folder = ''): readonly string[] {
  return readdirSync(join(packageRoot, folder), { withFileTypes: true })
    .filter(({ name }) => !NOT_OURS.has(name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? allPaths(path) : [path];
    })
    .sort();
}

export const textOf = (path: string): string => readFileSync(join(packageRoot, path), 'utf8');

export const linesOf = (path: string): readonly string[] =>
  textOf(path).replace(/\n$/, '').split('\n');

export type Token = {
  readonly kind: 'code' | 'comment' | 'string' | 'template' | 'regex';
  readonly text: string;
  readonly line: number; // of its first character, 1-based
};

const COMMENT = /\/\/[^\n]*|\/\*.*?\*\//sy;
const STRING = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/sy;
const TEMPLATE = /[`}](?:\\.|\$(?!\{)|[^`\\$])*(?:`|\$\{)/sy; // to its end, or what it embeds
const REGEX = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y;
const BEFORE_REGEX = /(?:^|[(,=:[!&|?{};>+]|\breturn|\btypeof)\s*$/; // else `/` divides

/**
 * `source` in tokens, each character in one of them. No parser: it knows where comments, strings,
 * templates and regular expressions begin and end, and takes all else for code.
 */
export function tokensOf(source: string): readonly Token[] {
  const tokens: Token[] = [];
  const embedding: number[] = []; // for each `${` that is open, the braces open within it
  let [at, line, code] = [0, 1, ''];
  const push = (kind: Token['kind'], text: string) => {
    if (text !== '') tokens.push({ kind, text, line });
    line += text.split('\n').length - 1;
  };
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(source)?.[0];
  };
  const next = (): [Token['kind'], string] => {
    const char = source[at]!;
    const before = tokens.findLast(({ kind }) => kind !== 'comment');
    const operand = code.trim() === '' && before !== undefined && before.kind !== 'code';
    const comment = char === '/' ? match(COMMENT) : undefined;
    if (comment !== undefined) return ['comment', comment];
    const regex =
      char === '/' && !operand && BEFORE_REGEX.test(code || (before?.text ?? ''))
        ? match(REGEX)
        : undefined;
    if (regex !== undefined) return ['regex', regex];
    const string = match(STRING);
    if (string !== undefined) return ['string', string];
    const resumes = char === '}' && embedding.at(-1) === 0;
    const template = char === '`' || resumes ? match(TEMPLATE) : undefined;
    if (template === undefined) return ['code', char];
    if (resumes) embedding.pop();
    if (template.endsWith('${')) embedding.push(0);
    return ['template', template];
  };
  while (at < source.length) {
    const [kind, text] = next();
    at += text.length;
    if (kind === 'code') {
      code += text;
      if (embedding.length > 0 && '{}'.includes(text))
        embedding[embedding.length - 1]! += text === '{' ? 1 : -1;
    } else {
      push('code', code);
      push(kind, text);
      code = '';
    }
  }
  push('code', code);
  return tokens;
}

const cache = new Map<string, readonly Token[]>();

export function sourceOf(path: string): readonly Token[] {
  const tokens = cache.get(path) ?? tokensOf(textOf(path));
  cache.set(path, tokens);
  return tokens;
}

export type Finding = { readonly what: string; readonly line: number };

/** What a source imports, in any of the ways there are, and where. */
export function importsOf(tokens: readonly Token[]): readonly Finding[] {
  const relevant = tokens.filter(({ kind }) => kind !== 'comment');
  return relevant.flatMap(({ kind, text, line }, i) => {
    const before = relevant[i - 1];
    return kind === 'string' &&
      before?.kind === 'code' &&
      /\b(from|import\s*\(?)\s*$/.test(before.text)
      ? [{ what: text.slice(1, -1), line }]
      : [];
  });
}

/** Every place where tokens of some kinds match `pattern`, which needs no flags. */
export const findIn = (
  tokens: readonly Token[],
  kinds: readonly Token['kind'][],
  pattern: RegExp,
): readonly Finding[] =>
  tokens
    .filter(({ kind }) => kinds.includes(kind))
    .flatMap(({ text, line }) =>
      [...text.matchAll(new RegExp(pattern, 'g'))].map((found) => ({
        what: found[0],
        line: line + text.slice(0, found.index).split('\n').length - 1,
      })),
    );

export const packageOf = (what: string): string =>
  what
    .split('/')
    .slice(0, what.startsWith('@') ? 2 : 1)
    .join('/');

/** Folders whose imports are held apart from those of the folder around them. */
const ZONES = ['checker/kernel/native', 'cli/bench', 'inspector/draw', 'inspector/page']
  .concat(['inspector/server', 'inspector/story', 'inspector/feed.ts'])
  .sort((a, b) => b.length - a.length);

/** The zone that a file of ours is in: one of `ZONES`, or else its folder at the top. */
export const zoneHolding = (path: string): string =>
  ZONES.find((zone) => path === zone || path.startsWith(`${zone}/`)) ?? path.split('/')[0]!;

/** Where an import leads: a zone of ours, `node:`, or a package. */
export const zoneOf = (path: string, what: string): string =>
  what.startsWith('.')
    ? zoneHolding(join(dirname(path), what))
    : what.startsWith('node:')
      ? 'node:'
      : packageOf(what);

/** 'path:line: what' of all that `find` finds in `paths`, but for what is excused with a reason. */
export function offenders(
  paths: readonly string[],
  find: (path: string) => readonly Finding[],
  excused: Readonly<Record<string, string>> = {},
): readonly string[] {
  const found = new Map(paths.map((path) => [path, find(path)]));
  return [
    ...[...found]
      .filter(([path]) => !(path in excused))
      .flatMap(([path, findings]) => findings.map(({ what, line }) => `${path}:${line}: ${what}`)),
    ...Object.keys(excused)
      .filter((path) => (found.get(path) ?? []).length === 0)
      .map((path) => `${path}: needs no exception`),
  ];
}

type Named = { readonly type: string } | string | ((...args: never) => unknown);

/** 'go', of 'go' or of `{ type: 'go' }`; else what there is instead of a name. */
const nameOf = (named: Named): string =>
  typeof named === 'object' ? named.type : typeof named === 'string' ? named : `inline: ${named}`;

/** What a machine's states and transitions use, by name, each once. */
export function machineParts(machine: AnyStateMachine) {
  const [actions, guards] = [new Set<string>(), new Set<string>()];
  const visit = (node: AnyStateMachine['root']): void => {
    const transitions = [...node.transitions.values(), node.always ?? []].flat();
    for (const action of [
      ...node.entry,
      ...node.exit,
      ...node.initial.actions,
      ...transitions.flatMap((taken) => taken.actions),
    ])
      actions.add(nameOf(action as Named));
    for (const { guard } of transitions)
      if (guard !== undefined) guards.add(nameOf(guard as Named));
    for (const child of Object.values(node.states)) visit(child);
  };
  visit(machine.root);
  return { actions: [...actions].sort(), guards: [...guards].sort() };
}
