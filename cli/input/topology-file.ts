/** Topologies from YAML and JSON files. What is wrong with one is a `BadInput` that says where. */
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
import { SHIPPED as CATALOGUED } from '../../properties/deployments/shipped.ts';
import { packageRoot } from '../package.ts';
import { anyOf, BadInput, didYouMean, type Issue } from './bad-input.ts';
import { placeOf, readText, type Source } from './text-file.ts';
import { parseTopology } from './topology-data.ts';

const BYTES_MAX = 2 ** 20;
const DEPTH_MAX = 64; // the YAML library recurses, and far deeper than this kills the process
const TOKENS_MAX = 20_000; // its search for duplicate keys is quadratic
const REPEATS_MAX = 32; // of what one anchor names, counting aliases of aliases
const ISSUES_MAX = 10;

/**
 * The topology in the file at `path`: JSON where that is its extension, else YAML.
 *
 * @throws BadInput for whatever is wrong with the file or in it
 */
export function readTopology(path: string): Topology {
  const source = { path, text: readText(path, BYTES_MAX) };
  if (source.text.trim() === '') throw emptiness(path);
  const document = documentOf(source);
  const { topology, issues } = parseTopology(
    dataOf(document, source),
    basename(path, extname(path)),
  );
  if (topology !== null) return topology;
  const faults = issues
    .map(({ path, message, about }) => ({ offset: offsetOf(document, path, about), message }))
    .sort((a, b) => a.offset - b.offset)
    .slice(0, ISSUES_MAX)
    .map(({ offset, message }) => `${placeOf(source, offset)}: ${message}`);
  const more = issues.length - faults.length;
  throw new BadInput([...faults, ...(more > 0 ? [`and ${more} more`] : [])].join('\n'));
}

function documentOf(source: Source): Document.Parsed {
  refuseMonsters(source);
  if (extname(source.path).toLowerCase() === '.json') refuseOtherThanJson(source);
  const { text } = source;
  const document = parseDocument(text, {
    prettyErrors: false,
    stringKeys: true,
    resolveKnownTags: false,
  });
  const [fault] = [...document.errors, ...document.warnings];
  if (fault === undefined) return document;
  const reasons: Partial<Record<typeof fault.code, string>> = {
    DUPLICATE_KEY: 'this field is there already; it must be there once',
    MULTIPLE_DOCS: 'another document starts here; a file must hold one',
    NON_STRING_KEY: 'a field must have a plain name',
  };
  throw faultAt(source, fault.pos[0], reasons[fault.code] ?? `not YAML: ${fault.message}`);
}

/** Refuses what no topology comes near and the YAML library chokes on. */
function refuseMonsters(source: Source): void {
  const parser = new Parser();
  let tokens = 0;
  for (const lexeme of new Lexer().lex(source.text)) {
    tokens += 1 + [...parser.next(lexeme)].length; // it works only while it is read
    if (parser.stack.length > DEPTH_MAX) {
      throw faultAt(source, parser.offset, `nested more than ${DEPTH_MAX} deep; no topology is`);
    }
    if (tokens > TOKENS_MAX) {
      throw faultAt(source, parser.offset, `longer than ${TOKENS_MAX} tokens; no topology is`);
    }
  }
}

/** YAML allows more in braces than JSON does. */
function refuseOtherThanJson(source: Source): void {
  const faults: ParseError[] = [];
  parseTree(source.text, faults, { disallowComments: true, allowTrailingComma: false });
  const [fault] = faults;
  if (fault === undefined) return;
  const reason = printParseErrorCode(fault.error).replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
  throw faultAt(source, fault.offset, `not JSON: ${reason.toLowerCase()}`);
}

function dataOf(document: Document.Parsed, source: Source): unknown {
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document) !== undefined) return;
      throw faultAt(source, alias.range?.[0] ?? 0, `nothing above is named &${alias.source}`);
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

/** Where the value at `path` starts, or its key; where there is none, the closest thing around. */
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

/** A fault in how the text is written, with the line in question under it. */
function faultAt(source: Source, offset: number, reason: string): BadInput {
  const { text } = source;
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const [line = ''] = text.slice(Math.max(start, offset - 60), offset + 40).split('\n');
  const excerpt = line.trim() === '' ? '' : `\n  ${line.trim()}`;
  return new BadInput(`${placeOf(source, offset)}: ${reason}${excerpt}`);
}

const folder = join(packageRoot, 'topologies');

/** The paths of the topologies that come with the package, by name. */
export const SHIPPED: ReadonlyMap<string, string> = new Map(
  CATALOGUED.map(({ name }) => name)
    .sort()
    .map((name) => [name, join(folder, `${name}.yaml`)]),
);

/** The topology that comes with the package under `name`. */
export function shippedTopology(name: string): Topology {
  const path = SHIPPED.get(name);
  if (path !== undefined) return readTopology(path);
  const names = [...SHIPPED.keys()];
  throw new BadInput(
    `no topology is shipped as "${name}"; it must be ${anyOf(names)}${didYouMean(name, names)}`,
  );
}
