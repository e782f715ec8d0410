/**
 * Hears signals of some kinds, on some connections. Violated when one of them concerns a user: so a
 * search for a violation finds out whether it ever happens.
 *
 * @source Kupferman and Vardi, Vacuity Detection in Temporal Model Checking, 2003 (a claim that
 *   holds because what it speaks of never happens)
 */
import { setup } from 'xstate';
import { theEvent } from '../../machines/vocabulary/reading.ts';
import type { Signal } from '../../machines/vocabulary/signals.ts';
import type { ConnectionName } from '../../machines/vocabulary/terms.ts';

const KINDS = [
  'running',
  'commit',
  'rejected',
  'learned',
  'asked',
  'refused',
  'served',
  'acting',
  'message',
] as const;
type Heard = Extract<Signal, { type: (typeof KINDS)[number] }>;

type Input = {
  readonly kinds: readonly Heard['type'][];
  /** The connection of the signal, or the client's of its proof. Null: any. */
  readonly connections: readonly ConnectionName[] | null;
  readonly ofProgram: boolean; // true: only requests that a program sends
};

/** False of an anonymous user; true of a signal that names no user at all. */
function concernsUser(signal: Heard): boolean {
  switch (signal.type) {
    case 'rejected':
      return signal.response.user !== null;
    case 'learned':
      return signal.secret !== null && signal.secret.passwordOf !== null;
    case 'running':
    case 'commit':
    case 'served':
    case 'acting':
      return signal.user !== null;
    default:
      return true;
  }
}

const placesOf = (signal: Heard): readonly (ConnectionName | null)[] => [
  'connection' in signal ? signal.connection : null,
  'run' in signal ? signal.run : null,
];

const onIt = { guard: { type: 'isIt', params: theEvent<Heard> }, target: 'violated' } as const;

export const never = setup({
  types: { context: {} as Input, events: {} as Signal, input: {} as Input },
  guards: {
    isIt: ({ context: { kinds, connections, ofProgram } }, signal: Heard) =>
      kinds.includes(signal.type) &&
      concernsUser(signal) &&
      (!ofProgram || ('purpose' in signal && signal.purpose !== null)) &&
      (connections === null ||
        placesOf(signal).some((place) => place !== null && connections.includes(place))),
  },
}).createMachine({
  id: 'never',
  description: 'Waits for something that a claim speaks of.',
  context: ({ input }) => input,
  initial: 'waiting',
  states: {
    waiting: {
      description: 'It has not happened.',
      on: Object.fromEntries(KINDS.map((kind) => [kind, onIt])),
    },
    violated: { description: 'It has happened.' },
  },
});
