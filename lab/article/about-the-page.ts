/** A browser asks for an icon of its own accord, or does not: the article is not about that. */
import type { Recording } from '../../conformance/recording/recording.ts';

const ICON = '/favicon.ico';

/** The recording without requests for the icon, their replies, and connections for only that. */
export function aboutThePage(recording: Recording): Recording {
  const awaiting = new Set<string>(); // connections on which the icon was asked for last
  const observations = recording.observations.filter((observation) => {
    const { connection, what } = observation;
    if (what === 'request') {
      awaiting.delete(connection);
      if (observation.target === ICON) awaiting.add(connection);
    }
    return what === 'closed' || what === 'opened' || !awaiting.has(connection);
  });
  const used = new Set(
    observations.flatMap(({ what, connection }) => (what === 'request' ? [connection] : [])),
  );
  return {
    ...recording,
    connections: recording.connections.filter(({ id }) => used.has(id)),
    observations: observations.filter(({ connection }) => used.has(connection)),
  };
}
