/** What tests of captures read of segments. */
import { recordingOfSegments } from '../../../../conformance/recording/capture/capture.ts';
import type { Segment } from '../../../../conformance/recording/capture/tshark.ts';
import type { Recording } from '../../../../conformance/recording/recording.ts';
import { captured, type Talk, talking } from './tcp.ts';

const OPTIONS = { identityHeader: 'X-User' };
export const read = (segments: readonly Segment[], isCutShort = false): Recording =>
  recordingOfSegments({ segments: captured(segments), isCutShort }, OPTIONS);

/** Messages with the numbers of their connections, and how connections end: not when they begin. */
export const saidIn = ({ observations, connections }: Recording) =>
  observations
    .filter(({ what }) => what !== 'opened')
    .map(({ connection, ...rest }) => ({
      ...rest,
      on: connections.findIndex(({ id }) => id === connection),
    }));

/** What is read of one connection, in short. */
export function told(act: (talk: Talk) => void) {
  const { between, segments } = talking();
  const talk = between('10.0.0.1', '10.0.0.2:80');
  talk.opens();
  act(talk);
  const { observations, omissions = [], connections } = read(segments());
  return {
    said: observations.map((one) => {
      if (one.what === 'request') return `${one.method} ${one.target}`;
      return one.what === 'reply' ? `${one.status}` : one.what;
    }),
    omissions: omissions.map(({ reason, frame }) => `${reason} ${frame}`),
    connections,
  };
}

export const GET = 'GET /x HTTP/1.1\r\nHost: a\r\n\r\n';
export const REFUSED = 'HTTP/1.1 401 No\r\nWWW-Authenticate: NTLM\r\nContent-Length: 0\r\n\r\n';
export const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
