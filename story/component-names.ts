/** Reads the name of a component: its connection and end, or its user and host. */
import type { ConnectionName } from '../machines/vocabulary/terms.ts';

export type Connection = {
  readonly name: ConnectionName;
  readonly from: string;
  readonly to: string;
  readonly number: number; // 1-based, among its pair's
};

const CONNECTION = /^(.+)>(.+)#(\d+)$/;
const SUFFIX = /\/(client|wire|server|page)$/;

export type End = 'client' | 'wire' | 'server' | 'page';

/** The component's part of its connection. Null: its name has no such suffix. */
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

type Way = { readonly from: string; readonly to: string };

/**
 * The connection of a message. One of its two components may be part of none: the adversary.
 *
 * @throws TypeError where neither is part of a connection.
 */
export const connectionBetween = ({ from, to }: Way): Connection =>
  connectionIn(to) ?? connectionOf(from);

/** The user and host of a component `alice@frontEnd`, or null for any other. */
export function browserIn(component: string): { user: string; server: string } | null {
  const [user, server] = component.split('@');
  return user === undefined || server === undefined || component.includes('>')
    ? null
    : { user, server };
}
