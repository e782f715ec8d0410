/** The article: NTLM stops at the second hop; Basic does not, and exposes the password. */
import type { Component } from '../../machines/system/component.ts';
import { monitor } from '../../machines/system/component.ts';
import { systemOf } from '../../machines/system/deployment.ts';
import { linksOf } from '../../machines/system/links.ts';
import { receivesPasswords } from '../../machines/system/mechanisms.ts';
import type { Deployment, Mechanism } from '../../machines/system/topology.ts';
import { type Claim, observed } from '../claim.ts';
import { nothingPasses } from '../monitors/nothing-passes.ts';
import { alwaysLearned, neverLearned } from '../monitors/passwords.ts';
import { given, scopes } from '../oracle/given.ts';
import { isAttempted, isPlain, passes, stoppingHops } from '../oracle/passing-hops.ts';

export const doubleHopStops: Claim = {
  id: 'double-hop-stops',
  name: 'a server that holds no password is refused by the next server, for lack of a key',
  kind: 'always',
  about: 'deployment',
  given: given.none,
  witnesses: ['next-hop-refused'],
  source: 'KB Q183545; KB 329986; MS-NLMP 3.2.5.1.2',
  appliesTo: (deployment) =>
    isPlain(deployment) && stoppingHops(deployment).some((link) => isAttempted(deployment, link)),
  scope: scopes.stopping,
  subjects: (deployment, machines) =>
    observed(
      systemOf(deployment, machines),
      stoppingHops(deployment).flatMap(({ connections }) =>
        connections.map((connection) =>
          monitor(`nothing passes ${connection}`, nothingPasses, undefined, { connection }),
        ),
      ),
    ),
};

/** One monitor for each user and each host that accepts the mechanism. */
const pairs = (
  { users, hosts }: Deployment,
  mechanism: Mechanism | null,
  monitorFor: (name: string, pair: { user: string; server: string }) => Component,
) =>
  users.flatMap((user) =>
    hosts.flatMap((host) =>
      mechanism === null || host.accepts === mechanism
        ? [
            monitorFor(`${user.name}'s password at ${host.name}`, {
              user: user.name,
              server: host.name,
            }),
          ]
        : [],
    ),
  );

export const passwordStaysSecret: Claim = {
  id: 'password-stays-secret',
  name: "no server learns a user's password",
  kind: 'always',
  about: 'deployment',
  given: given.onlyNtlm,
  witnesses: ['ntlm-accepts'],
  source: 'MS-NLMP 3.3.2; RFC 7617 4',
  appliesTo: isPlain,
  scope: scopes.plain,
  subjects: (deployment, machines) =>
    observed(
      systemOf(deployment, machines),
      pairs(deployment, null, (name, pair) => monitor(name, neverLearned, pair)),
    ),
};

export const basicHandsThePasswordOver: Claim = {
  id: 'basic-hands-password-over',
  name: "a server that accepts a user by Basic has learned the user's password",
  kind: 'always',
  about: 'deployment',
  given: given.none,
  witnesses: ['basic-accepts'],
  source: 'RFC 7617 4',
  appliesTo: (deployment) =>
    isPlain(deployment) &&
    linksOf(deployment).some((link) => receivesPasswords(link.to) && passes(deployment, link)),
  scope: `a user can sign in by Basic, and ${scopes.plain}`,
  subjects: (deployment, machines) =>
    observed(
      systemOf(deployment, machines),
      pairs(deployment, 'Basic', (name, pair) => monitor(name, alwaysLearned, pair)),
    ),
};
