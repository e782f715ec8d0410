/** `double-hop conform` against servers that the model runs, and against broken servers. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { budgetOf } from '../../../cli/commands/conform/budget.ts';
import { bare } from '../../../conformance/drive/acts.ts';
import { ownRecording } from '../../../conformance/recording/own.ts';
import { recorder } from '../../../conformance/serve/recorder.ts';
import { type NtlmPolicy, POLICIES } from '../../../machines/ntlm/policy.ts';
import { MACHINES } from '../../../machines/system/deployment.ts';
import { FAULTS } from '../../../properties/faults/faults.ts';
import { ALICE, served } from '../../conformance/drive/serving.ts';
import { MAIN, ownFolder } from '../running.ts';
import { answering, conformed } from './conforming.ts';

const { folder } = ownFolder();

const answersIn = (text: string): Record<string, string> =>
  Object.fromEntries(
    (JSON.parse(text).answers as { id: string; answer: string }[]).map((it) => [it.id, it.answer]),
  );

describe.each(Object.entries<NtlmPolicy>(POLICIES))('a server by the policy %s', (name, policy) => {
  it('conforms, and its policy is among the remaining ones', async () => {
    await served({ policy }, async ({ origin }) => {
      const { exit, text } = await conformed(`${origin}/`);
      const found = JSON.parse(text);
      expect(exit).toBe(0);
      expect(found).toMatchObject({
        format: 'double-hop-conformance/1',
        verdict: 'conforms',
        difference: null,
        stopped: null,
      });
      expect(found.policies).toContain(name);
      expect(found.requests).toBeLessThanOrEqual(200);
      expect(found.failedSignIns).toBeLessThanOrEqual(4);
      expect(found.sequences).toBeGreaterThan(5);
    });
  });

  it('is identified if enough sign-ins may fail', async () => {
    await served({ policy }, async ({ origin }) => {
      const { exit, text } = await conformed(`${origin}/`, { maxFailures: 60, maxRequests: 400 });
      expect(exit).toBe(0);
      expect(JSON.parse(text)).toMatchObject({ policies: [name], leftOut: [] });
      expect(answersIn(text)['right-password']).toBe('yes');
    });
  });
});

describe('a server that differs', () => {
  it('is described in sentences, with exit code 1', async () => {
    const { inject } = FAULTS.find(({ id }) => id === 'serial-not-compared')!;
    const machine = inject(MACHINES).ntlmServerConnection;
    await served({ machine }, async ({ origin }) => {
      const { exit, text } = await conformed(`${origin}/`, { json: false, maxFailures: 60 });
      expect(exit).toBe(1);
      expect(text).toContain('The server differs from the model:');
      expect(text).toMatch(
        /3\. .*: AUTHENTICATE as alice, over the first challenge: expected 401, got 200/,
      );
    });
  });

  it('from its stated policy is found out by safe acts alone', async () => {
    await served({ policy: POLICIES.squid }, async ({ origin }) => {
      const { exit, text } = await conformed(`${origin}/`, { policy: 'standard', maxFailures: 1 });
      expect(exit).toBe(1);
      expect(JSON.parse(text)).toMatchObject({ verdict: 'differs', failedSignIns: 0 });
    });
  });

  it('by malformed HTTP is reported', async () => {
    await answering('HTTP/1.1 401 No\r\nWWW-Authenticate NTLM\r\n\r\n', async (origin) => {
      const { exit, text } = await conformed(origin, { json: false });
      expect(exit).toBe(1);
      expect(text).toContain(`${origin}: the answer has the field "WWW-Authenticate NTLM"`);
    });
  });
});

describe('the limits', () => {
  it('are kept; a limit that comes too early gives exit code 3', async () => {
    await served({}, async ({ origin }) => {
      const { exit, text } = await conformed(`${origin}/`, { maxRequests: 20, json: false });
      expect(exit).toBe(3);
      expect(text).toContain('Stopped: 20 requests were made: --max-requests.');
    });
  });

  it.each([1, 2, 5])('of %d failed sign-ins are never exceeded', async (maxFailures) => {
    let failures = 0;
    // This server refuses a response without a challenge, which cannot be known before.
    await served({ policy: POLICIES.modAuthGssapi }, async ({ origin }) => {
      const record = join(folder, `failures-${maxFailures}.json`);
      const { text } = await conformed(`${origin}/`, { maxFailures, record });
      const { observations } = ownRecording(JSON.parse(readFileSync(record, 'utf8')));
      const sent = new Map<string, boolean>();
      for (const it of observations) {
        if (it.what === 'request')
          sent.set(it.connection, it.user !== null && /^NTLM/.test(it.authorization ?? ''));
        if (it.what === 'reply' && it.status === 401 && sent.get(it.connection)) failures += 1;
      }
      expect(JSON.parse(text)).toMatchObject({ verdict: 'conforms', failedSignIns: failures });
    });
    expect(failures).toBeLessThanOrEqual(maxFailures);
  });

  it('of the requests reserve some, until they are released', async () => {
    const limits = { maxRequests: 3, rate: 1000, maxFailures: 4 };
    const budget = budgetOf(limits, new AbortController().signal);
    const ask = () => budget.before(bare(1), false);
    budget.reserve(2);
    expect(await ask()).toBe(true);
    await expect(ask()).rejects.toThrow('--max-requests');
    budget.reserve(0);
    expect(await ask()).toBe(true);
    expect(await ask()).toBe(true);
    await expect(ask()).rejects.toThrow('--max-requests');
  });

  it('of the rate are kept', async () => {
    await served({}, async ({ origin }) => {
      const began = performance.now();
      await conformed(`${origin}/`, { maxRequests: 20, rate: 20 });
      expect(performance.now() - began).toBeGreaterThan(900);
    });
  });
});

describe('a recording', () => {
  it('contains no password and no name', async () => {
    await served({}, async ({ origin }) => {
      const record = join(folder, 'record.json');
      await conformed(`${origin}/`, { record, identityHeader: 'X-User' });
      const text = readFileSync(record, 'utf8');
      const tokens = [...text.matchAll(/"(?:NTLM|Basic) ([^"]+)"/g)].map(([, token]) =>
        Buffer.from(token!, 'base64').toString('latin1'),
      );
      expect(tokens.length).toBeGreaterThan(100);
      const plain = text.replaceAll(/"(?:NTLM|Basic) [^"]+"/g, '');
      for (const secret of ['alice', 'LAB', ALICE.password])
        for (const form of [secret, [...secret].join('\0')])
          expect([plain, ...tokens].filter((it) => it.includes(form))).toEqual([]);
      expect(ownRecording(JSON.parse(text)).observations.length).toBeGreaterThan(100);
    });
  });
});

describe('the command', () => {
  /** The server runs in this process, so this process must not block. */
  const started = (...args: readonly string[]) => {
    const env = { ...process.env, DOUBLE_HOP_PASSWORD: ALICE.password };
    const child = spawn(process.execPath, [MAIN, 'conform', ...args], { env, timeout: 60_000 });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (part) => {
      stdout += part;
    });
    child.stderr.on('data', (part) => {
      stderr += part;
    });
    const end = new Promise<{ exit: number | null; stdout: string; stderr: string }>((resolve) =>
      child.on('close', (exit) => resolve({ exit, stdout, stderr })),
    );
    return { child, end };
  };
  const promised = () => {
    let resolve = () => {};
    const promise = new Promise<void>((fulfil) => {
      resolve = fulfil;
    });
    return { promise, resolve };
  };
  const common = (origin: string) => ['--server', `${origin}/`, '--user', 'LAB\\alice'];
  const go = ['--yes-i-may-test-this-server', '--rate', '1000'];

  it('examines a server, and says that it conforms', async () => {
    await served({ policy: POLICIES.ntlmAuth }, async ({ origin }) => {
      const { exit, stdout, stderr } = await started(...common(origin), ...go).end;
      expect([exit, stderr]).toEqual([0, '']);
      expect(stdout).toContain('The server agrees with the model on every request that was made.');
      expect(stdout).toContain('The server may follow the policy ntlmAuth');
      expect(stdout).not.toContain(ALICE.password);
    });
  });

  it('prints one message for bad input, with exit code 2', async () => {
    const { exit, stdout, stderr } = await started(...common('http://127.0.0.1:1'), ...go).end;
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^double-hop: http:\/\/127.0.0.1:1: no connection can be made/);
  });

  it('stops at Ctrl-C, and prints the answers so far', async () => {
    const own = recorder('conform');
    const { promise, resolve } = promised();
    let requests = 0;
    const observe: typeof own.observe = (observation) => {
      own.observe(observation);
      if (observation.what === 'request') requests += 1;
      if (requests === 10) resolve(); // by now the first question is answered
    };
    await served({ recorder: { ...own, observe } }, async ({ origin }) => {
      const slow = ['--yes-i-may-test-this-server', '--rate', '20'];
      const { child, end } = started(...common(origin), ...slow);
      await Promise.race([promise, end]);
      child.kill('SIGINT');
      const { exit, stdout } = await end;
      expect(exit).toBe(130);
      expect(stdout).toContain(
        'Stopped: interrupted. Up to then, the server agreed with the model.',
      );
      expect(stdout).toContain('Does the right password sign in?');
    });
  });
});
