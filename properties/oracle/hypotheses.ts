/** How hypotheses are made: of a predicate, of several, and within a scope; and scopes in words. */
import type { Deployment } from '../../machines/system/topology.ts';
import type { Given } from '../claim.ts';

export type Predicate = (deployment: Deployment) => boolean;

/** Words that say the opposite of `isBroken`. */
export const unless = (isBroken: Predicate, says: string): Given => ({
  says,
  is: (deployment) => !isBroken(deployment),
});

/** False where some part is false; null where none is and theory says nothing of some part. */
export const all = (...parts: readonly Given[]): Given => ({
  says: parts.map(({ says }) => says).join('; '),
  is: (deployment) => {
    const found = parts.map((part) => part.is(deployment));
    return found.includes(false) ? false : found.includes(null) ? null : true;
  },
});

/**
 * The same words; theory decides only where `covers` is true. Of other deployments it may still
 * know that the claim holds.
 */
export const within = (
  covers: Predicate,
  { says, is }: Given,
  holdsBeyond: Predicate = () => false,
): Given => ({
  says,
  is: (deployment) => (covers(deployment) ? is(deployment) : holdsBeyond(deployment) ? true : null),
});

/**
 * As `within`; but an adversary may need a connection to close for its attack, so that theory
 * predicts none where connections stay open.
 */
export const whereCut: typeof within = (...parts) => {
  const { says, is } = within(...parts);
  return {
    says,
    is: (deployment) => {
      const found = is(deployment);
      const isOpen = deployment.adversary !== null && !deployment.bounds.closing;
      return found === false && isOpen ? null : found;
    },
  };
};

/** Where claims apply, in words: see `isPlain`, `isDirect` and `isProxied`. */
export const scopes = {
  answered:
    'some client reaches a server over hosts that the adversary does not play, no host redirects, ' +
    'and each host has a connection to the next one for each of its clients (bounds.connections)',
  directly: 'some client connects to a server without a proxy or an adversary in between',
  server: 'some host authenticates users, and the adversary does not control it',
  plain: 'there is no adversary, proxy, pool or redirect',
  direct: 'there is no proxy, pool or redirect',
  stopping:
    'a user can sign in to a host that calls on another and is left no password, and there is no ' +
    'adversary, proxy, pool or redirect',
  proxied: 'a user reaches a server through a reverse proxy, and the adversary plays neither',
} as const;
