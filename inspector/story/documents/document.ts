/** Reads the documents of `check --json` and `trace --json`; refuses others with the reason. */
import { type ParseErrorCode, printParseErrorCode, visit } from 'jsonc-parser';
import { linksOf } from '../../../machines/system/links.ts';
import { deploymentsOf } from '../../../machines/system/topology.ts';
import { FORMAT, type Verdicts } from '../../../properties/verdicts/verdicts.ts';
import { visibleData } from '../../../story/visible.ts';
import { BadDocument } from './bad-document.ts';
import { refuseBadNames } from './document-deployment.ts';
import { parseVerdicts } from './document-schema.ts';
import { claimNamed, faultNamed } from './subjects.ts';

export { BadDocument } from './bad-document.ts';

export const CHARACTERS_MAX = 64 * 2 ** 20;

/**
 * Its traces are replayed later, see `storyOf`.
 *
 * @throws BadDocument whose message says what was found, where, and what is expected.
 */
export function readVerdicts(text: string): Verdicts {
  if (text.length > CHARACTERS_MAX) {
    const found = Math.ceil(text.length / 2 ** 20);
    throw new BadDocument(`it has ${found} MiB of text; the inspector reads at most 64 MiB`);
  }
  if (text.trim() === '')
    throw new BadDocument('it is empty; it must be a document of `check --json` or `trace --json`');
  const data = shown(parsed(text));
  refuseForeign(data);
  const verdicts = parseVerdicts(data);
  refuseContradictions(verdicts);
  return verdicts;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new BadDocument(faultIn(text));
  }
}

/** Every name and text of a document may be shown, on a page or a terminal. */
function shown(data: unknown): unknown {
  try {
    return visibleData(data);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new BadDocument('it is nested too deeply; no document of `check --json` is');
  }
}

/** Errors of a text, a number or a word that ends with the file. */
const CUT = ['UnexpectedEndOfString', 'UnexpectedEndOfNumber', 'InvalidSymbol'];

/** JavaScript engines describe the place of an error differently, or not at all. */
function faultIn(text: string): string {
  const faults: { readonly offset: number; readonly isAtEnd: boolean }[] = [];
  const end = text.trimEnd().length;
  const onError = (code: ParseErrorCode, offset: number, length: number) => {
    const isOpen = CUT.includes(printParseErrorCode(code)) && offset + length >= end;
    faults.push({ offset: isOpen ? end : offset, isAtEnd: isOpen || offset >= end });
  };
  try {
    visit(text, { onError }, { disallowComments: true });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error; // nested too deep to be walked
  }
  const [fault] = faults;
  if (fault === undefined) return 'it is not JSON';
  const lines = text.slice(0, fault.offset).split('\n');
  const place = `line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}`;
  return fault.isAtEnd
    ? `it ends in the middle, at ${place}: the rest is cut off`
    : `it is not JSON: there is an error at ${place}`;
}

function refuseForeign(data: unknown): void {
  const kind = 'this is JSON, but not a document that `check --json` prints';
  if (typeof data !== 'object' || data === null || !('format' in data))
    throw new BadDocument(`${kind}: it has no format`);
  const { format } = data;
  if (format === FORMAT) return;
  const version = typeof format === 'string' && /^double-hop-verdicts\/\S+$/.exec(format);
  if (version)
    throw new BadDocument(
      `${format}: this inspector reads ${FORMAT}; use the double-hop that wrote it`,
    );
  throw new BadDocument(`${kind}: its format is ${JSON.stringify(format)}, not "${FORMAT}"`);
}

/** Unknown and repeated names, circles, and verdicts without their evidence. */
function refuseContradictions({ deployments, claims, fault }: Verdicts): void {
  faultNamed(fault);
  const names = deployments.map(({ name }) => name);
  for (const [i, deployment] of deployments.entries()) {
    const at = `deployments[${i}]`;
    refuseTwice(names, i, at);
    refuseBadNames(deployment, at);
    try {
      deploymentsOf({ ...deployment, compare: [] });
      linksOf(deployment);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      throw new BadDocument(`${at}: ${error.message}`);
    }
  }
  for (const [i, { id, deployment, verdict, trace, loop, cause }] of claims.entries()) {
    const at = `claims[${i}], ${id}`;
    claimNamed(id);
    if (!names.includes(deployment))
      throw new BadDocument(`${at}: there is no deployment named "${deployment}"`);
    if (trace === null && (verdict === 'violated' || verdict === 'witnessed'))
      throw new BadDocument(`${at}: it is ${verdict}, and its trace is missing`);
    if (loop !== null && loop > (trace?.length ?? -1))
      throw new BadDocument(`${at}: its loop begins after ${loop} steps, and it has fewer`);
    if (cause !== null && cause.step > (trace?.length ?? -1))
      throw new BadDocument(`${at}: its cause is step ${cause.step}, and it has fewer`);
    if (loop === null && claimNamed(id).kind === 'response' && verdict === 'violated')
      throw new BadDocument(`${at}: it is ${verdict}, and where its loop begins is missing`);
  }
}

function refuseTwice(names: readonly string[], index: number, at: string): void {
  const name = names[index]!;
  if (names.indexOf(name) < index) throw new BadDocument(`${at}: "${name}" is named twice`);
}
