/** The safe value of each field that a cause can name. */
import { HARDENED } from '../../../machines/ntlm/acceptor.ts';
import { INITIATOR } from '../../../machines/ntlm/initiator.ts';
import { STANDARD } from '../../../machines/ntlm/policy.ts';
import { type AcceptingHost, behind, type Deployment } from '../../../machines/system/topology.ts';
import type { PoolKeyComponent } from '../../../machines/vocabulary/purpose.ts';
import type { Field } from '../../../properties/causes/cause.ts';
import type { Kind } from '../../../properties/claim.ts';

type Change = (value: string, kind: Kind, deployment: Deployment) => unknown;

const from =
  (values: object): ((field: string) => Change) =>
  (field) =>
  () =>
    (values as Record<string, unknown>)[field];

const NESTED: Readonly<Record<string, (field: string) => Change>> = {
  defences: from(HARDENED),
  policy: from(STANDARD),
  initiator: from(INITIATOR),
};

/** An attack needs a certificate of its own to fail; a sign-in needs that of the server. */
const certificate: Change = (_, kind, { hosts }) =>
  kind === 'always' ? 'one of its own' : hosts.find(({ callsOn }) => callsOn === null)?.certificate;

const FLAT: Readonly<Record<string, Change>> = {
  accepts: (value) => (value === 'Basic' ? 'NTLM' : 'Basic'),
  logonMethod: (value) => (value === 'Network' ? 'ClearText' : 'Network'),
  certificate,
  password: () => 'strong',
  handshake: () => 'connection',
};

/** The deployment with a safe value in place of the field's. */
export function withSafe(deployment: Deployment, { path, value }: Field, kind: Kind): Deployment {
  const [list, name, field, part] = path as readonly string[];
  if (list === 'adversary')
    return { ...deployment, adversary: { ...deployment.adversary!, [name!]: [] } };
  const changed = (one: { readonly name: string }): object => {
    if (one.name !== name) return one;
    if (field === 'paths') {
      const { paths } = one as AcceptingHost;
      return { ...one, paths: paths.map((path, i) => (i === Number(part) ? 'pinned' : path)) };
    }
    if (field === 'poolKey') {
      const { poolKey } = one as unknown as { poolKey: readonly PoolKeyComponent[] };
      return { ...one, poolKey: [...poolKey, value.replace('without ', '')] };
    }
    if (part === undefined) return { ...one, [field!]: FLAT[field!]!(value, kind, deployment) };
    const nested = (one as unknown as Record<string, object>)[field!];
    return {
      ...one,
      [field!]: { ...nested, [part]: NESTED[field!]!(part)(value, kind, deployment) },
    };
  };
  if (field === 'accepts')
    return withMechanism(deployment, name!, FLAT.accepts!(value, kind, deployment));
  const members = deployment[list as 'hosts'] as readonly { readonly name: string }[];
  return { ...deployment, [list!]: members.map(changed) } as Deployment;
}

/** A proxy accepts what the host behind it does. */
const withMechanism = (deployment: Deployment, name: string, accepts: unknown): Deployment => ({
  ...deployment,
  hosts: deployment.hosts.map((host) =>
    behind(deployment.hosts, host).name === name
      ? { ...host, accepts: accepts as AcceptingHost['accepts'] }
      : host,
  ),
});
