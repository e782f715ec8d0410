/** The mark of a refusal or a violation in the network picture: its place and its words. */
import type { Signal } from '../../../../machines/vocabulary/signals.ts';
import { whyRefused } from '../../../../story/clauses/refusal-reasons.ts';
import { type Connection, connectionIn } from '../../../../story/component-names.ts';
import type { Story } from '../../../story/story.ts';
import type { Move } from './moves.ts';
import { signalsIn } from './pipes.ts';

export type VerdictMark = {
  readonly kind: 'refused' | 'violated';
  readonly connection: Connection; // at its server's end
  readonly text: string;
};

/** A violation stays marked. A refusal is marked in its own step only. */
export function verdictMarkAt(
  story: Story,
  position: number,
  move: Move | null,
): VerdictMark | null {
  const { decisive, mark } = story;
  if (mark?.isViolation && decisive !== null && position >= decisive) return violation(story);
  return refusal(story, position, move);
}

function violation({ steps, decisive, checked, mark }: Story): VerdictMark | null {
  const before = steps.slice(0, decisive ?? 0);
  const deciding = signalsIn(before.slice(-1)).findLast(
    (signal) => signal.type === 'commit' || signal.type === 'served',
  );
  if (deciding?.type !== 'commit' && deciding?.type !== 'served') return null;
  const connection = connectionIn(deciding.connection);
  if (connection === null) return null;
  const { user, server } = deciding;
  const isStranger =
    checked?.claim === 'confinement' && user !== null && !hasSignedIn(before, user, server);
  const text = isStranger ? `${user} never signed in to ${server}` : (mark?.text ?? '');
  return { kind: 'violated', connection, text };
}

/** True where the user's own client has tried to prove this user to this server. */
const hasSignedIn = (steps: Story['steps'], user: string, server: string): boolean =>
  signalsIn(steps).some(
    (signal) =>
      signal.type === 'running' &&
      signal.user === user &&
      signal.by === user &&
      signal.server === server,
  );

function refusal({ steps }: Story, position: number, move: Move | null): VerdictMark | null {
  const step = steps[position - 1];
  if (step === undefined) return null;
  const rejected = signalsIn([step]).find(isRejection);
  if (rejected !== undefined) {
    const connection = connectionIn(rejected.connection);
    if (connection === null) return null;
    const text = `${connection.to} refuses: ${whyRefused(rejected)}`;
    return { kind: 'refused', connection, text };
  }
  const refused = step.credentials.find(({ did }) => did === 'refused');
  if (refused === undefined || move === null) return null;
  const text = `${refused.party} refuses the ${refused.credential.kind}`;
  return { kind: 'refused', connection: move.connection, text };
}

const isRejection = (signal: Signal): signal is Extract<Signal, { type: 'rejected' }> =>
  signal.type === 'rejected';
