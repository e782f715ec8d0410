/** Reads topologies from YAML and JSON files. An error is a `BadInput` with its line and column. */
import { basename, extname, join } from 'node:path';
import { type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  Lexer,
  Parser,
  parseDocument,
  visit,
} from 'yaml';
import type { Topology } from '../../machines/system/topology.ts';
import type { FieldLines } from '../../properties/causes/field-lines.ts';
import { SHIPPED as CATALOGUED } from '../../properties/deployments/shipped.ts';
import { visible } from '../../story/visible.ts';
import { packageRoot } from '../package.ts';
import { anyOf, BadInput, didYouMean, type Issue } from './bad-input.ts';
import type { Expectations } from './expectations.ts';
import { fieldLinesOf } from './field-lines.ts';
import { placeOf, readText, type Source } from './text-file.ts';
import { parseTopology } from './topology-data.ts';

export type FiledTopology = {
  readonly topology: Topology;
  readonly expect: Expectations;
  readonly lines: FieldLines;
};

const BYTES_MAX = 2 ** 20;
const DEPTH_MAX = 64; // the YAML library recurses; much deeper nesting ends the process
const TOKENS_MAX = 20_000; // the library's search for duplicate keys is quadratic
const REPEATS_MAX = 32; // of one anchor, with aliases of aliases
const ISSUES_MAX = 10;

/**
 * Reads a file with the extension `.json` as JSON, any other as YAML.
 *
 * @throws BadInput for every error of the file and in it.
 */
export const readTopology = (path: string): Topology => readTopologyFile(path).topology;

/** The same, with the verdicts that the file expects. @throws BadInput as `readTopology`. */
export function readTopologyFile(path: string): FiledTopology {
  const source = { path, text: readText(path, BYTES_MAX) };
  if (source.text.trim() === '') throw emptiness(path);
  const document = documentOf(source);
  const parsed = parseTopology(dataOf(document, source), visible(basename(path, extname(path))));
  if (parsed.topology !== null) {
    const { topology, expect } = parsed;
    return { topology, expect, lines: fieldLinesOf(document, source.text) };
  }
  const { issues } = parsed;
  const lines = issues
    .map(({ path, message, about }) => ({ offset: offsetOf(document, path, about), message }))
    .sort((a, b) => a.offset - b.offset)
    .slice(0, ISSUES_MAX)
    .map(({ offset, message }) => `${placeOf(source, offset)}: ${message}`);
  const more = issues.length - lines.length;
  throw new BadInput([...lines, ...(more > 0 ? [`and ${more} more`] : [])]);
}

function documentOf(source: Source): Document.Parsed {
  refuseHuge(source);
  if (extname(source.path).toLowerCase() === '.json') refuseOtherThanJson(source);
  const { text } = source;
  const document = parseDocument(text, {
    prettyErrors: false,
    stringKeys: true,
    resolveKnownTags: false,
  });
  const [error] = [...document.errors, ...document.warnings];
  if (error === undefined) return document;
  const reasons: Partial<Record<typeof error.code, string>> = {
    DUPLICATE_KEY: 'this field is repeated; it must be there once',
    MULTIPLE_DOCS: 'another document starts here; a file must hold one',
    NON_STRING_KEY: 'a field must have a plain name',
  };
  throw syntaxError(source, error.pos[0], reasons[error.code] ?? `not YAML: ${error.message}`);
}

/** Refuses a text that the YAML library cannot handle, and no topology needs. */
function refuseHuge(source: Source): void {
  const parser = new Parser();
  let tokens = 0;
  for (const lexeme of new Lexer().lex(source.text)) {
    tokens += 1 + [...parser.next(lexeme)].length; // `next` is lazy
    if (parser.stack.length > DEPTH_MAX) {
      throw syntaxError(
        source,
        parser.offset,
        `nested more than ${DEPTH_MAX} deep; no topology is`,
      );
    }
    if (tokens > TOKENS_MAX) {
      throw syntaxError(source, parser.offset, `longer than ${TOKENS_MAX} tokens; no topology is`);
    }
  }
}

/** The YAML library accepts more than JSON. */
function refuseOtherThanJson(source: Source): void {
  const errors: ParseError[] = [];
  parseTree(source.text, errors, { disallowComments: true, allowTrailingComma: false });
  const [error] = errors;
  if (error === undefined) return;
  const reason = printParseErrorCode(error.error).replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
  throw syntaxError(source, error.offset, `not JSON: ${reason.toLowerCase()}`);
}

function dataOf(document: Document.Parsed, source: Source): unknown {
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document) !== undefined) return;
      throw syntaxError(source, alias.range?.[0] ?? 0, `no anchor above is named &${alias.source}`);
    },
  });
  try {
    const data: unknown = document.toJS({ maxAliasCount: REPEATS_MAX });
    if (data !== null) return data;
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    throw new BadInput(
      `${source.path}: aliases repeat something more than ${REPEATS_MAX} times; write it out`,
    );
  }
  throw emptiness(source.path);
}

const emptiness = (path: string) =>
  new BadInput(`${path}: is empty; it must hold a topology, with hosts and users`);

/** Where the value at `path`, or its key, starts; if it is missing, the closest thing around it. */
function offsetOf(document: Document.Parsed, path: Issue['path'], about: Issue['about']): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range[0] ?? 0;
  for (const [depth, step] of path.entries()) {
    const inside = isAlias(node) ? node.resolve(document) : node;
    const isKey = about === 'key' && depth === path.length - 1;
    const pair = isMap(inside) ? inside.items.find(({ key }) => String(key) === step) : undefined;
    node = isKey ? pair?.key : isCollection(inside) ? inside.get(step, true) : undefined;
    if (!isNode(node)) return offset;
    offset = node.range?.[0] ?? offset;
  }
  return offset;
}

/** With an excerpt of the line. */
function syntaxError(source: Source, offset: number, reason: string): BadInput {
  const { text } = source;
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const [line = ''] = text.slice(Math.max(start, offset - 60), offset + 40).split('\n');
  const excerpt = line.trim() === '' ? [] : [`  ${line.trim()}`];
  return new BadInput([`${placeOf(source, offset)}: ${reason}`, ...excerpt]);
}

const folder = join(packageRoot, 'topologies');

/** The paths of the shipped topologies, by name. */
export const SHIPPED: ReadonlyMap<string, string> = new Map(
  CATALOGUED.map(({ name }) => name)
    .sort()
    .map((name) => [name, join(folder, `${name}.yaml`)]),
);

/** @throws BadInput when no shipped topology has this name. */
export const shippedTopology = (name: string): Topology => shippedTopologyFile(name).topology;

/** The same, with the verdicts that the file expects. @throws BadInput as `shippedTopology`. */
export function shippedTopologyFile(name: string): FiledTopology {
  const path = SHIPPED.get(name);
  if (path !== undefined) return readTopologyFile(path);
  const names = [...SHIPPED.keys()];
  throw new BadInput(
    `no topology is shipped as "${name}"; it must be ${anyOf(names)}${didYouMean(name, names)}`,
  );
}
