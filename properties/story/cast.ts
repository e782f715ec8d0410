/** Who is behind the components of a story, and what it calls them and their connections. */
import type { Trace } from '../../checker/system.ts';
import type { ConnectionName } from '../../machines/terms.ts';

export type Connection = {
  readonly name: ConnectionName;
  readonly from: string;
  readonly to: string;
  readonly number: number; // 1-based, among its pair's
};

export const MOST_GENERAL_CLIENT = 'The most general client';

const CONNECTION = /^(.+)>(.+)#(\d+)$/;
const SUFFIX = /\/(client|wire|server|page)$/;

export type End = 'client' | 'wire' | 'server' | 'page';

/** Which part of its connection a component is. Null: it is not named as one. */
export const endIn = (component: string): End | null =>
  (SUFFIX.exec(component)?.[1] ?? null) as End | null;

/** The connection that a component is part of, or null: a browser, the most general client. */
export function connectionIn(component: string): Connection | null {
  const name = component.replace(SUFFIX, '');
  const [, from, to, number] = CONNECTION.exec(name) ?? [];
  if (from === undefined || to === undefined) return null;
  return { name, from, to, number: Number(number) };
}

/** @throws TypeError where the component is part of no connection. */
export function connectionOf(component: string): Connection {
  const connection = connectionIn(component);
  if (connection === null) throw new TypeError(`${component} is part of no connection`);
  return connection;
}

/** The user and host of a component `alice@frontEnd`, or null for any other. */
export function browserIn(component: string): { user: string; server: string } | null {
  const [user, server] = component.split('@');
  return user === undefined || server === undefined || component.includes('>')
    ? null
    : { user, server };
}

export class Cast {
  readonly general: boolean; // the most general client speaks
  readonly #connections: readonly Connection[];

  constructor(components: Iterable<string>, general: boolean) {
    this.general = general;
    const byName = new Map<string, Connection>();
    for (const component of components) {
      const connection = connectionIn(component);
      if (connection) byName.set(connection.name, connection);
    }
    this.#connections = [...byName.values()];
  }

  isHost(name: string): boolean {
    return this.#connections.some(({ to }) => to === name);
  }

  /** The party at the client end: a host under its own name, a user through their browser. */
  client({ from }: Connection): string {
    return this.isHost(from) ? from : `${from}'s browser`;
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

/** Those who appear in the trace: a connection that nothing happens on needs no number. */
export function castOf(trace: Trace): Cast {
  const general = trace.some(({ event: { type } }) => type === 'says' || type === 'negotiates');
  const components = trace.flatMap(({ component, deliveries }) => [
    component,
    ...deliveries.flatMap(({ from, to }) => [from, to]),
  ]);
  return new Cast(components, general);
}
