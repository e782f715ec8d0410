/** A program of a deployment as a component: its pool of connections and its offers. */
import type { program } from '../parties/program.ts';
import { POOL_KEY, type PoolKeyComponent } from '../vocabulary/purpose.ts';
import { type Component, component } from './component.ts';
import { clientOf, type Link } from './links.ts';
import type { Deployment, Program } from './topology.ts';

/** The program that owns the connections of a link. Undefined: none. */
export const programOf = ({ programs }: Deployment, { from, caller }: Link): Program | undefined =>
  caller === null ? programs.find(({ name }) => name === from) : undefined;

/**
 * The attributes that the client sides of a link compare before they reuse a connection. A browser
 * or a host has one purpose for each user, so it compares the credentials alone.
 */
export const poolKeyOf = (deployment: Deployment, link: Link): readonly PoolKeyComponent[] =>
  programOf(deployment, link)?.poolKey ?? POOL_KEY.filter((part) => part === 'credentials');

export const programFor = (
  { name, tasks }: Program,
  { connections }: Link,
  machine: typeof program,
): Component =>
  component(
    name,
    machine,
    undefined,
    Object.fromEntries(
      connections.map((c) => [c, { component: clientOf(c), port: 'program' }] as const),
    ),
    connections.flatMap((via) =>
      tasks.map((purpose) => ({ type: 'program.requests' as const, via, purpose })),
    ),
  );
