/** The four steps of a run that show the double hop, found by their signals and messages. */
import { type Connection, connectionIn, connectionOf } from '../../../../story/component-names.ts';
import type { Message, StoryEvent } from '../../../../story/story-events.ts';
import type { Story, StoryStep } from '../../../story/story.ts';
import { signalsIn } from '../state/pipes.ts';

export type Moment = {
  /**
   * `asks`: the first host requires a sign-in. `proves`: its client sends a proof. `accepts`: the
   * host accepts the proof. `nextHop`: the host behind it accepts or refuses the first host.
   */
  readonly name: 'asks' | 'proves' | 'accepts' | 'nextHop';
  readonly position: number; // after so many steps
  readonly connection: Connection;
};

/** In the order of the run. @throws RangeError for a run that has no double hop. */
export function momentsOf(story: Story): readonly Moment[] {
  const { steps } = story;
  const [accepts, first] = needed(decided(steps, 'commit', 0), 'accepts a user');
  const [proves] = needed(last(steps, accepts, first, isProof), 'sends a proof');
  const [asks] = needed(
    last(steps, proves, first, ({ type }) => type === 'CHALLENGE_MESSAGE') ??
      last(steps, proves, first, ({ type }) => type === 'http.unauthorized'),
    'asks for a proof',
  );
  const [nextHop, second] = needed(decided(steps, 'any', accepts, first.to), 'answers at the next');
  return [
    { name: 'asks', position: asks, connection: first },
    { name: 'proves', position: proves, connection: first },
    { name: 'accepts', position: accepts, connection: first },
    { name: 'nextHop', position: nextHop, connection: second },
  ];
}

type Found = readonly [position: number, connection: Connection];

function needed(found: Found | null, what: string): Found {
  if (found === null) throw new RangeError(`the story has no double hop: no host ${what}`);
  return found;
}

/** The first decision after a position. `from`: on a connection that this host has opened. */
function decided(
  steps: readonly StoryStep[],
  which: 'commit' | 'any',
  after: number,
  from: string | null = null,
): Found | null {
  for (const [index, step] of steps.entries()) {
    if (index < after) continue;
    const decision = signalsIn([step]).find(
      ({ type }) => type === 'commit' || (which === 'any' && type === 'rejected'),
    );
    if (decision?.type !== 'commit' && decision?.type !== 'rejected') continue;
    const connection = connectionOf(decision.connection);
    if (from === null || connection.from === from) return [index + 1, connection];
  }
  return null;
}

const isProof = ({ type }: Message): boolean =>
  type === 'AUTHENTICATE_MESSAGE' || type === 'http.request.basic';

/** The last step before a position that puts such a message on the wire of the connection. */
function last(
  steps: readonly StoryStep[],
  before: number,
  connection: Connection,
  is: (message: Message) => boolean,
): Found | null {
  const index = steps.slice(0, before - 1).findLastIndex(({ reactions }) =>
    reactions.some(({ component, event }) => {
      const sent = event as StoryEvent; // the only ones there are
      return (
        sent.type === 'wire.send' &&
        connectionIn(component)?.name === connection.name &&
        is(sent.message)
      );
    }),
  );
  return index < 0 ? null : [index + 1, connection];
}
