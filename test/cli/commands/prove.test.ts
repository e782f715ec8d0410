/** `double-hop prove`: what it prints, writes and ends with. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { THEOREMS } from '../../../properties/unbounded/theorems.ts';
import { run } from '../running.ts';

const folder = mkdtempSync(join(tmpdir(), 'double-hop-prove-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('prove', () => {
  it('says for what a claim holds, that no solver looked, and what passes between the parties', async () => {
    const { exit, stdout, stderr } = await run('prove', 'double-hop-stops', '--network', 'ntlm');
    expect([exit, stderr]).toEqual([0, '']);
    const text = stdout.replace(/\s+/g, ' ');
    expect(text).toContain('✓ proved double-hop-stops: a server that holds no password is refused');
    expect(text).toContain('any number of users, hosts, hops, connections and challenges');
    expect(text).toContain('where every party is honest and every host accepts NTLM.');
    expect(text).toContain('No solver looked; --solver z3 or --solver z3-solver has one look.');
    expect(text).toContain(
      'page of a connection of a user to a host that accepts NTLM and calls on another to client: ' +
        'client.fetch { credential: { secret: null, user: any }, path: mailbox }',
    );
  });

  it('tells many messages of one type as one, with what they have in common', async () => {
    const args = ['password-stays-secret', '--network', 'pinned-proxies'];
    const text = (await run('prove', ...args)).stdout.replace(/\s+/g, ' ');
    const proofs = [
      ...text.matchAll(/upstream\.forward {(?:(?!to client).)*AUTHENTICATE_MESSAGE/g),
    ];
    expect(proofs).toHaveLength(1);
    expect(proofs[0]![0]).toContain('response: { altered: false,');
    expect(proofs[0]![0]).toContain('key: { passwordOf: … }');
  });

  it('says why a proof falls, with the story of one group, and that it is no counterexample', async () => {
    const { exit, stdout } = await run(
      ...['prove', 'confinement', '--network', 'ntlm', '--fault', 'token-keeps-password'],
    );
    expect(exit).toBe(1);
    expect(stdout).toContain('✗ not proved');
    expect(stdout).toMatch(
      /\n +6\. wire ← wire\.deliver, server ← AUTHENTICATE_MESSAGE, .*agreement ← commit/,
    );
    expect(stdout).toContain(
      'For one, run: npx double-hop trace confinement --fault token-keeps-password',
    );
  });

  it('prints one JSON document and nothing else', async () => {
    const { exit, stdout } = await run(
      'prove',
      'password-stays-secret',
      '--network',
      'ntlm',
      '--json',
    );
    expect(exit).toBe(0);
    const { format, proofs } = JSON.parse(stdout);
    expect(format).toBe('double-hop-proofs/1');
    expect(proofs).toMatchObject([
      {
        claim: 'password-stays-secret',
        network: 'ntlm',
        proved: true,
        obstacle: null,
        solvers: [],
      },
    ]);
  });

  it('writes the certificate of one proof to a new file', async () => {
    const file = join(folder, 'proof.smt2');
    const args = ['prove', 'confinement', '--network', 'ntlm', '--certificate', file];
    expect((await run(...args)).exit).toBe(0);
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(/^\(set-logic UF\)\n/);
    expect(text.match(/\(check-sat\)/g)!.length).toBeGreaterThan(2_000);
    const again = await run(...args);
    expect([again.exit, again.stderr]).toEqual([2, expect.stringContaining(file)]);
  });

  it.each([
    [['deadlock-free'], 'deadlock-free has no proof without bounds, see docs/proof.md; there is'],
    [['confinement', '--network', 'mixed'], 'confinement is proved of no networks of mixed, but'],
    [['no-such-claim'], 'no claim is called "no-such-claim"'],
    [
      ['--certificate', 'x'],
      `--certificate: ${THEOREMS.length} proofs are meant; give one claim and one --network`,
    ],
  ])('refuses %j', async (args, message) => {
    const { exit, stdout, stderr } = await run('prove', ...args);
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});
