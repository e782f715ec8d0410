/** What `double-hop check` says of a user's own file: expectations, what never happens, hints. */
import { describe, expect, it } from 'vitest';
import { ownFolder, run } from '../running.ts';

const { file } = ownFolder();

const relay = (expectations: string) => `
hosts:
  - { name: evil, accepts: NTLM, callsOn: mailbox }
  - { name: mailbox, accepts: NTLM }
users: [{ name: alice, visits: [evil] }]
adversary: { controls: [evil], may: [relay] }
${expectations}`;
const VIOLATED = ['confinement', 'agreement-with-holder', 'served-as-owner'];
const ALL = `expect: { ${VIOLATED.map((id) => `${id}: violated`).join(', ')} }\n`;

describe('the verdicts that a file expects', () => {
  it('are all there: exit code 0, under any name of the file', async () => {
    for (const name of ['relay.yaml', 'a copy.yaml']) {
      const { exit, stdout } = await run('check', file(name, relay(ALL)));
      expect(exit).toBe(0);
      expect(stdout).toContain(`3 are violated: ${VIOLATED.join(', ')}.`);
    }
  });

  it('are not expected: exit code 1, and the violations come first', async () => {
    const { exit, stdout } = await run('check', file('plain.yaml', relay('')));
    expect(exit).toBe(1);
    expect(stdout).toMatch(
      /\n3 of \d+ claims are violated: confinement, agreement-with-holder, served-as-owner\.\n\n✗ /,
    );
  });

  it('differ: exit code 1, with both verdicts', async () => {
    const wrong = ALL.replace('confinement: violated', 'confinement: holds');
    const { exit, stdout } = await run('check', file('wrong.yaml', relay(wrong)));
    expect(exit).toBe(1);
    expect(stdout).toMatch(/1 of \d+ verdicts is not as expected: confinement\./);
    expect(stdout).toContain('✗ violated, not holds');
  });

  it('leave a violation out: exit code 1', async () => {
    const { exit, stdout } = await run(
      'check',
      file('few.yaml', relay('expect: { confinement: violated }\n')),
    );
    expect(exit).toBe(1);
    expect(stdout).toMatch(/2 of \d+ verdicts are not as expected: agreement-with-holder, served/);
  });

  it.each([
    ['confinment: violated', /expect.confinment: no claim is named "confinment" \(did you mean/],
    ['confinement: witnessed', /found "witnessed"; confinement can only be holds or violated/],
    ['mailbox-read: holds', /found "holds"; mailbox-read can only be witnessed or unwitnessed/],
    ['confinement: { Basic: holds }', /Basic is not compared; add it to compare/],
    ['confinement: maybe', /expect\.confinement: /],
  ])('are refused: %s', async (expectation, message) => {
    const path = file('refused.yaml', relay(`expect: { ${expectation} }\n`));
    const { exit, stdout, stderr } = await run('check', path);
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });
});

describe('what never happens', () => {
  const silent = `
hosts: [{ name: proxy, callsOn: web, paths: [pooled] }, { name: web, accepts: NTLM }]
users: [{ name: alice }]
adversary: { controls: ['alice>proxy'], may: [observe, inject] }
`;

  it('makes a claim hold vacuously, and is said', async () => {
    const { exit, stdout } = await run('check', file('silent.yaml', silent));
    expect(exit).toBe(0);
    expect(stdout).toMatch(/No claim of \d+ is violated\. 3 claims hold vacuously\./);
    expect(stdout).toMatch(
      /! holds vacuously .*\(confinement.*\)\n +no user is ever accepted at web/,
    );
  });

  it('at some hosts alone is listed below the verdicts', async () => {
    const { stdout } = await run('check', 'topologies/article.yaml');
    expect(stdout).toContain('Never happens here: no user is ever accepted at mailbox;');
  });

  it('is in the document too', async () => {
    const { stdout } = await run('check', file('silent.yaml', silent), '--json');
    const { claims } = JSON.parse(stdout) as {
      claims: { id: string; vacuity: unknown }[];
    };
    expect(claims.find(({ id }) => id === 'confinement')?.vacuity).toEqual({
      isVacuous: true,
      never: ['no user is ever accepted at web'],
    });
  });
});

describe('the lines below the verdicts', () => {
  it('name each claim that does not apply, and where it does', async () => {
    const { stdout } = await run('check', file('plain.yaml', relay('')));
    expect(stdout).toContain('- pin-is-mutual: where some path of a proxy pins its connections\n');
  });

  it('name no claim that a limit left unchecked as one that does not apply', async () => {
    const { exit, stdout } = await run(
      'check',
      file('plain.yaml', relay('')),
      '--max-states',
      '100',
    );
    expect(exit).toBe(3);
    expect(stdout).not.toMatch(/^- .*served-as-owner/m);
    expect(stdout).toContain('the remaining claims are not proved');
  });

  it('hint at a command that a shell takes for one file', async () => {
    const path = file("it's; own.yaml", relay(''));
    const { stdout } = await run('check', path);
    expect(stdout).toContain(`npx double-hop trace confinement '${path.replace("'", "'\\''")}'`);
  });
});
