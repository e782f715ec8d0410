/**
 * The possible states of one connection's client: the model's machine, stepped with the replies
 * that it received and matched with the requests that it sent. Its owner may ask for anything with
 * any credential.
 */
import { type AnyMachineSnapshot, initialTransition, transition } from 'xstate';
import { effectsOf } from '../../checker/model/effects.ts';
import { stateKey } from '../../checker/model/state-key.ts';
import { basicClientConnection } from '../../machines/basic/basic-client.ts';
import type { ClientInput } from '../../machines/http/client-side.ts';
import type { Initiator, Vantage } from '../../machines/ntlm/initiator.ts';
import { ntlmClientConnection } from '../../machines/ntlm/ntlm-client.ts';
import type { Mechanism } from '../../machines/system/topology.ts';
import type { ClientEvent, Reply, Request } from '../../machines/vocabulary/messages.ts';
import type { Credential, UserName } from '../../machines/vocabulary/terms.ts';
import { PATH } from '../terms/message-reader.ts';
import type { JudgedConnection } from './scope.ts';

export type ClientMachines = {
  readonly NTLM: typeof ntlmClientConnection;
  readonly Basic: typeof basicClientConnection;
};
export const CLIENTS: ClientMachines = {
  NTLM: ntlmClientConnection,
  Basic: basicClientConnection,
};

export type ClientRun = {
  readonly snapshot: AnyMachineSnapshot;
  readonly out: Request | null; // the next request that it must send
  readonly isWaiting: boolean; // for a reply
};

/** The place from which it answers: only its responses show it. */
export type ClientVantage = Pick<Vantage, 'machine' | 'target' | 'certificate'>;

export function clientRun(
  machines: ClientMachines,
  { id, client, spoken }: JudgedConnection,
  vantage: ClientVantage,
  initiator: Initiator,
): ClientRun {
  const input = { host: client, server: vantage.target, connection: id, keepAlive: true };
  const snapshot = STARTS[spoken](machines, input, vantage, initiator);
  return { snapshot, out: null, isWaiting: false };
}

type Start = (
  machines: ClientMachines,
  input: ClientInput,
  vantage: ClientVantage,
  initiator: Initiator,
) => AnyMachineSnapshot;

const STARTS: Readonly<Record<Mechanism, Start>> = {
  NTLM: ({ NTLM }, input, vantage, initiator) => {
    const poolKey = ['credentials'] as const;
    const own = { initiator, poolKey, handshake: 'connection' } as const;
    return initialTransition(NTLM, { ...input, ...vantage, ...own })[0];
  },
  Basic: ({ Basic }, input) => initialTransition(Basic, input)[0],
};

function stepped(run: ClientRun, event: ClientEvent): ClientRun | null {
  const machine = run.snapshot.machine;
  if (machine === undefined || !run.snapshot.can(event)) return null;
  const [snapshot, actions] = transition(machine, run.snapshot, event);
  let out: Request | null = null;
  for (const effect of effectsOf(actions)) {
    if (!('to' in effect)) continue;
    const sent: { readonly type: string; readonly [field: string]: unknown } = effect.event;
    if (sent.type === 'wire.send') out = sent.message as Request;
  }
  return { snapshot: snapshot as AnyMachineSnapshot, out, isWaiting: false };
}

/**
 * The runs in which the client sends this request; none: it cannot send it.
 *
 * @param owned - the credentials with which its owner may ask.
 * @param user - for whom the request is. Null: unknown.
 */
export function asks(
  run: ClientRun,
  request: Request,
  owned: readonly Credential[],
  user: UserName | null,
): readonly ClientRun[] {
  if (run.isWaiting) return [];
  if (run.out !== null)
    return isSame(run.out, request) && isFor(run, user)
      ? [{ ...run, out: null, isWaiting: true }]
      : [];
  return fetches(run, owned, user).flatMap((next) =>
    next.out !== null && isSame(next.out, request) ? [{ ...next, out: null, isWaiting: true }] : [],
  );
}

/** The same, after a request and a 401 that are not in the recording. */
export const asksAtOnce = (
  run: ClientRun,
  request: Request,
  owned: readonly Credential[],
  user: UserName | null,
): readonly ClientRun[] =>
  request.type !== 'NEGOTIATE_MESSAGE'
    ? []
    : fetches(run, owned, user).flatMap((started) => {
        const next = receives(
          { ...started, out: null, isWaiting: true },
          { type: 'http.unauthorized' },
        );
        return next === null ? [] : asks(next, request, owned, user);
      });

function fetches(run: ClientRun, owned: readonly Credential[], user: UserName | null) {
  return [null, ...owned]
    .filter((credential) => user === null || (credential?.user ?? user) === user)
    .flatMap((credential): ClientRun[] => {
      const next = stepped(run, {
        type: 'client.fetch',
        from: 'owner',
        path: PATH,
        credential,
        purpose: null,
      });
      return next === null ? [] : [next];
    });
}

/** The run after a reply. Null: it was not waiting for one. */
export const receives = (run: ClientRun, reply: Reply): ClientRun | null =>
  run.isWaiting ? stepped(run, reply) : null;

/** The run after the connection closed. Before its first request the client ignores that. */
export const loses = (run: ClientRun): ClientRun =>
  stepped(run, { type: 'connection.closed' }) ?? run;

const isSame = (one: Request, other: Request) =>
  stateKey(comparedPart(one)) === stateKey(comparedPart(other));

/**
 * The messages that a MIC by an unknown key covers cannot be known. Whether a client sends an LM
 * response is its own choice, in every version (MS-NLMP 3.1.5.1.2, 3.3.1).
 */
function comparedPart(request: Request): unknown {
  if (request.type !== 'AUTHENTICATE_MESSAGE') return request;
  const { lm: _, ...response } = request.response;
  const isKnown = response.key?.passwordOf !== null;
  return { ...request, response: isKnown ? response : { ...response, mic: response.mic !== null } };
}

type Context = {
  readonly exchange: { readonly credential: Credential | null } | null;
  readonly authenticatedFor?: { readonly credentials: UserName | null } | null;
};
const contextOf = ({ snapshot }: ClientRun) => snapshot.context as Context;

const isFor = (run: ClientRun, user: UserName | null) =>
  user === null || (contextOf(run).exchange?.credential?.user ?? user) === user;

/** The user as whom the client holds its connection to be signed in. Null: no user. */
export const authenticatedFor = (run: ClientRun): UserName | null =>
  contextOf(run).authenticatedFor?.credentials ?? null;

/** The user of the current request. Null: no user, or no request. */
export const asking = (run: ClientRun): UserName | null =>
  contextOf(run).exchange?.credential?.user ?? null;

const clientKeys = new WeakMap<ClientRun, string>();

/** Equal for two runs with the same future. */
export function clientKey(run: ClientRun): string {
  const known = clientKeys.get(run);
  if (known !== undefined) return known;
  const { snapshot, out, isWaiting } = run;
  const { initiator: _, ...context } = snapshot.context as Record<string, unknown>;
  const key = stateKey({ value: snapshot.value, context, out, isWaiting });
  clientKeys.set(run, key);
  return key;
}
