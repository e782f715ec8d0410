/** One short sentence under each frame of the board, in plain English. */
import type { PictureState } from '../state/picture-state.ts';
import type { Moment } from './moments.ts';

export function captionOf({ name, connection }: Moment, state: PictureState): string {
  const { from, to } = connection;
  const [carried] = state.move?.carries ?? [];
  switch (name) {
    case 'asks':
      return carried?.kind === 'challenge'
        ? `${to} issues a challenge on this connection.`
        : `${to} asks for a sign-in (401).`;
    case 'proves':
      return carried?.kind === 'response'
        ? `${from} answers with a response that fits this challenge only.`
        : `${from} sends the password itself.`;
    case 'accepts':
      return `${to} accepts ${acceptedIn(state, to)}. ${leftWith(state, to)}`;
    case 'nextHop':
      return hopTold(state, from, to);
  }
}

const acceptedIn = ({ pipes }: PictureState, host: string): string =>
  pipes.find(({ connection, stage }) => connection.to === host && stage === 'taken')?.takenFor ??
  'nobody';

function leftWith({ holds }: PictureState, host: string): string {
  const kinds = (holds[host] ?? []).map(({ kind }) => kind);
  if (kinds.includes('password')) return 'It now holds the password.';
  return kinds.includes('token') ? 'It holds a token, not the password.' : 'It holds nothing.';
}

function hopTold(state: PictureState, from: string, to: string): string {
  const [carried] = state.move?.carries ?? [];
  const pipe = state.pipes.find(({ connection }) => connection.to === to);
  const user = pipe?.sender ?? 'nobody';
  if (state.mark?.kind === 'refused')
    return carried?.kind === 'response' && carried.user === null
      ? `${from} calls ${to} as ${user} and has no key to answer with: refused.`
      : `${from} calls ${to} as ${user}: refused.`;
  const how =
    carried?.kind === 'password'
      ? `${from} sends the password on.`
      : `${from} answers ${to} with the password that it holds.`;
  return `${how} ${to} accepts ${acceptedIn(state, to)}.`;
}
