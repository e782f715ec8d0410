/** Records the connections of servers, in the order of time. Several servers may share one. */
import type { Connection, ConnectionId, Observation, Recording } from '../recording/recording.ts';

export type Recorder = {
  /** A connection has come in. @returns its name, which no other has. */
  readonly open: (connection: Omit<Connection, 'id'>) => ConnectionId;
  readonly observe: (observation: Exclude<Observation, { readonly what: 'opened' }>) => void;
  /** A copy of the recording so far. */
  readonly recording: () => Recording;
};

/** @param source - the origin of the recording, in words. */
export function recorder(source: string): Recorder {
  const connections: Connection[] = [];
  const observations: Observation[] = [];
  return {
    open: (connection) => {
      const id = `${connection.client}>${connection.server}#${connections.length + 1}`;
      connections.push({ id, ...connection });
      observations.push({ what: 'opened', connection: id });
      return id;
    },
    observe: (observation) => {
      observations.push(observation);
    },
    recording: () => ({
      format: 'double-hop-recording/1',
      source,
      connections: [...connections],
      observations: [...observations],
    }),
  };
}
