/** A program of a deployment as a component: its pool of connections, and what is on offer. */
import type { program } from '../parties/program.ts';
import { POOL_KEY, type PoolKeyComponent } from '../vocabulary/purpose.ts';
import { type Component, component } from './component.ts';
import type { Link } from './links.ts';
import { clientOf } from './names.ts';
import type { Deployment, Program } from './topology.ts';

/** Whose connections these are. Undefined: no program's. */
export const programOf = ({ programs }: Deployment, { from, caller }: Link): Program | undefined =>
  caller === null ? programs.find(({ name }) => name === from) : undefined;

/**
 * What the client sides of a link compare before they use a connection again. A browser or a host
 * has one purpose for each user, so there whose credentials they are is the whole of it.
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
