/** Captures in files, read by tshark: of several formats, in tunnels, and with parts missing. */
import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { readRecording } from '../../conformance/recording/file.ts';
import { BadRecording, type Recording } from '../../conformance/recording/recording.ts';
import { REQUIREMENTS } from '../../lab/requirements.ts';
import { ownFolder, run } from '../cli/running.ts';
import { pcapOf, type Wrapping } from '../conformance/recording/support/pcap-of.ts';
import { signIns } from '../conformance/recording/support/reading.ts';
import { trafficOf } from '../conformance/recording/support/traffic.ts';
import { making } from '../conformance/trace/support/making.ts';
import { describeInLab } from './support/in-lab.ts';

const FIXTURES = 'test/conformance/recording/fixtures';
const LOST = 'Connection 1 from frame 12 on is left out: the capture lost segments.';
const FROM = '127.0.0.1 to http://127.0.0';

/** What is printed of each, in part, and the exit code. */
const RIGHT: Readonly<Record<string, readonly [exit: number, ...said: readonly string[]]>> = {
  '01-reply-without-length-client-closes-first.pcap': [0, 'allows all 8 steps'],
  '03-capture-lost-a-segment.pcap': [0, 'allows all 9 steps', LOST],
  '04-segments-out-of-order.pcap': [0, 'allows all 8 steps'],
  '05-401-before-the-body-was-sent.pcap': [0, 'allows all 8 steps'],
  '06-through-a-proxy-unchallenged-response.pcap': [2, 'connection 1 beyond the proxy: '],
  '11-nobody-signs-in.pcap': [2, 'nothing about signing in is in it'],
  '13-two-servers-in-one-gre-tunnel.pcap': [0, `${FROM}.2:80`, `${FROM}.3:80`],
  '14-gzipped.pcap.gz': [0, 'allows all 7 steps'],
};

const OPTIONS = { identityHeader: 'X-User' };

/** Without when connections are opened, and what they are called. */
const essenceOf = ({ observations, connections }: Recording) =>
  observations
    .filter(({ what }) => what !== 'opened')
    .map(({ connection, ...rest }) => ({
      ...rest,
      on: connections.findIndex(({ id }) => id === connection),
    }));

describeInLab('a capture', [REQUIREMENTS.tshark], () => {
  const { folder, file } = ownFolder();
  const fileOf = (name: string, bytes: Buffer) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  };
  const problemIn = (path: string) => {
    try {
      readRecording(path, OPTIONS);
    } catch (error) {
      if (error instanceof BadRecording) return error.message;
      throw error;
    }
    return 'none';
  };

  it.each(Object.keys(RIGHT))('is judged rightly: %s', async (name) => {
    const [exit, ...said] = RIGHT[name]!;
    const ran = await run('judge', join(FIXTURES, name));
    expect({ exit: ran.exit, name }).toEqual({ exit, name });
    for (const words of said) expect(ran.stdout + ran.stderr).toContain(words);
  });
  it('has its right answer here, if it is among the fixtures', () => {
    const captures = readdirSync(FIXTURES).filter((name) => /\.pcap/.test(name));
    expect(captures).toEqual(Object.keys(RIGHT));
  });

  const wrappings: readonly Wrapping[] = [
    ...(['none', 'VLAN', 'GRE', 'IP in IP', 'VXLAN', 'IPv6 around'] as const),
  ];
  it.each(wrappings)('names the ends of its connections, and not of a tunnel: %s', (wrapping) => {
    const recording = signIns();
    const path = fileOf(`in ${wrapping}.pcap`, pcapOf(trafficOf(recording), wrapping));
    const read = readRecording(path, OPTIONS);
    expect(read.connections).toMatchObject([
      { client: '10.0.0.1', server: 'http://127.0.0.5:8081' },
      { client: '10.0.0.2', server: 'http://127.0.0.5:8081' },
    ]);
    expect(essenceOf(read)).toEqual(essenceOf(recording));
  });
  it.each<Wrapping>(['none', 'GRE', 'IP in IP', 'IPv6 around'])('is of IPv6, in %s', (wrapping) => {
    const maker = making();
    maker.on('alice').signsIn();
    const segments = trafficOf(maker.recording()).map((segment) => {
      const six = (address: string) => (address === '10.0.0.1' ? '2001:db8::a' : '2001:db8::b');
      return {
        ...segment,
        from: { ...segment.from, address: six(segment.from.address) },
        to: { ...segment.to, address: six(segment.to.address) },
      };
    });
    const path = fileOf(`six in ${wrapping}.pcap`, pcapOf(segments, wrapping));
    expect(readRecording(path).connections).toMatchObject([
      { client: '2001:db8::a', server: 'http://[2001:db8::b]:8081' },
    ]);
  });

  it('that keeps only the beginning of each frame is read up to the first that it cut', () => {
    const [kept, headers] = [150, 54];
    const segments = trafficOf(signIns());
    const path = fileOf('snapped.pcap', pcapOf(segments, 'none', kept));
    const { omissions, observations } = readRecording(path);
    const { frame } = segments.find(({ length }) => length > kept - headers)!;
    expect(omissions).toMatchObject([{ connection: 'stream 0', reason: 'lost', frame }]);
    expect(observations.map(({ what }) => what)).toContain('reply');
    const heads = fileOf('heads.pcap', pcapOf(segments, 'none', headers));
    expect(problemIn(heads)).toMatch(/lost segments|no HTTP in it/);
  });
  it('whose file ends within a packet says so', () => {
    const bytes = pcapOf(trafficOf(signIns()));
    const path = fileOf('short.pcap', bytes.subarray(0, bytes.length - 10));
    expect(readRecording(path).source).toBe('a capture; its file is cut short');
  });

  const FORMATS = ['pcapng', 'nsecpcap', 'modpcap', 'snoop', 'netmon1', 'netmon2', 'ngsniffer'];
  it.each([...FORMATS, 'ngwsniffer_2_0', 'nettl', '5views', 'visual', 'lanalyzer'])(
    'of the format %s is read',
    (format) => {
      const recording = signIns();
      const [from, to] = [
        fileOf(`for ${format}`, pcapOf(trafficOf(recording))),
        join(folder, `as ${format}`),
      ];
      const { status } = spawnSync('editcap', ['-F', format, from, to]);
      expect(status).toBe(0);
      expect(essenceOf(readRecording(to, OPTIONS))).toEqual(essenceOf(recording));
    },
  );
  it('compressed by gzip is read', () => {
    const recording = signIns();
    const path = fileOf('zipped.gz', gzipSync(pcapOf(trafficOf(recording))));
    expect(essenceOf(readRecording(path, OPTIONS))).toEqual(essenceOf(recording));
  });
  it('that tshark cannot read is refused with its words', () => {
    const path = file('broken.pcapng', '\x0a\x0d\x0d\x0a and no more');
    expect(problemIn(path)).toMatch(/^tshark cannot read it: /);
  });
});
