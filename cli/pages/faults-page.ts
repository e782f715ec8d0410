/** What breaks the claims: the mistakes made on purpose, and those made mechanically. */
import { CLAIMS } from '../../properties/catalogue.ts';
import { reasonFor } from '../../properties/faults/equivalents.ts';
import { FAULTS } from '../../properties/faults/faults.ts';
import type { Kill } from '../../properties/faults/mutants.ts';
import type { Goldens } from '../../properties/verdicts/measure.ts';
import { markdownTable, page } from './markdown.ts';

export function faultsPage({ faults }: Goldens): string {
  return page(
    'Mistakes',
    'One guard or update of one machine is weakened, and every claim is judged again. Each row ' +
      'lists all the claims that come out otherwise, with the steps of the shortest ' +
      'counterexample where there is one. ' +
      'To read it: `npx double-hop trace CLAIM --sabotage MISTAKE`.',
    markdownTable(
      ['mistake', 'what it is', 'seen in', 'deployment', 'claims that come out otherwise'],
      FAULTS.map(({ id, what, seenIn, deployment }) => [
        `\`${id}\``,
        what,
        seenIn,
        deployment.name,
        Object.entries(faults[id] ?? {})
          .map(([claim, { verdict, trace }]) => {
            const how = trace ?? (verdict === 'holds' ? 'holds now' : null);
            return `\`${claim}\`${how === null ? '' : ` (${how})`}`;
          })
          .join(', '),
      ]),
    ),
  );
}

const told = ({ by }: Kill) => (by === 'failure' ? ' (cannot be judged)' : '');

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
    'Each guard of each machine made always true or always false, each update and each effect ' +
      'left out, one at a time and mechanically. A mutant is killed by the first claim that ' +
      'comes out otherwise than expected, in the cheapest deployment in which one does, or that ' +
      'it keeps from being judged, since it throws or has more than ten times the states. No ' +
      'claim can kill the others, each for the reason that stands beside it. That they are not ' +
      'what the machine says is still noticed: the model-based tests compare every state, ' +
      'context and effect, and kill them all. To see it done: `npx double-hop mutate`.',
    `${killed.length} of ${all.length} mutants are killed by a claim; for ${surviving.length} ` +
      'there is a reason why none can.',
    markdownTable(['first killed by', 'mutants'], byClaim),
    '## Killed',
    markdownTable(
      ['mutant', 'killed by', 'in'],
      killed.map(([id, kill]) => [
        `\`${id}\``,
        `\`${kill!.claim}\`${told(kill!)}`,
        kill!.deployment,
      ]),
    ),
    '## Equivalent, as far as the claims go',
    markdownTable(
      ['mutant', 'because'],
      surviving.map(([id]) => [`\`${id}\``, reasonFor(id)]),
    ),
  );
}
