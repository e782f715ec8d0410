/** What the monitor of sign-ins through proxies hears, and the state in which each trace ends. */
import type { Signal } from '../../../../machines/vocabulary/signals.ts';
import { signInSeenByClient } from '../../../../properties/monitors/sign-in.ts';
import { running } from './liveness-traces.ts';
import { hearing, type Row } from './monitor-traces.ts';

const HERE = 'alice>proxy#1';
const THERE = 'alice>proxy#2';

const asked = (user: string | null, connection = HERE): Signal => ({
  type: 'asked',
  user,
  connection,
  purpose: null,
});
const answered = (connection = HERE): Signal => ({ type: 'answered', connection });
const refused = (connection = HERE): Signal => ({ type: 'refused', connection });
const prompted = (user = 'alice', server = 'mailbox'): Signal => ({
  type: 'prompted',
  user,
  server,
});

const moved = (connection = HERE, to = THERE): Signal => ({ type: 'moved', connection, to });
const entered: Signal = {
  type: 'entered',
  user: 'alice',
  server: 'mailbox',
  secret: { passwordOf: 'alice' },
};

const asks = asked('alice');
/** The right password was given, and the user is asked for it again. */
const inVain = [asks, answered(), refused(), prompted()] as const;

const ROWS: readonly Row[] = [
  ['asked, and not answered', 'waiting', asks],
  ['a right proof', 'waiting', asks, running('alice', 'alice', HERE)],
  ['a mistyped one, which is owed nothing', 'idle', asks, running(null, 'alice', HERE)],
  ['an anonymous proof', 'idle', asks, running(null, null, HERE)],
  ['mistyped on another connection', 'waiting', asks, running(null, 'alice', THERE)],
  ['asked without a password', 'idle', asked(null), answered(), refused(), prompted()],
  ['asked in the name of another', 'idle', asked('bob')],
  ['asked on another connection', 'idle', asked('alice', THERE)],
  ['answered', 'answered', asks, answered()],
  ['answered on another connection', 'waiting', asks, answered(THERE)],
  ['told 401 on the way, as the handshake goes', 'waiting', asks, refused()],
  ['answered with 401', 'refused', asks, answered(), refused()],
  ['401 on another connection', 'answered', asks, answered(), refused(THERE)],
  ['moved with its challenge', 'waiting', asks, answered(), moved()],
  ['moved, and answered there', 'answered', asks, answered(), moved(), answered(THERE)],
  ['another request moved', 'answered', asks, answered(), moved(THERE, HERE)],
  ['typed, and asked elsewhere', 'waiting', ...inVain, entered, asked('alice', THERE)],
  ['and answered', 'answered', ...inVain, entered, asked('alice', THERE), answered(THERE)],
  ['answered, and asked again', 'waiting', asks, answered(), asks],
  ['answered, and asked without a password', 'idle', asks, answered(), asked(null), refused()],
  ['answered, and asked on another', 'answered', asks, answered(), asked(null, THERE)],
  ['401, and sent again by itself', 'waiting', asks, answered(), refused(), asks],
  ['401, and sent again on another', 'refused', asks, answered(), refused(), asked('alice', THERE)],
  ['prompted', 'prompted', ...inVain],
  ["another's prompt", 'refused', asks, answered(), refused(), prompted('bob')],
  ['a prompt for another host', 'refused', asks, answered(), refused(), prompted('alice', 'proxy')],
  ['prompted, and answered', 'answered', ...inVain, asks, answered()],
  ['prompted, and asked on another', 'prompted', ...inVain, asked('alice', THERE)],
  ['prompted, cancelled, and prompted anew', 'idle', ...inVain, prompted()],
  ["prompted, and then another's prompt", 'prompted', ...inVain, prompted('bob')],
];

export const THROUGH_PROXIES = [
  hearing(signInSeenByClient, { users: ['alice'], server: 'mailbox', connection: HERE }, ROWS),
] as const;
