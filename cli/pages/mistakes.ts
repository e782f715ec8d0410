/** What breaks the claims: the mistakes made on purpose, and those made mechanically. */
import { CLAIMS } from '../../properties/catalogue.ts';
import type { Pins } from '../../properties/measure.ts';
import type { Kill } from '../../properties/mutants.ts';
import { SABOTAGES } from '../../properties/sabotages.ts';
import { markdownTable, page } from './markdown.ts';

export function mistakesPage({ sabotages }: Pins): string {
  return page(
    'Mistakes',
    'One guard or update of one machine is weakened, and every claim is judged again. Each row ' +
      'lists all the claims that come out otherwise, with the steps of the shortest ' +
      'counterexample where there is one. ' +
      'To read it: `npx double-hop trace CLAIM --sabotage MISTAKE`.',
    markdownTable(
      ['mistake', 'what it is', 'seen in', 'deployment', 'claims that come out otherwise'],
      SABOTAGES.map(({ id, what, seenIn, deployment }) => [
        `\`${id}\``,
        what,
        seenIn,
        deployment.name,
        Object.entries(sabotages[id] ?? {})
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

export function mutantsPage({ mutants }: Pins): string {
  const all = Object.entries(mutants);
  const killed = all.filter(([, kill]) => kill !== null);
  const order = CLAIMS.map(({ id }) => id);
  const byClaim = order
    .map((id) => [`\`${id}\``, killed.filter(([, kill]) => kill?.claim === id).length] as const)
    .filter(([, count]) => count > 0);
  return page(
    'Mutants',
    'Each guard of each machine made always true or always false, each update and each effect ' +
      'left out, one at a time and mechanically. A mutant is killed by the first claim that ' +
      'comes out otherwise than expected, in the cheapest deployment in which one does, or that ' +
      'it keeps from being judged, since it throws or its states have no end. The ' +
      'others change nothing that a claim speaks of, or something only that a policy may choose; ' +
      'they are killed by the model-based tests, which compare every state, context and effect ' +
      'with the machine. No mutant survives both, so none is listed as equivalent.',
    `${killed.length} of ${all.length} mutants are killed by a claim, ${all.length - killed.length} ` +
      'by the model-based tests alone.',
    markdownTable(['first killed by', 'mutants'], byClaim),
    markdownTable(
      ['mutant', 'killed by', 'in'],
      all.map(([id, kill]) => [
        `\`${id}\``,
        kill === null ? 'model-based tests' : `\`${kill.claim}\`${told(kill)}`,
        kill?.deployment ?? null,
      ]),
    ),
  );
}
