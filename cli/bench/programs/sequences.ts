/**
 * `node sequences.js WAY COUNT`: fast-check generates hop sequences of 30 choices on the article's
 * deployment with NTLM, and each is taken. A choice is one of all offers, and does nothing where it
 * is not enabled.
 */
import fc from 'fast-check';
import { walker } from '../../../checker/explore/walker.ts';
import { plainRun } from '../../../checker/replay/replay.ts';
import { MACHINES, systemOf } from '../../../machines/system/deployment.ts';
import { deploymentOf } from '../../../properties/deployments/deployments.ts';
import { ARTICLE } from '../../../properties/deployments/plain.ts';
import { COMPARED, type Sequences } from './found.ts';

const POLICY_GUARDS = 30;
const SEED = 20_261_124;

const system = systemOf(deploymentOf(ARTICLE, 'NTLM'), MACHINES);
const offers = system.flatMap(({ name, offers: own }) =>
  own.map((event) => ({ component: name, event })),
);

/** How many of the choices were enabled. */
type Take = (choices: readonly number[]) => number;

/** Over tables that are filled by asking XState, each question once. */
function withTables(): Take {
  const { reset, take } = walker(system);
  return (choices) => {
    reset();
    let taken = 0;
    for (const choice of choices) if (take(choice)) taken += 1;
    return taken;
  };
}

/** Over `transition` of XState alone. */
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
  nothing: () => () => 0, // what it costs to generate them
};

const [, , way = '', count] = process.argv;
const take = WAYS[way]?.();
if (take === undefined) throw new TypeError(`there is no way ${way} of taking steps`);
let [sequences, taken, compared] = [0, 0, 0];
const choices = fc.array(fc.nat(offers.length - 1), {
  minLength: POLICY_GUARDS,
  maxLength: POLICY_GUARDS,
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
process.stdout.write(`${JSON.stringify({ sequences, taken, compared } satisfies Sequences)}\n`);
