/** Predicates of states: a server has accepted, is serving, or is refusing a user. */
import type { AnyMachineSnapshot } from 'xstate';
import type { Property } from '../../checker/model/system.ts';
import type { Exchange } from '../../machines/http/client-side.ts';
import { clientOf, type Link, pageOf, serverOf, wireOf } from '../../machines/system/links.ts';
import { isChallenging } from '../../machines/system/mechanisms.ts';
import {
  type ConnectionName,
  type Credential,
  isPasswordOf,
  type UserName,
} from '../../machines/vocabulary/terms.ts';

type Predicate = Pick<Property, 'reads' | 'holds'>;

const impersonated = (snapshot: AnyMachineSnapshot) =>
  (snapshot.context as { identity: Credential | null }).identity?.user;

/**
 * True of a state in which the far end of `link` has accepted `user` on one of its connections:
 * an NTLM server says so itself; a front end behind Basic impersonates; and a mailbox that forgets
 * at once, behind Basic or NTLM for one request, is answering one that brought the right password.
 */
export function isSignedIn(user: UserName, { to, connections }: Link): Predicate {
  if (isChallenging(to) && (to.callsOn !== null || to.policy.persistence === 'connection'))
    return {
      reads: connections.map(serverOf),
      holds: (...servers) => servers.some((server) => impersonated(server) === user),
    };
  if (to.callsOn !== null)
    return {
      reads: connections.map(pageOf),
      holds: (...pages) => pages.some((page) => impersonated(page) === user),
    };
  return isReading(user, connections);
}

/**
 * True of a state in which a request for the mailbox that brought the right password of `user` is
 * being answered with it, on one of `connections`.
 */
export function isReading(user: UserName, connections: readonly ConnectionName[]): Predicate {
  return onSome(
    connections,
    (exchange, reply) =>
      reply === 'http.ok' &&
      exchange.path === 'mailbox' &&
      isPasswordOf(exchange.credential?.secret ?? null, user),
  );
}

/**
 * True of a state in which a request on behalf of a user is being refused, on one of `connections`,
 * after its sender has tried to authenticate.
 */
export function isRefused(connections: readonly ConnectionName[]): Predicate {
  return onSome(
    connections,
    ({ credential, attempted = true }, reply) =>
      reply === 'http.unauthorized' && credential !== null && attempted,
  );
}

/** With Basic there is no handshake to be `attempted`. */
type ExchangeRun = Exchange & { readonly attempted?: boolean };

/**
 * True where `isSo` is true of a reply on one of `connections` and the exchange that it answers.
 */
function onSome(
  connections: readonly ConnectionName[],
  isSo: (exchange: ExchangeRun, reply: string) => boolean,
): Predicate {
  return {
    reads: connections.flatMap((c) => [clientOf(c), wireOf(c)]),
    holds: (...ends) =>
      ends.some((client, i) => {
        if (i % 2 !== 0) return false; // clients and wires take turns
        const { exchange } = client.context as { exchange: ExchangeRun | null };
        const { load } = ends[i + 1]!.context as { load: { event: { type: string } } | null };
        return exchange !== null && load !== null && isSo(exchange, load.event.type);
      }),
  };
}
