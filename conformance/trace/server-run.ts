/**
 * The possible states of one connection's server: the model's machine, stepped with the requests
 * that it received and matched with the replies that it sent. The page behind it may answer
 * anything.
 */
import { type AnyMachineSnapshot, initialTransition, transition } from 'xstate';
import { effectsOf } from '../../checker/model/effects.ts';
import { stateKey } from '../../checker/model/state-key.ts';
import { basicServerConnection } from '../../machines/basic/basic-server.ts';
import type { Defences, ResponseCheck } from '../../machines/ntlm/acceptor.ts';
import { ntlmServerConnection } from '../../machines/ntlm/ntlm-server.ts';
import type { NtlmPolicy } from '../../machines/ntlm/policy.ts';
import type { Mechanism } from '../../machines/system/topology.ts';
import type { Reply, Request, ServerEvent } from '../../machines/vocabulary/messages.ts';
import type { CertificateName, HostName, UserName } from '../../machines/vocabulary/terms.ts';
import { bareName } from '../terms/names.ts';

/** The machines of servers. Tests replace them by machines with a fault. */
export type ServerMachines = {
  readonly NTLM: typeof ntlmServerConnection;
  readonly Basic: typeof basicServerConnection;
};
export const SERVERS: ServerMachines = {
  NTLM: ntlmServerConnection,
  Basic: basicServerConnection,
};

/** The acceptor's names and choices; open choices are read through `undecided`. */
export type AcceptorSetting = {
  readonly server: HostName; // as its challenges name it
  readonly certificate: CertificateName | null;
  readonly policy: NtlmPolicy;
  readonly defences: Defences;
};

export type ServerRun = {
  readonly snapshot: AnyMachineSnapshot;
  readonly out: Reply | null; // the next reply that it must send
  readonly page: { readonly identity: UserName | null; readonly isProtected: boolean } | null;
  readonly heard: Request['type'] | null; // the unanswered request; null: there is none
  readonly rejected: ResponseCheck | null; // the check that refused the last AUTHENTICATE
  readonly isNameless: boolean; // its last challenge named no server
};

export function serverRun(
  machines: ServerMachines,
  mechanism: Mechanism,
  setting: AcceptorSetting,
  connection: string,
): ServerRun {
  const snapshot = STARTS[mechanism](machines, setting, connection);
  const unused = { out: null, page: null, heard: null, rejected: null, isNameless: false };
  const run = { snapshot, ...unused };
  return stepped(run, { type: 'connection.opened' })!; // TCP connects before the first message
}

type Start = (
  machines: ServerMachines,
  setting: AcceptorSetting,
  connection: string,
) => AnyMachineSnapshot;

const STARTS: Readonly<Record<Mechanism, Start>> = {
  NTLM: ({ NTLM }, setting, connection) => {
    const challenges = { max: Number.MAX_SAFE_INTEGER, restart: true };
    const input = { ...setting, names: [setting.server], connection, challenges };
    return initialTransition(NTLM, input)[0];
  },
  Basic: ({ Basic }, { server }, connection) =>
    initialTransition(Basic, { server, connection, logonMethod: 'Network' })[0],
};

/** Null: the machine refuses the event. */
function stepped(run: ServerRun, event: ServerEvent): ServerRun | null {
  const machine = run.snapshot.machine;
  if (machine === undefined || !run.snapshot.can(event)) return null;
  const [snapshot, actions] = transition(machine, run.snapshot, event);
  let { out, page, rejected } = run;
  for (const effect of effectsOf(actions)) {
    if ('signal' in effect) {
      if (effect.signal.type === 'rejected') rejected = effect.signal.why;
      continue;
    }
    const sent: { readonly type: string; readonly [field: string]: unknown } = effect.event;
    const who = sent.identity as { readonly user: UserName } | null;
    if (sent.type === 'wire.send') out = sent.message as Reply;
    if (sent.type === 'page.requested') page = { identity: who?.user ?? null, isProtected: true };
  }
  return { ...run, snapshot: snapshot as AnyMachineSnapshot, out, page, rejected };
}

