/**
 * A deployment whose adversary is the most general one. The wires before it are gone: what it says
 * arrives at once, at whatever time, which is all that a wire would add.
 */
import {
  type Change,
  mostGeneralRelay,
  mostGeneralSender,
} from '../adversary/most-general-adversary.ts';
import { STATIC_CHALLENGE } from '../ntlm/acceptor.ts';
import { INITIATOR } from '../ntlm/initiator.ts';
import type { Reply } from '../vocabulary/messages.ts';
import type { Challenge, TargetInfo } from '../vocabulary/terms.ts';
import { accountOf } from './adversary-schemes.ts';
import { type Component, component, type Peer, type System } from './component.ts';
import { clientOf, type Link, linksOf, serverOf, wireOf } from './links.ts';
import type { Deployment } from './topology.ts';

const BOTH = [true, false] as const;

/**
 * @param system - of the deployment, perhaps with monitors
 * @throws TypeError for a deployment without an adversary that has an account.
 */
export function withMostGeneralAdversary(system: System, deployment: Deployment): System {
  const { adversary, users } = deployment;
  const account = adversary === null ? null : accountOf(adversary, users);
  if (adversary === null || account === null)
    throw new TypeError(`${deployment.name}: there is no adversary with an account`);
  const links = linksOf(deployment);
  const played = (role: Link['adversary']) => links.filter((link) => link.adversary === role);
  const [victims, servers] = [played('server'), played('client')];
  const sender = `${adversary.name} sends`;
  const relay = `${adversary.name} relays`;
  const ports = Object.fromEntries([
    ...ends(victims).map((c): [string, Peer] => [c, { component: clientOf(c), port: 'wire' }]),
    ...ends(servers).map((c): [string, Peer] => [c, { component: serverOf(c), port: 'wire' }]),
  ]);
  const gone = new Set([adversary.name, ...ends([...victims, ...servers]).map(wireOf)]);
  const rest = system.filter(({ name }) => !gone.has(name));
  const some = { victims: ends(victims), servers: ends(servers) };
  return [
    ...rest.map((one) => rerouted(one, ports, relay)),
    component(sender, mostGeneralSender, { account, initiator: INITIATOR }, ports, [
      ...says(some, account, deployment),
      ...proofs(some, deployment),
    ]),
    component(relay, mostGeneralRelay, { account }, ports, passes(some, deployment)),
  ];
}

const ends = (links: readonly Link[]) => links.flatMap(({ connections }) => connections);

type Ends = { readonly victims: readonly string[]; readonly servers: readonly string[] };

/** The component with its wire replaced, where the adversary is at the other end. */
function rerouted(one: Component, ports: Component['ports'], relay: string): Component {
  const [mine] = Object.entries(ports).find(([, peer]) => peer?.component === one.name) ?? [];
  if (mine === undefined) return one;
  return { ...one, ports: { ...one.ports, wire: { component: relay, port: mine } } };
}

const challenges = (connections: readonly string[]): readonly Challenge[] => [
  ...connections.map((connection) => ({ connection, serial: 0 })),
  STATIC_CHALLENGE,
];

const infos = (computer: string): readonly TargetInfo[] =>
  [null, computer].flatMap((name) =>
    BOTH.flatMap((timestamp) => BOTH.map((flags) => ({ computer: name, timestamp, flags }))),
  );

function says({ victims, servers }: Ends, account: string, { hosts }: Deployment) {
  const { name: anywhere } = hosts[0]!;
  const path = 'mailbox' as const;
  const replies: Reply[] = [
    { type: 'http.ok' },
    { type: 'http.forbidden' },
    { type: 'http.redirect', to: anywhere },
    { type: 'http.unauthorized' },
    ...challenges(victims.slice(0, 1)).flatMap((challenge) =>
      infos(anywhere).map((info) => ({ type: 'CHALLENGE_MESSAGE', challenge, info }) as const),
    ),
  ];
  const requests = [
    { type: 'connection.opened' },
    { type: 'http.request', path },
    { type: 'NEGOTIATE_MESSAGE', path },
    {
      type: 'http.request.basic',
      path,
      credential: { user: account, secret: { passwordOf: account } },
    },
  ] as const;
  const closed = { type: 'connection.closed' } as const;
  return [
    ...victims.flatMap((to) => [...replies, closed].map((event) => ({ to, event }))),
    ...servers.flatMap((to) => [...requests, closed].map((event) => ({ to, event }))),
  ].map((one) => ({ type: 'adversary.says' as const, ...one }));
}

function proofs({ servers, victims }: Ends, { hosts, users }: Deployment) {
  const { name: anyone } = users[0]!;
  const { name: anywhere, certificate } = hosts[0]!;
  return servers.flatMap((to) =>
    challenges(victims.slice(0, 1)).flatMap((challenge) =>
      infos(anywhere).map((info) => ({
        type: 'adversary.proves' as const,
        to,
        path: 'mailbox' as const,
        user: anyone,
        challenge,
        info,
        machine: anyone,
        target: anywhere,
        certificate,
      })),
    ),
  );
}

function passes({ servers }: Ends, { hosts }: Deployment) {
  const { name, certificate } = hosts[0]!;
  const changes: readonly Change[] = [
    'none',
    'binding',
    'mic',
    { computer: name, binding: certificate, target: name },
  ];
  return [
    ...servers.flatMap((to) =>
      changes.map((change) => ({ type: 'adversary.passes' as const, to, change })),
    ),
    { type: 'adversary.drops' as const },
  ];
}
