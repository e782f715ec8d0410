/**
 * SPIN checks every search of the catalogue: each system of each claim in each deployment. Not a
 * single count, finding or verdict may differ. Run by `npm run agree`; `apt-get install spin gcc`.
 *
 * A `reachable` property is no property of single runs, so for those only the counts are compared.
 */
import { describe, expect, it } from 'vitest';
import { tabulate } from '../../checker/promela/tabulate.ts';
import { search } from '../../checker/search.ts';
import { spinVersion } from '../../cli/bench/measure/spin.ts';
import { MACHINES } from '../../machines/system/deployment.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import { DEPLOYMENTS } from '../../properties/deployments/deployments.ts';
import { claimsAbout } from '../../properties/verdicts/measure.ts';
import { checkedBySpin, owesForEverBySpin, saidBySearch } from './support/agreement.ts';

const LIMITS = { statesMax: 1_000_000 };

const subjectsOf = (deployment: Deployment) =>
  claimsAbout(deployment).flatMap((claim) =>
    claim
      .subjects(deployment, MACHINES)
      .map((subject, i) => ({ ...subject, name: `${claim.id} ${i + 1}` })),
  );

const all = DEPLOYMENTS.flatMap(subjectsOf);
const owed = all.flatMap(({ properties }) => properties.filter(({ kind }) => kind === 'response'));
const compared = { searches: 0, states: 0, responses: 0, violatedResponses: 0 };

it('SPIN and gcc are installed: apt-get install spin gcc', () => {
  expect(spinVersion()).not.toBeNull();
});

/** Two at once: while SPIN is compiled for one deployment, another is searched here. */
describe.concurrent('SPIN agrees', { timeout: 900_000 }, () => {
  it.each(DEPLOYMENTS.map((deployment) => [deployment.name, deployment] as const))(
    'on %s',
    async (name, deployment) => {
      const runs = subjectsOf(deployment).map(({ name: subject, system, properties }) => {
        const result = search(system, properties, LIMITS);
        return { subject, result, model: tabulate(system, properties).model };
      });
      const spin = await checkedBySpin(
        runs.map(({ model }) => model),
        runs.map(({ result }) => result.states),
      );
      for (const [i, { subject, result, model }] of runs.entries()) {
        expect(spin[i], subject).toEqual(saidBySearch(result, model));
        for (const { kind, name: property } of model.properties) {
          if (kind !== 'response') continue;
          const owes = await owesForEverBySpin(model, property, result.states);
          expect(owes, `${subject}: ${property}`).toBe(result.violated.has(property));
          compared.responses += 1;
          if (owes) compared.violatedResponses += 1;
        }
        compared.searches += 1;
        compared.states += result.states;
      }
      const { searches } = compared;
      process.stdout.write(`  ${name}: agreed. ${searches} of ${all.length} searches so far.\n`);
    },
  );
});

it('on all of it, and there is much', () => {
  expect(compared).toMatchObject({ searches: all.length, responses: owed.length });
  expect(all.length).toBeGreaterThan(1000);
  expect(compared.violatedResponses).toBeGreaterThan(50);
  const { searches, states, responses } = compared;
  process.stdout.write(
    `SPIN agrees on ${searches} searches of ${states} states, and on ${responses} responses.\n`,
  );
});
