/** Arguments and options that several commands have. */
import { totalmem } from 'node:os';
import { InvalidArgumentError, Option } from 'commander';
import { sizeOf } from '../output/progress.ts';

export const TOPOLOGY = ['[topology]', 'a YAML or JSON file', undefined] as const;

export const MAX_STATES = new Option(
  '--max-states <n>',
  'stop a search that has more states than this',
)
  .argParser(wholeNumber(1, 2 ** 31 - 1))
  .default(100_000_000); // memory is what runs out first

const GIB = 2 ** 30;

/** What there is. `constrainedMemory` is a container's limit; 0 or beyond reason: it has none. */
const MEMORY = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);

/** All of a search could be one typed array of 32-bit integers, and none has more than 2 ** 32. */
const ARRAY = 4 * 2 ** 32;

export const MAX_MEMORY = new Option(
  '--max-memory <size>',
  'stop a search before its states and steps take more, as 512M or 4G (powers of 1024)',
)
  .argParser(size(2 ** 20, Math.min(MEMORY, ARRAY)))
  .default(
    Math.min(2 * GIB, Math.floor(process.availableMemory() / 2)),
    '2G, or half of what is free',
  );

export const MECHANISM = new Option(
  '--with <mechanism>',
  'of the mechanisms that the topology compares',
).choices(['NTLM', 'Basic']);

export const FAULT = new Option('--sabotage <id>', 'with one mistake made, see docs/faults.md');

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
