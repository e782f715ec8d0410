/** The article: NTLM stops at the second hop; Basic does not, and exposes the password. */
import { monitor } from '../../machines/system/component.ts';
import { systemOf } from '../../machines/system/deployment.ts';
import { connectionsOf } from '../../machines/system/links.ts';
import { mechanismOf, receivesPasswords } from '../../machines/system/mechanisms.ts';
import type { AcceptingHost, Deployment } from '../../machines/system/topology.ts';
import { passwordLearned } from '../causes/passwords.ts';
import { acceptedWithoutPassword, hopPassed } from '../causes/single-connections.ts';
import { type Claim, observed } from '../claim.ts';
import { nothingPasses } from '../monitors/nothing-passes.ts';
import { alwaysLearned, neverLearned } from '../monitors/passwords.ts';
import { given } from '../oracle/given.ts';
import { honestHosts, honestServers, middleTierLinks } from './honest-parties.ts';
import { basicAcceptances, hopsOf, proofs } from './occasions.ts';

/** Links of middle tiers to which a sign-in leaves no password. */
export const tokenLinks = (deployment: Deployment) =>
  middleTierLinks(deployment).filter(
    ({ caller }) => mechanismOf(caller!).leaves(caller!) === 'token',
  );

export const doubleHopStops: Claim = {
  id: 'double-hop-stops',
  name: 'a server that holds no password is refused by the next server, for lack of a key',
  kind: 'always',
  about: 'deployment',
  given: given.none,
  witnesses: ['next-hop-refused'],
  speaksOf: hopsOf(tokenLinks),
  cause: hopPassed,
  source: 'KB Q183545; KB 329986; MS-NLMP 3.2.5.1.2',
  appliesTo: (deployment) => tokenLinks(deployment).length > 0,
  scope: 'a host to which a sign-in leaves no password calls on another',
  subjects: (deployment, machines) =>
    observed(
      systemOf(deployment, machines),
      connectionsOf(tokenLinks(deployment)).map((run) =>
        monitor(`nothing passes ${run}`, nothingPasses, undefined, { run }),
      ),
    ),
};

/** A pair for each user and each of the hosts, with a name. */
const pairs = ({ users }: Deployment, hosts: readonly AcceptingHost[]) =>
  users.flatMap(({ name: user }) =>
    hosts.map(({ name: server }) => ({
      name: `${user}'s password at ${server}`,
      pair: { user, server },
    })),
  );

export const passwordStaysSecret: Claim = {
  id: 'password-stays-secret',
  name: "no server and no proxy learns a user's password",
  kind: 'always',
  about: 'deployment',
  given: given.noPasswordsSent,
  witnesses: ['ntlm-accepts', 'proxy-serves', 'redirect-followed', 'pool-serves'],
  speaksOf: proofs,
  cause: passwordLearned,
  source: 'MS-NLMP 3.3.2; RFC 7617 4',
  appliesTo: (deployment) => honestHosts(deployment).length > 0,
  scope: 'there is a host that the adversary does not control',
  subjects: (deployment, machines) =>
    observed(
      systemOf(deployment, machines),
      pairs(deployment, honestHosts(deployment)).map(({ name, pair }) =>
        monitor(name, neverLearned, pair),
      ),
    ),
};

const basicServers = (deployment: Deployment) =>
  honestServers(deployment).filter(receivesPasswords);

export const basicHandsThePasswordOver: Claim = {
  id: 'basic-hands-password-over',
  name: "a server that accepts a user by Basic has learned the user's password",
  kind: 'always',
  about: 'deployment',
  given: given.none,
  witnesses: ['basic-accepts'],
  speaksOf: basicAcceptances,
  cause: acceptedWithoutPassword,
  source: 'RFC 7617 4',
  appliesTo: (deployment) => basicServers(deployment).length > 0,
  scope: 'some host accepts Basic, and the adversary does not control it',
  subjects: (deployment, machines) =>
    observed(
      systemOf(deployment, machines),
      pairs(deployment, basicServers(deployment)).map(({ name, pair }) =>
        monitor(name, alwaysLearned, pair),
      ),
    ),
};
