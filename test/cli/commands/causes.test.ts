/** The cause of a violation as `check` and `trace` print it, with the line of the user's file. */
import { describe, expect, it } from 'vitest';
import { readVerdicts } from '../../../inspector/story/documents/document.ts';
import type { Verdicts } from '../../../properties/verdicts/verdicts.ts';
import { ownFolder, run } from '../running.ts';

const own = ownFolder();
const file = (text: string) => own.file('own.yaml', text);

const BANK = `users:
  - name: ann
  - name: ben
hosts:
  - name: edge
    callsOn: ledger
    paths:
      - pinned
      - pooled
  - name: ledger
    accepts: NTLM
`;

const causeIn = ({ claims }: Verdicts) => claims.find(({ cause }) => cause !== null)?.cause;

describe('the cause of a violation', () => {
  it('stands under the verdict, with the line of the field in the file', async () => {
    const { stdout } = await run('check', file(BANK), '--claim', 'served-as-owner');
    const text = stdout.replace(/\s+/g, ' ');
    expect(text).toContain(
      "step 24 of 25: edge sends ben's request to ledger over the connection on which ann " +
        'signed in, because path 2 of edge sends each request over any free connection. ' +
        'allowed by hosts[edge].paths[1]: pooled (line 9)',
    );
    expect(text).toContain('Step by step: npx double-hop trace served-as-owner');
  });

  it('stands under the story', async () => {
    const { stdout } = await run('trace', 'served-as-owner', file(BANK));
    expect(stdout.replace(/\s+/g, ' ')).toMatch(
      /Cause, in step 24: edge sends .* allowed by hosts\[edge\]\.paths\[1\]: pooled \(line 9\)/,
    );
  });

  it('is in the document, which reads back', async () => {
    const { stdout } = await run('trace', 'served-as-owner', file(BANK), '--json');
    const cause = causeIn(readVerdicts(stdout));
    expect(cause?.step).toBe(24);
    expect(cause?.allowedBy).toEqual({ path: 'hosts[edge].paths[1]', value: 'pooled', line: 9 });
  });

  it.each([
    ['has a default', 'accepts: Basic', 'hosts[web].logonMethod: ClearText (the default)'],
    ['is in the file', 'accepts: Basic\n    logonMethod: ClearText', 'ClearText (line 5)'],
  ])('says where a field that %s is from', async (_, fields, said) => {
    const hosts = `hosts:\n  - name: web\n    callsOn: mail\n    ${fields}\n`;
    const path = file(`${hosts}  - name: mail\n    accepts: NTLM\nusers:\n  - name: ann\n`);
    const { stdout } = await run('check', path, '--claim', 'confinement');
    expect(stdout.replace(/\s+/g, ' ')).toContain(said);
  });

  it('finds a field that one word gives, and a mechanism that is compared', async () => {
    const hardened = `users:
  - name: ann
hosts:
  - name: mail
    policy: squid
    accepts: NTLM
bounds: { wrongPasswords: true, closing: false }
`;
    const { stdout } = await run('check', file(hardened), '--claim', 'reused-while-open');
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'allowed by hosts[mail].policy.afterFailure: poisoned (line 5)',
    );
    const compared = `compare: [Basic]
users: [{ name: ann }]
hosts: [{ name: mail }]
`;
    const basic = await run('check', file(compared), '--claim', 'password-stays-secret');
    expect(basic.stdout.replace(/\s+/g, ' ')).toContain('hosts[mail].accepts: Basic (line 1)');
  });

  it('has no line where the topology is from no file', async () => {
    const { stdout } = await run('trace', 'confinement', '--json', '--with', 'Basic');
    expect(causeIn(readVerdicts(stdout))?.allowedBy).toEqual({
      path: 'hosts[frontEnd].logonMethod',
      value: 'ClearText',
      line: null,
    });
  });

  it('is the fault, where one is injected', async () => {
    const { stdout } = await run('trace', 'served-as-owner', '--fault', 'pool-ignores-user');
    expect(stdout.replace(/\s+/g, ' ')).toMatch(
      /Cause, in step 18: frontEnd sends bob's request .* because of the fault pool-ignores-user/,
    );
  });
});
