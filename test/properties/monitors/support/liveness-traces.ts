/** What the monitors of liveness hear, trace by trace, and the state in which each ends. */
import type { Signal } from '../../../../machines/vocabulary/signals.ts';
import { completion, refusalReported } from '../../../../properties/monitors/answers.ts';
import { signIn } from '../../../../properties/monitors/sign-in.ts';
import { hearing, type Row } from './monitor-traces.ts';

const HERE = 'alice>frontEnd#1';
const THERE = 'bob>frontEnd#1';

const asked = (user: string | null, connection = HERE): Signal => ({
  type: 'asked',
  user,
  connection,
  purpose: null,
});
export const running = (
  passwordOf: string | null,
  user: string | null = 'alice',
  at = HERE,
): Signal => ({
  type: 'running',
  user,
  secret: { passwordOf },
  server: 'frontEnd',
  by: 'alice',
  connection: at,
  run: at,
  response: null,
  info: null,
});
const served = (
  user: string | null,
  path: 'mailbox' | 'default' = 'mailbox',
  connection = HERE,
): Signal => ({
  type: 'served',
  user,
  server: 'frontEnd',
  connection,
  path,
  cause: user,
  purpose: null,
});
const answered = (connection = HERE): Signal => ({ type: 'answered', connection });
const closed = (connection = HERE): Signal => ({ type: 'closed', connection });
const prompted = (user = 'alice', server = 'frontEnd'): Signal => ({
  type: 'prompted',
  user,
  server,
});

const asks = asked('alice');
const refused = [asks, answered()] as const;
const again = [...refused, prompted()] as const;

const SIGN_IN: readonly Row[] = [
  ['alice asks', 'waiting', asks],
  ['an anonymous response', 'idle', asks, running(null, null)],
  ['somebody else asks on her connection', 'idle', asked('bob'), asked(null)],
  ['alice asks on another', 'idle', asked('alice', THERE)],
  ['she proves who she is', 'waiting', asks, running('alice')],
  ['she has mistyped, and is owed nothing', 'idle', asks, running(null)],
  ["she has typed bob's password, by mistake", 'idle', asks, running('bob')],
  ['bob mistypes on his', 'waiting', asks, running(null, 'bob', THERE)],
  ['she is served', 'idle', asks, served('alice')],
  ['her connection serves bob', 'waiting', asks, served('bob')],
  ['her connection serves the mailbox to nobody', 'waiting', asks, served(null)],
  ['she is served what is for everybody', 'idle', asks, served(null, 'default')],
  ['she is served on another', 'waiting', asks, served('alice', 'mailbox', THERE)],
  ['she is answered, and was not served', 'refused', ...refused],
  ['bob is answered', 'waiting', asks, answered(THERE)],
  ['her connection closes', 'idle', asks, closed()],
  ["bob's closes", 'waiting', asks, closed(THERE)],
  ['she was answered because it closed', 'idle', ...refused, closed()],
  ['she was refused, and another closes', 'refused', ...refused, closed(THERE)],
  ['she was refused, and her browser tries again', 'waiting', ...refused, asks],
  ['she was refused, and bob tries', 'refused', ...refused, asked('bob')],
  ['she is asked for the password', 'prompted', ...again],
  ['bob is asked', 'refused', ...refused, prompted('bob')],
  ['she is asked by another host', 'refused', ...refused, prompted('alice', 'mailbox')],
  ['she gives it again', 'waiting', ...again, asks],
  ['another page is opened meanwhile', 'prompted', ...again, asked(null)],
  ['she cancelled, and is asked once more', 'idle', ...again, prompted()],
  ['she has the prompt, and bob is asked', 'prompted', ...again, prompted('bob')],
];

const COMPLETION: readonly Row[] = [
  ['nothing was asked', 'idle', answered()],
  ['something was asked', 'waiting', asks],
  ['it was answered', 'idle', asks, answered()],
  ['the next was asked', 'waiting', asks, answered(), asked(null)],
];

const rejected: Signal = {
  type: 'rejected',
  connection: HERE,
  run: HERE,
  response: {} as Extract<Signal, { type: 'rejected' }>['response'], // no monitor reads it
  why: 'isUnproven',
  own: {} as Extract<Signal, { type: 'rejected' }>['own'], // no monitor reads it
};

const unauthorized: Signal = { type: 'refused', connection: HERE };

const REFUSALS_REPORTED: readonly Row[] = [
  ['the right password', 'quiet', running('alice')],
  ['a mistyped password', 'refused', running(null)],
  ["bob's password", 'refused', running('bob')],
  ['a response of nobody', 'refused', running(null, null)],
  ['a right one that is rejected all the same', 'refused', running('alice'), rejected],
  ['refused, and reported', 'reported', running(null), answered(), unauthorized],
  ['refused, and ended', 'ended', running(null), answered()],
  ['a 401 on the way, as the handshake goes', 'refused', running(null), unauthorized],
  [
    'refused, and the connection closed, which ends the request',
    'quiet',
    rejected,
    answered(),
    closed(),
  ],
  ['refused, ended, and the next is asked', 'quiet', rejected, answered(), asks],
  ['refused, and the connection closed', 'quiet', rejected, closed()],
  ['told, and the next is asked', 'quiet', rejected, answered(), unauthorized, asks],
  ['told, and refused again', 'refused', rejected, answered(), unauthorized, running(null)],
];

export const LIVENESS = [
  hearing(signIn, { users: ['alice'], server: 'frontEnd', connection: HERE }, SIGN_IN),
  hearing(completion, undefined, COMPLETION),
  hearing(refusalReported, undefined, REFUSALS_REPORTED),
] as const;