/** The run after a request. Null: the request before it is not answered yet. */
export function hears(run: ServerRun, request: Request, isProtected: boolean): ServerRun | null {
  if (run.heard !== null) return null;
  const next = stepped(
    { ...run, rejected: null },
    run.isNameless ? withName(run, request) : request,
  );
  if (next === null) return null;
  const page = next.page === null ? null : { ...next.page, isProtected };
  return { ...next, page, heard: request.type };
}

export const closes = (run: ServerRun): ServerRun | null => {
  const next = stepped(run, { type: 'connection.closed' });
  return next && { ...next, out: null, page: null, heard: null };
};

/** `signedIn`: pages serve every signed-in user, and no one else. */
export type Pages = 'anything' | 'signedIn';

/**
 * The run after the server has sent `reply`. Null: it cannot send it.
 */
export function says(
  run: ServerRun,
  reply: Reply,
  identity: string | null,
  pages: Pages,
): ServerRun | null {
  if (run.heard === null) return null;
  const done = { page: null, out: null, heard: null };
  if (run.out !== null) {
    if (reply.type !== 'CHALLENGE_MESSAGE')
      return isSame(run.out, reply) ? { ...run, ...done } : null;
    const isNameless = reply.info.computer === null;
    const isSent = isNameless ? mayBeNameless(run, reply) : isSame(run.out, reply);
    return isSent ? { ...run, ...done, isNameless } : null;
  }
  const event = run.page && pageEvent(run.page, reply, identity, pages);
  if (event === null) return null;
  const next = stepped(run, event);
  return next?.out && isSame(next.out, reply) ? { ...next, ...done } : null;
}

const isSame = (one: Reply, other: Reply) => stateKey(one) === stateKey(other);

type NtlmContext = Pick<AcceptorSetting, 'server' | 'defences'>;
const contextOf = ({ snapshot }: ServerRun) => snapshot.context as NtlmContext;

/** A challenge without a name in it asks for NTLMv1, or for NTLMv2 that names no server. */
function mayBeNameless(run: ServerRun, reply: Reply): boolean {
  const { out } = run;
  if (out?.type !== 'CHALLENGE_MESSAGE' || contextOf(run).defences.ntlmv1 !== 'allowed')
    return false;
  return isSame({ ...out, info: { ...out.info, computer: null } }, reply);
}

/** The MIC of a response to a nameless challenge, over the challenge as the machine has it. */
function withName(run: ServerRun, request: Request): Request {
  if (request.type !== 'AUTHENTICATE_MESSAGE' || request.response.mic === null) return request;
  const { mic } = request.response;
  const computer = mic.computer ?? contextOf(run).server;
  return { ...request, response: { ...request.response, mic: { ...mic, computer } } };
}

/** The answer of the page that gives this reply. Null: none does. */
function pageEvent(
  { identity, isProtected }: NonNullable<ServerRun['page']>,
  reply: Reply,
  said: string | null,
  pages: Pages,
): ServerEvent | null {
  if (reply.type === 'http.unauthorized')
    return pages === 'signedIn' && identity !== null ? null : { type: 'page.unauthorized' };
  if (reply.type === 'CHALLENGE_MESSAGE') return null;
  if (identity === null && (isProtected || pages === 'signedIn')) return null;
  if (said !== null && (identity === null || said !== bareName(identity))) return null;
  switch (reply.type) {
    case 'http.ok':
      return { type: 'page.ready' };
    case 'http.forbidden':
      return { type: 'page.forbidden' };
    case 'http.redirect':
      return { type: 'page.moved', to: reply.to };
  }
}

const serverKeys = new WeakMap<ServerRun, string>();

/** Equal for two runs with the same future. */
export function serverKey(run: ServerRun): string {
  const known = serverKeys.get(run);
  if (known !== undefined) return known;
  const { snapshot, out, page, heard, rejected, isNameless } = run;
  const { policy: _, defences: __, ...context } = snapshot.context as Record<string, unknown>;
  const key = stateKey({ value: snapshot.value, context, out, page, heard, rejected, isNameless });
  serverKeys.set(run, key);
  return key;
}

/** The user as whom the server holds the connection to be signed in. Null: no user. */
export const signedIn = ({ snapshot }: ServerRun): UserName | null =>
  (snapshot.context as { readonly identity?: { readonly user: UserName } | null }).identity?.user ??
  null;
