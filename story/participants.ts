/** The parties behind the components of a run, and the names of their connections. */
import type { Trace } from '../checker/model/system.ts';
import type { Deployment } from '../machines/system/topology.ts';
import { type Connection, connectionIn } from './component-names.ts';
import { componentsIn, NO_ROLES, type Roles, rolesIn, rolesOf } from './roles.ts';

export const MOST_GENERAL_CLIENT = 'The most general client';

export class Participants {
  readonly general: boolean; // the most general client speaks
  readonly #connections: readonly Connection[];
  readonly #names: ReadonlySet<string>; // of all components
  readonly #roles: Roles;

  constructor(components: Iterable<string>, general: boolean, roles: Roles) {
    this.general = general;
    this.#names = new Set(components);
    this.#roles = general ? NO_ROLES : roles; // it stands for every client, the adversary too
    const byName = new Map<string, Connection>();
    for (const component of this.#names) {
      const connection = connectionIn(component);
      if (connection) byName.set(connection.name, connection);
    }
    this.#connections = [...byName.values()];
  }

  /** The adversary's name. Null: there is none. */
  get adversary(): string | null {
    return this.#roles.adversary;
  }

  isHost(name: string): boolean {
    return this.#connections.some(({ to }) => to === name);
  }

  /** True of a host that the adversary owns. */
  owns = (host: string): boolean => this.#roles.owned.has(host);

  /** The adversary's name, where it plays this end. Null: this end is honest. */
  adversaryAt({ name }: Connection, end: 'client' | 'server'): string | null {
    return this.#roles.ends.has(`${name}/${end}`) ? this.adversary : null;
  }

  /** The party at this end. The adversary has its own name where it does not own the host. */
  party(connection: Connection, end: 'client' | 'server'): string {
    const { from, to } = connection;
    const name = end === 'client' ? from : to;
    const mallory = this.adversaryAt(connection, end);
    return mallory === null || end === 'client' || this.owns(to) ? name : mallory;
  }

  isProxy = (host: string): boolean => this.#roles.proxies.has(host);

  /** The party at the client end: users through their browsers, others under their own names. */
  client(connection: Connection): string {
    const { from } = connection;
    const isSelf = this.isHost(from) || this.#names.has(from) || from === this.adversary;
    return isSelf || this.adversaryAt(connection, 'client') !== null ? from : `${from}'s browser`;
  }

  /** Null where the pair has no other connection in this story. */
  numberOf({ name, from, to, number }: Connection): number | null {
    const hasOther = this.#connections.some(
      (other) => other.from === from && other.to === to && other.name !== name,
    );
    return hasOther ? number : null;
  }

  /** "alice's connection 2", for a reader who sees the connections of several parties. */
  owned(connection: Connection): string {
    const number = this.numberOf(connection);
    return `${connection.from}'s connection${number === null ? '' : ` ${number}`}`;
  }

  /** " on connection 2"; empty where there is only one. */
  on(connection: Connection): string {
    const number = this.numberOf(connection);
    return number === null ? '' : ` on connection ${number}`;
  }

  /** The same for the host, with the caller's name where there are several callers. */
  onAtHost(connection: Connection): string {
    const callers = this.#connections.filter(({ to }) => to === connection.to);
    const isAlone = callers.every(({ from }) => from === connection.from);
    return isAlone ? this.on(connection) : ` on ${this.owned(connection)}`;
  }
}

/**
 * The parties of the trace. A connection on which nothing happens counts for no number.
 *
 * @param deployment - of the trace. Null: the adversary's parties are inferred from the trace.
 */
export function participantsOf(trace: Trace, deployment: Deployment | null = null): Participants {
  const general = trace.some(
    ({ event: { type } }) => type === 'client.says' || type === 'client.negotiates',
  );
  const roles = deployment === null ? rolesIn(trace) : rolesOf(deployment);
  return new Participants(componentsIn(trace), general, roles);
}
