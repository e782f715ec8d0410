/** A mistake that many make is answered with what to write instead. */
import { describe, expect, it } from 'vitest';
import { ownFolder, run } from '../running.ts';

const { file } = ownFolder();

async function refusalOf(hosts: string): Promise<string> {
  const path = file('own.yaml', `hosts:\n${hosts}\nusers: [{ name: alice }]\n`);
  const { exit, stdout, stderr } = await run('check', path);
  expect([exit, stdout]).toEqual([2, '']);
  return stderr.replaceAll(path, 'own.yaml');
}

describe('a proxy without paths', () => {
  it.each(['proxy', 'reverseProxy', 'lb1', 'nginx', 'api-gateway', 'edge'])(
    'called %s gets the hint to add paths, and not accepts',
    async (name) => {
      const said = await refusalOf(
        `  - { name: ${name}, callsOn: web }\n  - { name: web, accepts: NTLM }`,
      );
      expect(said).toBe(
        `double-hop: own.yaml:2:5: hosts[0].paths: missing, and "${name}" has no accepts; ` +
          'a reverse proxy accepts no sign-in: add "paths: [pinned]" (or pooled, closing)\n',
      );
    },
  );

  it('of another name gets both hints', async () => {
    const said = await refusalOf(
      '  - { name: front, callsOn: web }\n  - { name: web, accepts: NTLM }',
    );
    expect(said).toContain('if it is a reverse proxy, add "paths: [pinned]"');
    expect(said).toContain('else add "accepts: NTLM" (or Basic) here');
  });

  it('is not suspected in a host that calls no other', async () => {
    expect(await refusalOf('  - { name: proxy }')).toContain('add "accepts: NTLM" (or Basic) here');
  });
});

describe('what is not modelled yet', () => {
  it.each(['Kerberos', 'Negotiate', 'negotiate', 'SPNEGO', 'Digest', 'Bearer'])(
    'is said of the mechanism %s, with what is',
    async (name) => {
      expect(await refusalOf(`  - { name: web, accepts: ${name} }`)).toContain(
        `hosts[0].accepts: found "${name}", which is not modelled yet; it must be NTLM or Basic`,
      );
    },
  );

  it('is said of a list of mechanisms', async () => {
    expect(await refusalOf('  - { name: web, accepts: [Negotiate, NTLM] }')).toMatch(
      /accepts: found a list; it must be one mechanism, NTLM or Basic\. .*not modelled yet/,
    );
  });

  it.each(['delegation', 'delegatesTo', 'spn', 'kdc', 'domain', 'constrainedDelegation'])(
    'is said of the field %s',
    async (name) => {
      expect(await refusalOf(`  - { name: web, accepts: NTLM, ${name}: x }`)).toMatch(
        /delegation are not modelled yet\. Modelled is what .*; the fields are name, accepts/,
      );
    },
  );
});

describe('an unknown name', () => {
  it('of a claim is answered with the claims, the nearest first, in short lines', async () => {
    const { stderr } = await run('trace', 'password-secret');
    const [first, second, ...others] = stderr.trimEnd().split('\n');
    expect(first).toBe('double-hop: no claim is called "password-secret"; the claims are');
    expect(second).toMatch(/^ {2}password-stays-secret, /);
    expect(stderr).toContain('redirect-followed');
    for (const line of [first!, second!, ...others]) expect(line.length).toBeLessThan(80);
  });

  it.each([
    [['judge', 'nothing.json', '--policy', 'express-ntlm']],
    [['judge', 'nothing.json', '--policy', 'expressNtlm']],
    [['judge', 'nothing.json', '--policy', 'mod-auth-gssapi']],
    [['judge', 'examples/recordings/none.json', '--as', 'expressNtlm']],
    [['judge', 'examples/recordings/none.json', '--as', 'express-ntlm']],
  ])('is none in another spelling: %j', async (args) => {
    expect((await run(...args)).stderr).toContain('no such file');
  });

  it('of a policy in a file is answered with its spelling there', async () => {
    expect(await refusalOf('  - { name: web, accepts: NTLM, policy: express-ntlm }')).toContain(
      '(did you mean "expressNtlm"?)',
    );
  });
});
