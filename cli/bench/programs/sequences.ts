/**
 * `node sequences.js WAY COUNT`: takes COUNT hop sequences of 30 choices, which fast-check
 * generates, on the article's deployment with NTLM. A choice is one of all offers; it has no effect
 * when it is not enabled.
 */
import fc from 'fast-check';
import { walker } from '../../../checker/explore/walker.ts';
import { plainRun } from '../../../checker/replay/replay.ts';
import { MACHINES, systemOf } from '../../../machines/system/deployment.ts';
import { deploymentOf } from '../../../properties/deployments/deployments.ts';
import { ARTICLE } from '../../../properties/deployments/plain.ts';
import { COMPARED, type SequenceCounts } from './found.ts';

const CHOICES = 30;
const SEED = 20_261_124;

const system = systemOf(deploymentOf(ARTICLE, 'NTLM'), MACHINES);
const offers = system.flatMap(({ name, offers: own }) =>
  own.map((event) => ({ component: name, event })),
);

/** Returns the number of enabled choices. */
type Take = (choices: readonly number[]) => number;

/** With tables, which call XState once for each transition. */
function withTables(): Take {
  const { reset, take } = walker(system);
  return (choices) => {
    reset();
    let taken = 0;
    for (const choice of choices) if (take(choice)) taken += 1;
    return taken;
  };
}

/** With XState's `transition` for every step. */
const withTransition: Take = (choices) => {
  const { take } = plainRun(system);
  let taken = 0;
  for (const choice of choices) {
    const { component, event } = offers[choice]!;
    if (take(component, event) !== null) taken += 1;
  }
  return taken;
};

const WAYS: Readonly<Record<string, () => Take>> = {
  tables: withTables,
  transition: () => withTransition,
  nothing: () => () => 0, // the cost of generating the sequences
};

const [, , way = '', count] = process.argv;
const take = WAYS[way]?.();
if (take === undefined) throw new TypeError(`there is no way ${way} of taking steps`);
let [sequences, taken, compared] = [0, 0, 0];
const choices = fc.array(fc.nat(offers.length - 1), {
  minLength: CHOICES,
  maxLength: CHOICES,
});
fc.assert(
  fc.property(choices, (sequence) => {
    taken += take(sequence);
    sequences += 1;
    if (sequences === COMPARED) compared = taken;
    return true;
  }),
  { seed: SEED, numRuns: Number(count) },
);
process.stdout.write(
  `${JSON.stringify({ sequences, taken, compared } satisfies SequenceCounts)}\n`,
);
