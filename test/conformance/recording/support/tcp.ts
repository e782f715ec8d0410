/** TCP segments as a capture has them, written by hand: what each side says, cut as one likes. */
import type { Segment } from '../../../../conformance/recording/capture/tshark.ts';

export type Party = 'client' | 'server';

export type Talk = {
  readonly opens: () => void;
  /** Sends bytes in segments of at most `size`, and has them acknowledged. */
  readonly says: (who: Party, text: string | Uint8Array, size?: number) => void;
  /** The same without an acknowledgement. */
  readonly sends: (who: Party, text: string | Uint8Array, size?: number) => void;
  readonly acknowledges: (who: Party) => void;
  readonly ends: (who: Party) => void;
  readonly resets: (who: Party) => void;
};

const SIZE = 1400;

/** Segments without their frames, which `captured` numbers. */
export function talking() {
  const segments: Segment[] = [];
  let streams = 0;

  /** @param starts - the first sequence number of either side. */
  function between(client: string, server: string, starts = { client: 1000, server: 5000 }): Talk {
    const [address = '', port = ''] = server.split(':');
    streams += 1;
    const stream = `${streams - 1}`;
    const ends = {
      client: { address: client, port: `${40_000 + streams}` },
      server: { address, port },
    };
    const next = { ...starts };
    const other = (who: Party): Party => (who === 'client' ? 'server' : 'client');
    const send = (who: Party, data: Uint8Array, flags: Partial<Segment['flags']> = {}) => {
      const isFirst = flags.syn === true && who === 'client';
      segments.push({
        frame: 0,
        stream,
        from: ends[who],
        to: ends[other(who)],
        sequence: next[who] % 2 ** 32,
        acknowledged: isFirst ? null : next[other(who)] % 2 ** 32,
        flags: { syn: false, fin: false, reset: false, ...flags },
        length: data.length,
        data,
      });
      next[who] += data.length + (flags.syn || flags.fin ? 1 : 0);
    };
    const nothing = new Uint8Array();
    const sends: Talk['sends'] = (who, text, size = SIZE) => {
      const bytes = Buffer.from(text as string, 'latin1');
      for (let at = 0; at < bytes.length; at += size) send(who, bytes.subarray(at, at + size));
    };
    const acknowledges: Talk['acknowledges'] = (who) => send(who, nothing);
    return {
      sends,
      acknowledges,
      opens: () => {
        send('client', nothing, { syn: true });
        send('server', nothing, { syn: true });
        acknowledges('client');
      },
      says: (who, text, size) => {
        sends(who, text, size);
        acknowledges(other(who));
      },
      ends: (who) => send(who, nothing, { fin: true }),
      resets: (who) => send(who, nothing, { reset: true }),
    };
  }

  return { between, segments: (): readonly Segment[] => captured(segments) };
}

/** In this order, with the numbers that their frames then have. */
export const captured = (segments: readonly Segment[]): readonly Segment[] =>
  segments.map((segment, i) => ({ ...segment, frame: i + 1 }));
