/**
 * Connections, hosts, machines and certificates under names that are local to one connection: its
 * own is "connection", its server "server", any other is numbered as it first appears. Machines
 * compare such names for equality alone, so a step under local names is the step under the real
 * ones, and connections on which the same happens share it. Names of users stay: they are printed.
 */
import { ZERO_BINDING } from '../../machines/vocabulary/terms.ts';
import type { Observed } from './observations.ts';
import type { JudgedConnection } from './scope.ts';

export type LocalNames = {
  readonly connection: JudgedConnection; // under its local names
  /** A host, machine or certificate. */
  readonly name: <Name extends string | null>(name: Name) => Name;
  /** The same observation, its messages under local names. */
  readonly seen: (seen: Observed) => Observed;
};

/** Fields that hold hosts, machines and certificates. */
const NAMED = new Set(['computer', 'target', 'machine', 'binding']);

export function localNames({ id, server, ...rest }: JudgedConnection): LocalNames {
  const numbered = (prefix: string, first: readonly (readonly [string, string])[]) => {
    const known = new Map(first);
    return (name: string): string => {
      const local = known.get(name) ?? `${prefix} ${known.size}`;
      known.set(name, local);
      return local;
    };
  };
  const connections = numbered('connection', [[id, 'connection']]);
  const names = numbered('name', [
    [server, 'server'],
    [ZERO_BINDING, ZERO_BINDING], // no certificate, and the same on every connection
  ]);

  const renamed = (value: unknown, field: string): unknown => {
    if (typeof value === 'string') {
      if (field === 'connection') return connections(value);
      return NAMED.has(field) ? names(value) : value;
    }
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((one) => renamed(one, field));
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [name, renamed(one, name)]),
    );
  };

  return {
    connection: { ...rest, id: 'connection', server: 'server' },
    name: <Name extends string | null>(name: Name) => (name === null ? null : names(name)) as Name,
    seen: (seen) => {
      const { index, observation, connection, ...messages } = seen;
      return {
        ...(renamed(messages, '') as typeof messages),
        ...{ index, observation, connection },
      } as Observed;
    },
  };
}
