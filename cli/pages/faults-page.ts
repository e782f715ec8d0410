/** What breaks the claims: the seeded faults, and the mutants. */
import { CLAIMS } from '../../properties/catalogue.ts';
import { reasonFor } from '../../properties/faults/equivalents.ts';
import { FAULTS } from '../../properties/faults/faults.ts';
import type { Kill } from '../../properties/faults/mutants.ts';
import type { Goldens } from '../../properties/verdicts/measure.ts';
import { markdownTable, page } from './markdown.ts';

export function faultsPage({ faults }: Goldens): string {
  return page(
    'Faults',
    'For readers who want to know that the claims are tight. Each row weakens one guard or ' +
      'update of one machine, and checks every claim again in one deployment. It lists all the ' +
      'claims whose verdict changes, with the steps of the shortest counterexample where there ' +
      'is one; a claim of kind `sometimes` loses its witness. To read a counterexample: ' +
      '`npx double-hop trace CLAIM --fault FAULT`.',
    markdownTable(
      ['fault', 'what the machine does', 'seen in', 'deployment', 'claims whose verdict changes'],
      FAULTS.map(({ id, what, seenIn, deployment }) => [
        `\`${id}\``,
        what,
        seenIn,
        deployment.name,
        Object.entries(faults[id] ?? {})
          .map(([claim, { verdict, trace }]) => {
            const how = trace ?? (verdict === 'holds' ? 'now holds' : null);
            return `\`${claim}\`${how === null ? '' : ` (${how})`}`;
          })
          .join(', '),
      ]),
    ),
  );
}

const failure = ({ by }: Kill) => (by === 'failure' ? ' (cannot be checked)' : '');

export function mutantsPage({ mutants }: Goldens): string {
  const all = Object.entries(mutants);
  const killed = all.filter(([, kill]) => kill !== null);
  const surviving = all.filter(([, kill]) => kill === null);
  const order = CLAIMS.map(({ id }) => id);
  const byClaim = order
    .map((id) => [`\`${id}\``, killed.filter(([, kill]) => kill?.claim === id).length] as const)
    .filter(([, count]) => count > 0);
  return page(
    'Mutants',
    'For readers who want to know what the claims do not notice. A mutant is a machine with one ' +
      'guard made always true or always false, or with one action left out; mutants are made ' +
      'mechanically. A claim kills a mutant when its verdict changes, or when it cannot be ' +
      'checked any more: the mutant throws, or has more than ten times as many states. The ' +
      'tables name the first claim that does so, in the cheapest deployment. No claim kills the ' +
      'equivalent mutants; the reason is given for each. The model-based tests, which compare ' +
      'every state, context and effect with the machine, kill those too. To repeat it: ' +
      '`npx double-hop mutate`.',
    `A claim kills ${killed.length} of ${all.length} mutants; ${surviving.length} are equivalent.`,
    markdownTable(['claim that kills first', 'mutants'], byClaim),
    '## Killed',
    markdownTable(
      ['mutant', 'killed by', 'deployment'],
      killed.map(([id, kill]) => [
        `\`${id}\``,
        `\`${kill!.claim}\`${failure(kill!)}`,
        kill!.deployment,
      ]),
    ),
    '## Equivalent under the claims',
    markdownTable(
      ['mutant', 'reason'],
      surviving.map(([id]) => [`\`${id}\``, reasonFor(id)]),
    ),
  );
}
