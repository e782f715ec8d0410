/** Arguments and options that several commands share, and the exit codes in their help. */

import { totalmem } from 'node:os';
import { InvalidArgumentError, Option } from 'commander';
import { MECHANISM_NAMES } from '../../machines/system/mechanisms.ts';
import { sizeOf } from '../output/progress.ts';
import { didYouMean } from './bad-input.ts';

export const TOPOLOGY = [
  '[topology]',
  'a YAML or JSON file (default: the topology of the article)',
  undefined,
] as const;

export const MAX_STATES = new Option(
  '--max-states <n>',
  'stop a search that reaches more states than this',
)
  .argParser(wholeNumber(1, 2 ** 31 - 1))
  .default(100_000_000); // memory runs out first

const GIB = 2 ** 30;

/** This machine's memory. `constrainedMemory` is a container's limit; 0, or huge: no limit. */
const MEMORY = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);

/** A search may be one typed array of 32-bit integers, which has at most 2 ** 32 items. */
const ARRAY = 4 * 2 ** 32;

export const MAX_MEMORY = new Option(
  '--max-memory <size>',
  'stop a search that needs more memory than this, such as 512M or 4G (powers of 1024)',
)
  .argParser(size(2 ** 20, Math.min(MEMORY, ARRAY)))
  .default(
    Math.min(2 * GIB, Math.floor(process.availableMemory() / 2)),
    '2G, or half of the free memory if that is less',
  );

/**
 * An option with a few names, whatever the case and the hyphens in which one is given: a policy is
 * called `expressNtlm`, and the package that it is measured of express-ntlm.
 */
export const namedOption = (flags: string, description: string, names: readonly string[]) =>
  new Option(flags, description).choices(names).argParser((text) => {
    const found = sameName(text, names);
    if (found !== undefined) return found;
    const allowed = `Allowed choices are ${names.join(', ')}`;
    throw new InvalidArgumentError(`${allowed}${didYouMean(text, names)}.`);
  });

/** The name that differs at most in case and hyphens. */
export function sameName(text: string, names: readonly string[]): string | undefined {
  const plain = (name: string) => name.toLowerCase().replace(/[-_]/g, '');
  return names.find((name) => plain(name) === plain(text));
}

export const MECHANISM = namedOption(
  '--with <mechanism>',
  'use only this one of the mechanisms that the topology compares',
  MECHANISM_NAMES,
);

export const FAULT = new Option('--fault <id>', 'inject this fault; docs/faults.md lists them all');

export const JSON_OPTION = ['--json', 'print one JSON document and nothing else', false] as const;

/** Of every command. */
const OF_ALL: Readonly<Record<number, string>> = {
  70: 'a defect of double-hop itself; its message says what to report',
  74: 'the output could not be written, and is not complete',
  141: 'the reader of the output closed it early',
};

/** The table of exit codes at the end of a command's help. */
export function exitCodes(own: Readonly<Record<number, string>>): string {
  const meanings = { ...OF_ALL, ...own }; // in the order of their numbers
  const codes = Object.keys(meanings);
  const width = Math.max(...codes.map((code) => code.length));
  const rows = Object.entries(meanings).map(
    ([code, meaning]) => `  ${code.padEnd(width)}  ${meaning}`,
  );
  return ['\nExit codes:', ...rows, ''].join('\n');
}

export function wholeNumber(min: number, max: number) {
  return (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max)
      throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
    return value;
  };
}

/** @returns bytes. */
function size(min: number, max: number) {
  return (text: string): number => {
    const [, count, unit = ''] = /^(\d+(?:\.\d+)?)([MG])(?:i?B)?$/i.exec(text) ?? [];
    const value = Number(count) * (unit.toUpperCase() === 'G' ? GIB : 2 ** 20);
    if (!(value >= min && value <= max))
      throw new InvalidArgumentError(
        `It must be a size such as 512M or 4G, from ${sizeOf(min)} to ${sizeOf(max)}.`,
      );
    return Math.floor(value);
  };
}
