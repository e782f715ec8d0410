/**
 * Performs acts: makes messages, sends them on the driver's own connections, and records the
 * replies.
 *
 * @source MS-NTHT 2.2.2 (NTLM data in Authorization); MS-NLMP 3.1.5.1; RFC 7617 2
 */

import type { HandshakeMessages } from '../codec/crypto/mic.ts';
import { negotiate } from '../codec/initiate.ts';
import { decode } from '../codec/messages/message.ts';
import { CodecError } from '../codec/reader.ts';
import { ntlmToken } from '../http/challenges.ts';
import { HeaderError } from '../http/field-value.ts';
import type { Connection, Observation, Recording } from '../recording/recording.ts';
import type { Secrets } from '../terms/dictionary.ts';
import { type Act, type Extra, isRequest, mayFail, type Over, type Who } from './acts.ts';
import { type Answer, connect, type HttpConnection, type Tape } from './driver-connection.ts';
import { accountOf, basicHeader, madeUp, ntlmHeader, responseOf } from './messages.ts';
import { ServerProblem, serverOf, type Target } from './target.ts';

export type RunOptions = {
  /** The other server, for acts that open connections to it. Null: there is none. */
  readonly back?: Target | null;
  /**
   * Called and awaited before each request. False: the request is left out. An error ends the run.
   * `isRisky`: the request may count as a failed sign-in, see `mayFail`.
   */
  readonly before?: (act: Act, isRisky: boolean) => Promise<boolean>;
  /**
   * Whether a request on a closed connection opens another. If not, its answer is the closed
   * connection. Default: true.
   */
  readonly reopens?: boolean;
  /** Called after each request, with its answer. */
  readonly after?: (act: Act, answer: Answer) => void;
  /** Called with the recording at the end, also after an error. */
  readonly recorded?: (recording: Recording) => void;
};

export type DrivenRun = {
  readonly recording: Recording;
  /** Each request that was made, in order: the number of its act, and the answer. */
  readonly asked: readonly { readonly act: number; readonly answer: Answer }[];
};

/** @throws ServerProblem if a server cannot be reached, or does not speak HTTP. */
export const run = async (
  acts: readonly Act[],
  target: Target,
  options: RunOptions = {},
): Promise<Recording> => (await perform(acts, target, options)).recording;

/** The same, with the answers. @throws ServerProblem */
export async function perform(
  acts: readonly Act[],
  target: Target,
  { back = null, reopens = true, before, after, recorded }: RunOptions = {},
): Promise<DrivenRun> {
  const connections: Connection[] = [];
  const observations: Observation[] = [];
  const recording: Recording = {
    format: 'double-hop-recording/1',
    source: `double-hop against ${serverOf(target)}`,
    connections,
    observations,
  };
  const tape: Tape = {
    connection: (connection) => connections.push(connection),
    observe: (observation) => observations.push(observation),
  };
  const slots = new Map<number, SlotState>();
  const open = async (on: number, at: Target): Promise<SlotState> => {
    const known = slots.get(on) ?? newSlot(at);
    known.connection?.close();
    const connection = await connect(at, `${on}.${connections.length + 1}`, tape);
    const slot = { ...known, at, connection, isChallenged: false };
    slots.set(on, slot);
    return slot;
  };
  const asked: { act: number; answer: Answer }[] = [];
  try {
    for (const [at, act] of acts.entries()) {
      if (act.does === 'open') await open(act.on, act.at === 'back' ? (back ?? target) : target);
      if (act.does === 'close') slots.get(act.on)?.connection?.close();
      if (!isRequest(act)) continue;
      const known = slots.get(act.on);
      const isChallenged = known?.connection?.isOpen() === true && known.isChallenged;
      const isRisky =
        mayFail(act, acts.slice(0, at)) || (act.does === 'authenticate' && !isChallenged);
      if (before !== undefined && !(await before(act, isRisky))) continue;
      if (!reopens && known?.connection?.isOpen() === false) {
        asked.push({ act: at, answer: null });
        continue;
      }
      const slot = known?.connection?.isOpen() ? known : await open(act.on, known?.at ?? target);
      const answer = await ask(act, slot, slots);
      after?.(act, answer);
      asked.push({ act: at, answer });
    }
  } finally {
    for (const { connection } of slots.values()) connection?.close();
    recorded?.(recording);
  }
  return { recording, asked };
}

type SlotState = {
  readonly at: Target;
  readonly connection: HttpConnection | null;
  isChallenged: boolean; // the last answer was a challenge
  readonly exchanges: HandshakeMessages[]; // of all its connections, the last first
  readonly sent: { message: Uint8Array | null; user: string };
};
const newSlot = (at: Target): SlotState => ({
  at,
  connection: null,
  isChallenged: false,
  exchanges: [],
  sent: { message: null, user: '' },
});

/** @throws Error for an act that is no request. */
async function ask(
  act: Act,
  slot: SlotState,
  slots: ReadonlyMap<number, SlotState>,
): Promise<Answer> {
  const send = async (authorization: string | null, user: string | null) => {
    const answer = await slot.connection!.send({ authorization, user });
    const token = challengeIn(answer, slot.at);
    slot.isChallenged = token !== null;
    return { answer, token };
  };
  const present = async (message: Uint8Array, user: string) => {
    slot.sent.message = message;
    slot.sent.user = user;
    return (await send(ntlmHeader(message), user === '' ? null : user)).answer;
  };
  const respond = (who: Who, over: Over, extra: Extra) => {
    const account = accountOf(who, slot.at);
    return present(responseOf(account, exchangeOf(over, slots), extra), account.user);
  };
  switch (act.does) {
    case 'bare':
      return (await send(null, null)).answer;
    case 'negotiate': {
      const bytes = negotiate();
      const { answer, token } = await send(ntlmHeader(bytes), null);
      if (token !== null) slot.exchanges.unshift({ negotiate: bytes, challenge: token });
      return answer;
    }
    case 'basic': {
      const account = accountOf(act.as, slot.at);
      return (await send(basicHeader(account), account.user)).answer;
    }
    case 'authenticate':
      return respond(act.as, act.over, act.extra);
    case 'again': {
      const sent = slots.get(act.of)?.sent;
      if (sent?.message) return present(sent.message, sent.user);
      return respond('right', { of: act.of, which: 'last' }, 'plain');
    }
    case 'open':
    case 'close':
      throw new Error(`${act.does} is no request`);
  }
}

/** The CHALLENGE_MESSAGE of an answer; null: it has none. @throws ServerProblem */
function challengeIn(answer: Answer, at: Target): Uint8Array | null {
  const fault = (problem: string) =>
    new ServerProblem('malformed', serverOf(at), `its challenge ${problem}`);
  try {
    const token = answer === null ? null : ntlmToken(answer.authenticate);
    if (token !== null && decode(token).type !== 'CHALLENGE_MESSAGE')
      throw fault('is another message of NTLM');
    return token;
  } catch (error) {
    if (error instanceof CodecError || error instanceof HeaderError)
      throw fault(`is malformed: ${error.message}`);
    throw error;
  }
}

/** The handshake of that challenge; an invented one if no challenge has come yet. */
function exchangeOf({ of, which }: Over, slots: ReadonlyMap<number, SlotState>): HandshakeMessages {
  return slots.get(of)?.exchanges.at({ last: 0, before: 1, first: -1 }[which]) ?? madeUp();
}

/** The passwords of a target's accounts, for reading its recordings. */
export const secretsOf = ({ accounts: { right, other } }: Target): Secrets =>
  new Map(
    [right, ...(other === null ? [] : [other])].map((it) => [it.user.toLowerCase(), it.password]),
  );
