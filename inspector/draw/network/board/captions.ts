/** One short sentence under each frame of the board, in plain English. */
import type { PictureState } from '../state/picture-state.ts';
import type { Moment } from './moments.ts';

export function captionOf({ name, connection }: Moment, state: PictureState): string {
  const { from, to } = connection;
  const [carried] = state.move?.carries ?? [];
  switch (name) {
    case 'asks':
      return carried?.kind === 'challenge'
        ? `${to} sends a challenge on this connection.`
        : `${to} responds 401 to ${from}.`;
    case 'proves':
      return carried?.kind === 'response'
        ? `${from} sends a response that answers this challenge only.`
        : `${from} sends the password itself.`;
    case 'accepts':
      return `${to} authenticates ${acceptedIn(state, to)}. ${heldBy(state, to)}`;
    case 'nextHop':
      return nextHop(state, from, to);
  }
}

const acceptedIn = ({ pipes }: PictureState, host: string): string =>
  pipes.find(({ connection, stage }) => connection.to === host && stage === 'taken')?.takenFor ??
  'an anonymous user';

function heldBy({ holds }: PictureState, host: string): string {
  const kinds = (holds[host] ?? []).map(({ kind }) => kind);
  if (kinds.includes('password')) return 'It now has the password.';
  return kinds.includes('token') ? 'It has a token, not the password.' : 'It has no credential.';
}

function nextHop(state: PictureState, from: string, to: string): string {
  const [carried] = state.move?.carries ?? [];
  const pipe = state.pipes.find(({ connection }) => connection.to === to);
  const user = pipe?.sender ?? 'an anonymous user';
  if (state.mark?.kind === 'refused')
    return carried?.kind === 'response' && carried.user === null
      ? `${from} calls ${to} as ${user} and has no key to answer the challenge: ${to} refuses.`
      : `${from} calls ${to} as ${user}, and ${to} refuses.`;
  const how =
    carried?.kind === 'password'
      ? `${from} sends the password to ${to}.`
      : `${from} answers ${to} with the password that it has.`;
  return `${how} ${to} authenticates ${acceptedIn(state, to)}.`;
}
