/** What happened in a run: its signals, and who sent what over which connection. */
import type { Delivery, Step, Trace } from '../../checker/model/system.ts';
import { type Link, linksOf } from '../../machines/system/links.ts';
import { isProxy, pathOf } from '../../machines/system/proxies.ts';
import type { AcceptingHost, Deployment } from '../../machines/system/topology.ts';
import type { Signal } from '../../machines/vocabulary/signals.ts';
import type { ConnectionName } from '../../machines/vocabulary/terms.ts';
import type { Reason, Run } from './cause.ts';

export type SignalOf<Type extends Signal['type']> = Extract<Signal, { readonly type: Type }>;

/** Something that happened in a step, which is numbered from 1. */
export type Happened<What> = { readonly step: number; readonly what: What };

/** All signals of a type, in order. */
export const signalsOf = <Type extends Signal['type']>(
  trace: Trace,
  type: Type,
): readonly Happened<SignalOf<Type>>[] =>
  trace.flatMap(({ deliveries }, i) =>
    deliveries.flatMap(({ to, event }) =>
      to === '*' && event.type === type
        ? [{ step: i + 1, what: event as unknown as SignalOf<Type> }] // by its type
        : [],
    ),
  );

/** The last signal of a type of which `isIt` is true. */
export const lastSignal = <Type extends Signal['type']>(
  trace: Trace,
  type: Type,
  isIt: (signal: SignalOf<Type>) => boolean = () => true,
): Happened<SignalOf<Type>> | undefined =>
  signalsOf(trace, type).findLast(({ what }) => isIt(what));

/** The number of the last step, from 1, in which a message is delivered of which `isIt` is true. */
export const lastDelivery = (trace: Trace, isIt: (delivery: Delivery) => boolean): number =>
  trace.findLastIndex(({ deliveries }) => deliveries.some(isIt)) + 1;

/** The link of a connection. Undefined: the deployment has no such connection. */
export const linkOf = (deployment: Deployment, connection: ConnectionName): Link | undefined =>
  linksOf(deployment).find(({ connections }) => connections.includes(connection));

export const hostCalled = ({ hosts }: Deployment, name: string): AcceptingHost | undefined =>
  hosts.find((host) => host.name === name);

/** The party that sends over the link. */
export const senderOn = ({ adversary }: Deployment, link: Link): string =>
  link.adversary === 'client' ? adversary!.name : link.from;

/** The downstream connection whose request a proxy forwards in this step. Null: none does. */
export const forwardedBy = ({ component, event }: Step): ConnectionName | null =>
  event.type === 'proxy.forward' ? component.replace(/\/server$/, '') : null;

const USES = {
  pinned: 'is pinned to one client at a time',
  pooled: 'sends each request over any free connection',
  closing: 'sends each request over any free connection, and closes it after the reply',
} as const;

/** Why a request of `downstream` went over the connection that it did: the path of the proxy. */
export function pathReason(deployment: Deployment, downstream: ConnectionName): Reason | null {
  const link = linkOf(deployment, downstream);
  if (link === undefined || !isProxy(link.to)) return null;
  const { name, paths } = link.to;
  const upstream = pathOf(deployment, link, downstream);
  const all = linksOf(deployment)
    .filter(({ to }) => to.name === name)
    .flatMap(({ connections }) => connections);
  const nth = all.indexOf(downstream) % paths.length;
  const which = paths.length === 1 ? `the path of ${name}` : `path ${nth + 1} of ${name}`;
  return {
    because: `${which} ${USES[upstream]}`,
    allowedBy: { path: ['hosts', name, 'paths', nth], value: upstream },
  };
}

/** The steps before the given one, which is numbered from 1. */
export const before = ({ trace }: Run, step: number): Trace => trace.slice(0, step - 1);
