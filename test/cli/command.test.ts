/** The command as users run it: its output and its exit codes. */
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { deploymentsOf } from '../../machines/system/topology.ts';
import { CLAIMS } from '../../properties/catalogue.ts';
import { ARTICLE } from '../../properties/deployments/plain.ts';
import { SHIPPED } from '../../properties/deployments/shipped.ts';
import { atExit, MAIN, ownFolder, type Ran, run, runProcess } from './running.ts';

const { folder, file: made } = ownFolder();

const TWO_NTLM_HOSTS = `
users: [{ name: zoe, visits: [intranet] }]
hosts:
  - { name: intranet, accepts: NTLM, callsOn: reports }
  - { name: reports, accepts: NTLM }
`;

describe('check', () => {
  let article: Ran;
  beforeAll(() => {
    article = runProcess();
  });

  it('proves the article by default, in less than ten seconds of processor time', () => {
    const telling = atExit(
      'const { user, system } = process.cpuUsage(); console.error(user + system)',
    );
    const { status, stdout, stderr } = spawnSync(process.execPath, [...telling, MAIN, 'check'], {
      encoding: 'utf8',
    });
    expect(status).toBe(0);
    expect(stdout).toContain('With NTLM the second hop stops');
    expect(Number(stderr) / 1e6).toBeLessThan(10);
  });

  it('tells the two stories side by side, their cost, and the next commands', () => {
    expect(article.exit).toBe(0);
    for (const part of [
      'With NTLM the second hop stops',
      'With Basic the second hop passes, at this cost',
      'NTLM leaves behind:  No host learned a password',
      "Basic leaves behind: frontEnd and mailbox now both have alice's password.",
      'npx double-hop trace confinement',
    ])
      expect(article.stdout).toContain(part);
    expect(article.stdout).toMatch(/\n17\. alice's browser .*mailbox|\n17\. /);
  });

  it('is quiet in a pipe: no progress, no colour', () => {
    expect(article.stderr).toBe('');
    expect(article.stdout).not.toContain('\x1b');
  });

  it('prints one JSON document of the documented shape, and nothing else', async () => {
    const { exit, stdout, stderr } = await run('check', '--json');
    expect([exit, stderr]).toEqual([0, '']);
    const { deployments, claims, ...rest } = JSON.parse(stdout);
    expect(rest).toEqual({
      format: 'double-hop-verdicts/5',
      topology: 'article',
      fault: null,
    });
    expect(deployments).toEqual(deploymentsOf(ARTICLE));
    for (const claim of claims) {
      expect(Object.keys(claim)).toEqual([
        'id',
        'name',
        'kind',
        'deployment',
        'expected',
        'verdict',
        'states',
        'transitions',
        'depth',
        'milliseconds',
        'trace',
        'loop',
        'vacuity',
        'cause',
      ]);
      expect(['holds', 'violated', 'witnessed', 'unwitnessed']).toContain(claim.verdict);
      if (claim.expected !== null) expect(claim.verdict).toBe(claim.expected);
      for (const step of claim.trace ?? []) {
        expect(Object.keys(step)).toEqual(['component', 'event', 'deliveries']);
        for (const delivery of step.deliveries)
          expect(Object.keys(delivery)).toEqual(['from', 'to', 'event']);
      }
    }
  });

  it.each(SHIPPED.map(({ name }) => name))('finds the shipped %s as expected', async (name) => {
    expect(await run('check', `topologies/${name}.yaml`)).toMatchObject({ exit: 0, stderr: '' });
  });

  it("exits with 0 for a user's own topology in which nothing is violated", async () => {
    const alone = 'users: [{ name: zoe }]\nhosts: [{ name: intranet, accepts: NTLM }]\n';
    const { exit, stdout } = await run('check', made('alone.yaml', alone));
    expect(exit).toBe(0);
    expect(stdout).toContain('alone: zoe -> intranet (NTLM)');
  });

  it('exits with 1 where the second hop stops: the prompts there never end', async () => {
    const { exit, stdout } = await run('check', made('ntlm.yaml', TWO_NTLM_HOSTS));
    expect(exit).toBe(1);
    expect(stdout).toContain('ntlm: zoe -> intranet (NTLM) -> reports (NTLM)');
    expect(stdout).toContain(
      '1 of 18 claims is violated: sign-in-completes. 1 claim holds vacuously.',
    );
    expect(stdout).toMatch(
      /✗ violated .*\(sign-in-completes\)\n\s+Steps 11 to 38 repeat for ever: reports refuses/,
    );
    const told = await run('check', made('ntlm.yaml', TWO_NTLM_HOSTS), '--stories');
    expect(told.stdout).toContain('reports responds 401 to intranet: the response is anonymous');
    expect(told.stdout).toContain('repeat for ever');
  });

  it("exits with 1 for a user's own topology with a violation, and tells it", async () => {
    const path = made(
      'basic.json',
      JSON.stringify({
        users: [{ name: 'zoe' }],
        hosts: [
          { name: 'intranet', accepts: 'Basic', callsOn: 'reports' },
          { name: 'reports', accepts: 'NTLM' },
        ],
      }),
    );
    const { exit, stdout } = await run('check', path, '--claim', 'confinement');
    expect(exit).toBe(1);
    expect(stdout).toContain('1 of 1 claim is violated: confinement.');
    expect(stdout).toContain('Step by step: npx double-hop trace confinement');
    const told = await run('check', path, '--claim', 'confinement', '--stories');
    expect(told.stdout).toContain('confinement violated');
    expect(told.stdout).toContain("intranet authenticates zoe and now has zoe's password.");
  });

  it('checks only the claims of --claim', async () => {
    const { stdout } = await run('check', '--claim', 'three-messages', 'deadlock-free', '--json');
    const ids = JSON.parse(stdout).claims.map(({ id }: { id: string }) => id);
    expect(new Set(ids)).toEqual(new Set(['three-messages', 'deadlock-free']));
  });

  it.each([
    [['--max-states', '100'], 'more than 100 states: nothing was proved'],
    [['--max-seconds', '1', bigTopology()], 'more than 1000 ms: nothing was proved'],
    [[muchHeard()], 'the adversary hears more than 4 responses: nothing was proved'],
  ])('exits with 3 at a limit, and says that nothing was proved: %j', async (args, message) => {
    const { exit, stderr } = await run('check', ...args);
    expect(exit).toBe(3);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
  });

  it('prints at a limit the verdicts that it has reached', async () => {
    const { exit, stdout } = await run('check', '--max-states', '500', '--json');
    expect(exit).toBe(3);
    expect(JSON.parse(stdout).claims.length).toBeGreaterThan(0);
  });
});

function bigTopology(): string {
  return made(
    'big.yaml',
    `
users: [{ name: a, visits: [one] }, { name: b, visits: [one] }, { name: c, visits: [one] }]
hosts:
  - { name: one, accepts: NTLM, callsOn: two }
  - { name: two, accepts: NTLM }
bounds: { connections: 3 }
`,
  );
}

/** Each challenge that it forwards with a part removed gets a response of its own. */
function muchHeard(): string {
  return made(
    'much-heard.yaml',
    `
users: [{ name: zoe, visits: [evil] }]
hosts:
  - { name: evil, accepts: NTLM, callsOn: mailbox }
  - { name: mailbox, accepts: NTLM }
adversary: { controls: [evil], may: [relay, replay, strip] }
`,
  );
}

describe('bad input is one clear message and exit code 2:', () => {
  const big = join(folder, 'fifty-megabytes.yaml');
  fs.writeFileSync(big, '');
  fs.truncateSync(big, 50 * 2 ** 20);
  const host = (rest: string) => `users: [{ name: zoe }]\nhosts:\n  - { name: one, ${rest} }\n`;

  it.each([
    ['a file that is not there', ['check', 'nowhere.yaml'], 'nowhere.yaml: no such file'],
    ['a directory', ['check', 'topologies'], 'topologies: is a directory'],
    ['a file of 50 MB', ['check', big], 'it must have at most 1048576 (1 MiB)'],
    [
      'an unknown field',
      ['check', made('a.yaml', host('accepts: NTLM, calsOn: two'))],
      'a.yaml:3:33: hosts[0].calsOn: no such field',
    ],
    [
      'a hop to a host that is not there',
      ['check', made('b.yaml', host('accepts: NTLM, callsOn: two'))],
      'b.yaml:3:42: hosts[0].callsOn: no host is named "two"',
    ],
    [
      'a cycle',
      [
        'check',
        made(
          'c.yaml',
          `${host('accepts: NTLM, callsOn: two')}  - { name: two, accepts: NTLM, callsOn: one }\n`,
        ),
      ],
      'one -> two -> one',
    ],
    [
      'no hosts',
      ['check', made('d.yaml', 'users: [{ name: zoe }]\nhosts: []\n')],
      'd.yaml:2:8: hosts',
    ],
    ['a syntax error', ['check', made('e.yaml', 'users: [')], 'e.yaml:1:'],
    [
      'an adversary with nothing to relay',
      [
        'check',
        made('f.yaml', `${host('accepts: NTLM')}adversary: { controls: [one], may: [relay] }\n`),
      ],
      'f.yaml:4:37: adversary.may[0]: it can never relay: nothing that it controls connects',
    ],
    [
      'a pool key with an unknown component',
      [
        'check',
        made(
          'g.yaml',
          `${host('accepts: NTLM')}programs:\n  - { name: p, connectsTo: one, poolKey: [cookie], ` +
            'tasks: [{ ambientIdentity: zoe }] }\n',
        ),
      ],
      'g.yaml:5:43: programs[0].poolKey[0]: found "cookie"; it must be credentials',
    ],
    ['an unknown claim', ['check', '--claim', 'confinment'], 'did you mean "confinement"?'],
    ['a claim that does not apply', ['check', '--claim', 'safe-reuse'], 'it applies where'],
    ['an unknown option', ['check', '--jsn'], "unknown option '--jsn'"],
    ['a limit that is no number', ['check', '--max-states', 'many'], 'whole number'],
    ['too many arguments', ['check', 'a', 'b'], 'too many arguments'],
    ['an unknown command', ['chekc'], 'chekc: no such command or file (did you mean "check"?)'],
    ['a seed that is no number', ['walk', '--seed', '-1'], 'whole number'],
    ['a path without its seed', ['walk', '--path', '1:2'], '--path needs --seed'],
    ['a path that is none', ['walk', '--seed', '1', '--path', 'x'], '--path'],
    ['no claim to trace', ['trace'], "missing required argument 'claim'"],
    ['a claim without a trace', ['trace', 'three-messages'], 'it has no counterexample'],
    ['an unknown fault', ['trace', 'three-messages', '--fault', 'x'], 'no fault is called "x"'],
    [
      'a mechanism that is not compared',
      ['trace', 'confinement', 'topologies/direct-link.yaml', '--with', 'NTLM'],
      'does not compare',
    ],
    ['two formats at once', ['trace', 'confinement', '--json', '--mermaid'], 'cannot be used with'],
  ])('%s', async (_, args, message) => {
    const { exit, stdout, stderr } = await run(...args);
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

describe('trace', () => {
  it('tells the counterexample of confinement, which only Basic has', async () => {
    const { exit, stdout } = await run('trace', 'confinement');
    expect(exit).toBe(0);
    expect(stdout).toContain('article (Basic): confinement violated');
    expect(stdout).toContain("frontEnd authenticates alice and now has alice's password.");
  });

  it('draws it as a Mermaid sequence diagram, and prints it as data', async () => {
    expect((await run('trace', 'prompt-loop', '--mermaid')).stdout).toMatch(
      /^(---|sequenceDiagram)/,
    );
    expect(JSON.parse((await run('trace', 'confinement', '--json')).stdout)).toMatchObject({
      format: 'double-hop-verdicts/5',
      fault: null,
      deployments: [{ name: 'article (Basic)' }],
      claims: [{ id: 'confinement', deployment: 'article (Basic)', verdict: 'violated' }],
    });
  });

  it('chooses among the mechanisms that are compared', async () => {
    const { exit, stderr } = await run('trace', 'confinement', '--with', 'NTLM');
    expect([exit, stderr]).toEqual([
      2,
      'double-hop: confinement holds in article (NTLM): it has no counterexample\n',
    ]);
  });

  it('tells what a fault breaks', async () => {
    const { exit, stdout } = await run('trace', 'three-messages', '--fault', 'tries-for-ever');
    expect(exit).toBe(0);
    expect(stdout).toContain('three-messages violated');
    const data = await run('trace', 'three-messages', '--fault', 'tries-for-ever', '--json');
    expect(JSON.parse(data.stdout)).toMatchObject({
      fault: 'tries-for-ever',
      deployments: [{ name: 'article (NTLM)' }],
      claims: [{ id: 'three-messages', expected: 'holds', verdict: 'violated' }],
    });
  });
});

describe('walk', () => {
  it('takes the same sequences again from the same seed', async () => {
    const once = await run('walk', '--runs', '200', '--seed', '7', '--json');
    expect(once).toMatchObject({ exit: 0, stderr: '' });
    expect((await run('walk', '--runs', '200', '--seed', '7', '--json')).stdout).toBe(once.stdout);
    expect(JSON.parse(once.stdout)).toMatchObject({ topology: null, seed: 7, failure: null });
  });

  it('walks one topology', async () => {
    const { exit, stdout } = await run(
      'walk',
      'topologies/article.yaml',
      '--runs',
      '40',
      '--seed',
      '1',
    );
    expect(exit).toBe(0);
    expect(stdout).toContain('40 hop sequences on topologies/article.yaml');
  });
});

describe('the number of sequences', () => {
  it.each([1, 2, 3, 5, 7, 40])('of walk is the %i asked for', async (runs) => {
    const { exit, stdout } = await run('walk', '--runs', `${runs}`, '--seed', '1', '--json');
    expect([exit, JSON.parse(stdout).sequences]).toEqual([0, runs]);
  });
});

describe('walk with a fault', () => {
  const file = 'topologies/article.yaml';
  let failed: Ran;
  beforeAll(async () => {
    failed = await run('walk', file, '--fault', 'any-password', '--runs', '400', '--seed', '3');
  });

  it('exits with 1, and tells the shrunk walk with the violated claim', () => {
    expect([failed.exit, failed.stderr]).toEqual([1, '']);
    expect(failed.stdout).toContain('basic-hands-password-over violated');
    expect(failed.stdout).toContain('alice -> frontEnd (Basic) -> mailbox (Basic)');
    expect(failed.stdout).toContain('5. frontEnd authenticates alice');
  });

  it.each(['0', '1234567', '3:4:5', '99:99999:1', '0:0:0:0:0'])(
    'refuses a path that leads to no violation: %s',
    async (path) => {
      const { exit, stdout, stderr } = await run('walk', file, '--seed', '3', '--path', path);
      expect([exit, stdout]).toEqual([2, '']);
      expect(stderr).toBe(
        `double-hop: --path ${path}: no claim is violated there, with seed 3; ` +
          'give the whole command as it was printed\n',
      );
    },
  );

  it('quotes the name of a file for the shell', async () => {
    const named = made("it's $(x) `y`.yaml", fs.readFileSync(file, 'utf8'));
    const { stdout } = await run('walk', named, '--fault', 'any-password', '--seed', '3');
    expect(stdout).toContain(`walk '${named.replace("'", "'\\''")}' --fault`);
    const hostile = made('a\x1b\nb.yaml', fs.readFileSync(file, 'utf8'));
    const words = (await run('walk', hostile, '--fault', 'any-password', '--seed', '3')).stdout;
    const [, quoted] = /walk (\$'\S+') --fault/.exec(words) ?? [];
    const { stdout: name } = spawnSync('bash', ['-c', `printf %s ${quoted}`], { encoding: 'utf8' });
    expect(name).toBe(hostile);
  });

  it('prints the command that repeats it', async () => {
    const again = /^Repeat with: npx double-hop (.*)$/m.exec(failed.stdout)?.[1] ?? '';
    const args = again.replaceAll('"', '').split(' ');
    const once = await run(...args, '--json');
    expect(once.exit).toBe(1);
    expect(JSON.parse(once.stdout).failure.claim).toBe('basic-hands-password-over');
  });
});

describe('every command', () => {
  it('the schema is the one that ships', async () => {
    const shipped = fs.readFileSync('topologies/topology.schema.json', 'utf8');
    expect(await run('schema')).toEqual({ exit: 0, stdout: shipped, stderr: '' });
  });

  it.each(['--help', 'check --help', 'walk --help', 'trace --help'])(
    '%s documents the exit codes',
    async (args) => {
      const { exit, stdout } = await run(...args.split(' '));
      expect(exit).toBe(0);
      for (const code of [0, 1, 2, 3]) expect(stdout).toMatch(new RegExp(`^ {2}${code} +\\S`, 'm'));
    },
  );

  it('a reader that closes the pipe early causes no error', () => {
    const { stdout, stderr } = spawnSync('sh', ['-c', `${process.execPath} ${MAIN} | head -1`], {
      encoding: 'utf8',
    });
    expect(stdout).toMatch(/^article \(NTLM\): /);
    expect(stderr).toBe('');
  });

  it('every claim has an id that can be typed', () => {
    expect(CLAIMS.every(({ id }) => /^[a-z-]+$/.test(id))).toBe(true);
  });
});
