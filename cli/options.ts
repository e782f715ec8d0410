/** Arguments and options that several commands have. */
import { InvalidArgumentError, Option } from 'commander';

export const TOPOLOGY = ['[topology]', 'a YAML or JSON file', undefined] as const;

export const MAX_STATES = new Option(
  '--max-states <n>',
  'stop a search that has more states than this',
)
  .argParser(wholeNumber(1, 2 ** 31 - 1))
  .default(1_000_000);

export const MECHANISM = new Option(
  '--with <mechanism>',
  'of the mechanisms that the topology compares',
).choices(['NTLM', 'Basic']);

export const SABOTAGE = new Option(
  '--sabotage <id>',
  'with one mistake made, see docs/mistakes.md',
);

export function wholeNumber(min: number, max: number) {
  return (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max)
      throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
    return value;
  };
}
