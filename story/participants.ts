/** Who is behind the components of a story, and what it calls them and their connections. */
import type { Trace } from '../checker/model/system.ts';
import type { Deployment } from '../machines/system/topology.ts';
import { type Connection, connectionIn } from './component-names.ts';
import { componentsIn, NOBODY, type Others, othersIn, othersOf } from './played-parts.ts';

export const MOST_GENERAL_CLIENT = 'The most general client';

export class Participants {
  readonly general: boolean; // the most general client speaks
  readonly #connections: readonly Connection[];
  readonly #names: ReadonlySet<string>; // of all components
  readonly #others: Others;

  constructor(components: Iterable<string>, general: boolean, others: Others) {
    this.general = general;
    this.#names = new Set(components);
    this.#others = general ? NOBODY : others; // it stands for everybody, whoever they are
    const byName = new Map<string, Connection>();
    for (const component of this.#names) {
      const connection = connectionIn(component);
      if (connection) byName.set(connection.name, connection);
    }
    this.#connections = [...byName.values()];
  }

  /** The adversary's name. Null: there is none. */
  get adversary(): string | null {
    return this.#others.adversary;
  }

  isHost(name: string): boolean {
    return this.#connections.some(({ to }) => to === name);
  }

  /** A host that is the adversary's own. */
  owns = (host: string): boolean => this.#others.owned.has(host);

  /** The adversary's name, where it plays this end. Null: whoever is there is honest. */
  adversaryAt({ name }: Connection, end: 'client' | 'server'): string | null {
    return this.#others.ends.has(`${name}/${end}`) ? this.adversary : null;
  }

  /** Who is there: what the adversary does not own, it only pretends to be. */
  party(connection: Connection, end: 'client' | 'server'): string {
    const { from, to } = connection;
    const name = end === 'client' ? from : to;
    const mallory = this.adversaryAt(connection, end);
    return mallory === null || end === 'client' || this.owns(to) ? name : mallory;
  }

  isProxy = (host: string): boolean => this.#others.proxies.has(host);

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

  /** "alice's connection 2": for whoever sees several parties' connections. */
  owned(connection: Connection): string {
    const number = this.numberOf(connection);
    return `${connection.from}'s connection${number === null ? '' : ` ${number}`}`;
  }

  /** " on connection 2", or nothing where there is but one. */
  on(connection: Connection): string {
    const number = this.numberOf(connection);
    return number === null ? '' : ` on connection ${number}`;
  }

  /** The same for the host, which has to tell its callers apart as well. */
  onAtHost(connection: Connection): string {
    const callers = this.#connections.filter(({ to }) => to === connection.to);
    const isAlone = callers.every(({ from }) => from === connection.from);
    return isAlone ? this.on(connection) : ` on ${this.owned(connection)}`;
  }
}

/**
 * Those who appear in the trace: a connection that nothing happens on needs no number.
 *
 * @param deployment - of the trace. Without it, who is the adversary's is read off the trace.
 */
export function participantsOf(trace: Trace, deployment: Deployment | null = null): Participants {
  const general = trace.some(
    ({ event: { type } }) => type === 'client.says' || type === 'client.negotiates',
  );
  const others = deployment === null ? othersIn(trace) : othersOf(deployment);
  return new Participants(componentsIn(trace), general, others);
}
