/**
 * Recordings of real software, made in the ways that the documentation recommends: a capture of
 * curl by tshark, a network log of Chromium, an archive of Chromium, which has no handshake in it.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readRecording } from '../../conformance/recording/file.ts';
import type { Recording } from '../../conformance/recording/recording.ts';
import { redacted } from '../../conformance/recording/redact.ts';
import { type Served, serve } from '../../conformance/serve/serve.ts';
import { DIVERGENCES } from '../../conformance/trace/divergences.ts';
import { judge } from '../../conformance/trace/trace-validation.ts';
import { REQUIREMENTS } from '../../lab/requirements.ts';
import { STANDARD } from '../../machines/ntlm/policy.ts';
import { describeInLab } from './support/in-lab.ts';

const ALICE = { user: 'alice', domain: 'LAB', password: 'Wonderland1!' };
const SECRETS = new Map([[ALICE.user, ALICE.password]]);
const OPTIONS = { identityHeader: 'X-User' };
const CURL_SECONDS = 10;

const folder = mkdtempSync(join(tmpdir(), 'double-hop-'));
afterAll(() => rmSync(folder, { recursive: true }));

let served: Served;
beforeEach(async () => {
  served = await serve({
    address: '127.0.0.1',
    accounts: [ALICE],
    computer: 'MODEL',
    domain: 'LAB',
    scheme: 'NTLM',
    policy: STANDARD,
  });
});
afterEach(() => served.stop());

const verdictOf = (recording: Recording, secrets: ReadonlyMap<string, string> = SECRETS) =>
  judge(recording, {
    sides: 'both',
    secrets,
    divergences: DIVERGENCES.filter(({ implementation }) => implementation === 'curl'),
  });

/** The messages with the numbers of their connections, in the order of time. */
function saidIn({ observations }: Recording) {
  const order: string[] = [];
  return observations.flatMap(({ connection, ...one }) => {
    if (!order.includes(connection)) order.push(connection);
    if (one.what !== 'request' && one.what !== 'reply') return [];
    return [{ ...one, ...('user' in one ? { user: null } : {}), on: order.indexOf(connection) }];
  });
}

function curl(...args: readonly string[]): Promise<string> {
  const all = ['-s', '-o', '/dev/null', '-m', `${CURL_SECONDS}`, '-w', '%{http_code}\n', ...args];
  return new Promise((resolve) => {
    execFile('/usr/bin/curl', all, { timeout: 2000 * CURL_SECONDS }, (_, stdout) =>
      resolve(stdout.trim()),
    );
  });
}

/** A capture under way, and what waits until it has what was sent up to now. */
type Capture = { readonly process: ChildProcess; readonly caughtUp: () => Promise<void> };

/** @returns when it captures: the first of the datagrams that are sent to see that has arrived. */
async function capturing(path: string, port: string): Promise<Capture> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const own = socket.address().port;
  const filter = `tcp port ${port} or udp port ${own}`;
  const printed = ['-P', '-l', '-T', 'fields', '-e', 'udp.length'];
  const process = spawn('/usr/bin/tshark', ['-i', 'lo', '-f', filter, '-w', path, ...printed]);
  const lengths = new Set<number>(); // of the datagrams that it has captured
  process.stdout.on('data', (text: Buffer) => {
    for (const [length] of text.toString().matchAll(/\d+/g)) lengths.add(Number(length));
  });
  let sent = 0;
  const caughtUp = async () => {
    sent += 1;
    const length = sent; // its own each time; with the header of UDP, 8 bytes more
    await vi.waitUntil(
      () => {
        socket.send(Buffer.alloc(length), own, '127.0.0.1');
        return lengths.has(8 + length);
      },
      { timeout: 60_000, interval: 20 },
    );
  };
  await caughtUp();
  process.once('exit', () => socket.close());
  return { process, caughtUp };
}

const ended = (process: ChildProcess) =>
  new Promise<void>((resolve) => {
    const late = setTimeout(() => process.kill('SIGKILL'), 10_000);
    process.on('exit', () => {
      clearTimeout(late);
      resolve();
    });
    process.kill('SIGINT');
  });

describeInLab(
  'a capture of curl',
  [REQUIREMENTS.tshark, REQUIREMENTS.curl, REQUIREMENTS.root],
  () => {
    it('shows what the server saw, and is a behaviour, with or without the password', async () => {
      const path = join(folder, 'curl.pcapng');
      const { port } = new URL(served.origin);
      const { process: tshark, caughtUp } = await capturing(path, port);
      const [url, other] = [`${served.origin}/a?for=alice`, `${served.origin}/b`];
      const out = ['-o', '/dev/null'];
      expect(await curl('--ntlm', '-u', 'LAB\\alice:Wonderland1!', url, ...out, other)).toBe(
        '200\n200',
      );
      expect(await curl('--ntlm', '-u', 'LAB\\alice:wrong', url)).toBe('401');
      expect(await curl('--anyauth', '-u', 'LAB\\alice:Wonderland1!', url)).toBe('200');
      await caughtUp();
      await ended(tshark);

      const recording = readRecording(path, OPTIONS);
      expect(saidIn(recording)).toEqual(saidIn(served.recording()));
      expect(recording.observations.filter(({ what }) => what === 'closed')).toHaveLength(3);
      for (const secrets of [SECRETS, new Map<string, string>()])
        expect(verdictOf(recording, secrets)).toMatchObject({
          isBehaviour: true,
          why: '',
          leftOut: [],
          used: ['curl-negotiates-at-once'],
        });
      expect(verdictOf(redacted(recording), new Map()).isBehaviour).toBe(true);
      const alone = judge(recording, { sides: 'both', secrets: SECRETS });
      expect(alone.why).toMatch(/sends a NEGOTIATE, although no 401 to this request came before$/);
    });
  },
);

describeInLab('Chromium', [REQUIREMENTS.chromium], () => {
  async function browse(log: string, archive: string): Promise<void> {
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.*',
        `--log-net-log=${log}`,
        '--net-log-capture-mode=IncludeSensitive',
      ],
      timeout: 30_000,
    });
    try {
      const context = await browser.newContext({
        httpCredentials: { username: 'LAB\\alice', password: ALICE.password },
        recordHar: { path: archive },
      });
      const page = await context.newPage();
      await page.goto(`${served.origin}/a`);
      await page.goto(`${served.origin}/b`);
      await context.close();
    } finally {
      await browser.close();
    }
  }

  it('writes a network log that is a behaviour, and an archive without the handshake', async () => {
    const [log, archive] = [join(folder, 'net-log.json'), join(folder, 'chromium.har')];
    await browse(log, archive);
    const recording = readRecording(log, OPTIONS);
    const messages = recording.observations.filter(
      (one) => one.what === 'request' && /^NTLM TlRM/.test(one.authorization ?? ''),
    );
    expect(messages.length).toBeGreaterThanOrEqual(2);
    for (const secrets of [SECRETS, new Map<string, string>()])
      expect(verdictOf(recording, secrets)).toMatchObject({
        isBehaviour: true,
        why: '',
        used: [],
        leftOut: [],
      });
    expect(() => readRecording(archive)).toThrow(
      /it is of a Chromium, which saves no NTLM handshake/,
    );
  });
});
