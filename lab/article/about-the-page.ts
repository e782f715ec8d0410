/** A browser may ask for an icon, which is no part of the article. */
import type { Recording } from '../../conformance/recording/recording.ts';

const ICON = '/favicon.ico';

/** The recording without requests for the icon, their replies, and connections with only these. */
export function aboutThePage(recording: Recording): Recording {
  const awaiting = new Set<string>(); // connections whose last request was for the icon
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
