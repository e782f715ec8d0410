/** Which parties see a password when one host redirects its visitors to another. */
import { monitor } from '../../machines/system/component.ts';
import { systemOf } from '../../machines/system/deployment.ts';
import { type Link, linksOf } from '../../machines/system/links.ts';
import { type AcceptingHost, behind, type Deployment } from '../../machines/system/topology.ts';
import { typedForAnother } from '../causes/passwords.ts';
import { type Claim, observed } from '../claim.ts';
import { typedFor } from '../monitors/typed-for.ts';
import { followed } from '../monitors/witnesses.ts';
import { given } from '../oracle/given.ts';
import { hasRedirects, passes } from '../oracle/passing-hops.ts';
import { mayRedirect } from './honest-parties.ts';
import { learnedPasswords } from './occasions.ts';

type Party = { readonly party: string; readonly hosts: readonly string[] };

/** A host, the proxies before it, and the host behind it: for a user they are one site. */
const siteOf = (hosts: Deployment['hosts'], host: AcceptingHost): readonly string[] =>
  hosts
    .filter((other) => behind(hosts, other).name === behind(hosts, host).name)
    .map(({ name }) => name);

/** Each party that may see a password, with its hosts. The adversary has all that it controls. */
function partiesOf({ hosts, adversary }: Deployment): readonly Party[] {
  const isIts = ({ name }: AcceptingHost) => adversary?.controls.includes(name) ?? false;
  const own = hosts.filter(isIts).map(({ name }) => name);
  return [
    ...hosts
      .filter((host) => !isIts(host))
      .map((host): Party => ({ party: host.name, hosts: siteOf(hosts, host) })),
    ...(adversary === null ? [] : [{ party: adversary.name, hosts: own }]),
  ];
}

export const passwordStaysInItsSpace: Claim = {
  id: 'password-within-its-space',
  name: "a party sees a user's password only if the user typed it for that party",
  kind: 'always',
  about: 'deployment',
  given: given.redirectsAlone,
  witnesses: ['redirect-followed'],
  speaksOf: learnedPasswords,
  cause: typedForAnother,
  source: 'RFC 7617 2.2; RFC 9110 11.5, 15.4',
  appliesTo: mayRedirect,
  scope: 'some host redirects its visitors to another',
  subjects: (deployment, machines) =>
    observed(
      systemOf(deployment, machines),
      deployment.users.flatMap(({ name: user }) =>
        partiesOf(deployment).map(({ party, hosts }) =>
          monitor(`${user}'s password, typed for ${party}`, typedFor, { user, party, hosts }),
        ),
      ),
    ),
};

/** Links to hosts to which another host redirects; the adversary redirects to any. */
const targets = (deployment: Deployment): readonly Link[] =>
  linksOf(deployment).filter(({ from, to }) =>
    linksOf(deployment).some(
      (other) =>
        other.from === from &&
        other.to.name !== to.name &&
        ((other.to.redirectsTo === to.name && passes(deployment, other)) ||
          (other.adversary === 'server' && deployment.adversary!.may.includes('redirect'))),
    ),
  );

export const redirectIsFollowed: Claim = {
  id: 'redirect-followed',
  name: 'a user whom one host redirects to another is asked to sign in there',
  kind: 'sometimes',
  about: 'deployment',
  given: given.none,
  witnesses: [],
  speaksOf: null,
  cause: null,
  source: 'RFC 9110 15.4, 11.6.1',
  appliesTo: (deployment) => hasRedirects(deployment) && targets(deployment).length > 0,
  scope: 'some host redirects users whom it accepts, and no host calls on another',
  subjects: (deployment, machines) =>
    targets(deployment).flatMap(({ from, to }) =>
      observed(
        systemOf(deployment, machines),
        [monitor('witness', followed, undefined, { user: from, server: to.name })],
        [
          {
            kind: 'sometimes',
            name: `${from} is asked at ${to.name}`,
            reads: ['witness'],
            holds: (witness) => witness?.value === 'asked',
          },
        ],
      ),
    ),
};
