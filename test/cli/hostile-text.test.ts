/**
 * Text from outside is shown and never obeyed: file names, options, names and values in files,
 * strings of recordings, and what a server says, through every command and in every output.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BadDocument, readVerdicts } from '../../inspector/story/documents/document.ts';
import { toMermaid } from '../../story/diagram/mermaid.ts';
import { answering, conformed } from './commands/conforming.ts';
import { ownFolder, type Ran, run } from './running.ts';

const { folder, file } = ownFolder();

/** What a terminal obeys, or a reader does not see. */
const CONTROLS = [
  '\x1b]0;title\x07\x1b[2J\x1b[31m', // ESC and BEL: sets the title, clears the screen
  '\x9b31m\x9d0;x\x9c', // C1
  '\x7f\b\r\t\v',
  '\u202eabc\u2066\u200e', // bidirectional
  'a\u200b\u2060\ufeff', // zero width
  '\nFORGED: holds\u2028FORGED\u2029FORGED\x85FORGED',
];
const MARKUP = '|<script>alert(1)<|script>![x](http:||host)`--';
const HOSTILE = `${CONTROLS.join('')}${MARKUP}`;

const RAW = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u;

function expectVisible(text: string): void {
  expect(RAW.exec(text)?.[0]).toBeUndefined();
  expect(text).not.toMatch(/^FORGED/m);
}

function expectShown({ stdout, stderr }: Pick<Ran, 'stdout' | 'stderr'>): void {
  expectVisible(stdout);
  expectVisible(stderr);
  expect(`${stdout}${stderr}`).toContain('\\u001b]0;title');
}

const topology = (name = '') =>
  `${name}hosts: [{ name: mailbox, accepts: Basic }]\nusers: [{ name: alice }]\n`;
const own = file(`${HOSTILE}.yaml`, topology());
const named = file('named.yaml', topology(`name: ${JSON.stringify(HOSTILE.slice(0, 60))}\n`));

const observation = { connection: HOSTILE, method: HOSTILE, target: `/${HOSTILE}` };
const recording = {
  format: 'double-hop-recording/1',
  source: HOSTILE,
  connections: [{ id: HOSTILE, client: HOSTILE, server: 'http://127.0.0.1:80', isProxy: false }],
  observations: [
    { what: 'opened', connection: HOSTILE },
    { what: 'request', ...observation, authorization: null, user: HOSTILE },
    {
      ...{ what: 'reply', connection: HOSTILE, status: 401 },
      ...{ authenticate: [`Basic realm="${MARKUP}"`], location: HOSTILE, identity: HOSTILE },
    },
  ],
};
const recorded = file(`recorded${HOSTILE}.json`, JSON.stringify(recording));

describe('a file name', () => {
  it.each([
    [['check', own]],
    [['check', own, '--claim', 'password-stays-secret']],
    [['walk', own, '--runs', '4']],
    [['walk', own, '--runs', '400', '--fault', 'serial-not-compared']],
    [['trace', 'mailbox-read', own]],
    [['trace', 'mailbox-read', own, '--mermaid']],
    [['check', `${own}.missing`]],
    [['check', folder + HOSTILE]],
    [['judge', recorded]],
    [['judge', own]],
    [['judge', recorded, '--redact', own]],
    [['trace', 'mailbox-read', own, '--recording', recorded]],
    [['trace', 'mailbox-read', own, '--recording', own]],
    [['inspect', '--no-open', '--trace', own]],
    [['inspect', '--no-open', `${own}.missing`]],
    [['export', own, '--out', recorded]],
    [['conform', '--server', 'http://127.0.0.1:9/', '--user', 'a', '--record', recorded]],
  ])('is shown by %#', async (args) => {
    const { stdout, stderr, exit } = await run(...args);
    expect([0, 1, 2]).toContain(exit);
    expectVisible(stdout);
    expectVisible(stderr);
  });

  it('is the name of a topology in visible letters, in text and in JSON', async () => {
    expectShown(await run('check', own));
    const { stdout } = await run('check', own, '--json');
    expectVisible(stdout);
    expect(JSON.parse(stdout).topology).toContain('\\u001b]0;title');
    expectVisible((await run('walk', own, '--runs', '4', '--json')).stdout);
  });
});

describe('an option', () => {
  it.each([
    [['check', '--claim', HOSTILE]],
    [['check', `--${HOSTILE}`]],
    [['check', '--max-states', HOSTILE]],
    [['check', 'article', HOSTILE]],
    [[HOSTILE]],
    [['help', HOSTILE]],
    [['trace', HOSTILE]],
    [['trace', 'confinement', '--fault', HOSTILE]],
    [['trace', 'confinement', '--with', HOSTILE]],
    [['trace', 'mailbox-read', own, '--recording', recorded, '--host', HOSTILE]],
    [['walk', '--seed', '1', '--path', HOSTILE]],
    [['mutate', '--machine', HOSTILE]],
    [['judge', recorded, '--as', HOSTILE]],
    [['judge', recorded, '--policy', HOSTILE]],
    [['judge', recorded, '--identity-header', HOSTILE]],
    [['conform', '--server', HOSTILE, '--user', 'a']],
    [['conform', '--server', 'http://a/', '--user', HOSTILE]],
    [['conform', '--server', 'http://a/', '--proxy', HOSTILE, '--user', 'a']],
    [['conform', '--server', 'http://a/', '--user', 'a', '--identity-header', HOSTILE]],
  ])('is shown by %#', async (args) => {
    const { exit, stdout, stderr } = await run(...args);
    expect([0, 1, 2]).toContain(exit);
    expectVisible(stdout);
    expectVisible(stderr);
  });
});

describe('what a topology file says', () => {
  it.each([
    ['a name', () => named],
    ['a name with C1', () => 'test/cli/fixtures/c1.yaml'],
    ['a field', () => file('field.yaml', `${topology()}${JSON.stringify(HOSTILE)}: 1\n`)],
    ['a value', () => file('value.yaml', `hosts: ${JSON.stringify(HOSTILE)}\nusers: []\n`)],
    ['a host', () => file('host.yaml', topology().replace('mailbox', JSON.stringify(HOSTILE)))],
    ['YAML itself', () => file('alias.yaml', `hosts: *${MARKUP}\u202e\u0085\n`)],
    ['raw C1', () => file('raw.yaml', `name: "\x9b31m"\n${topology()}`)],
    ['raw bidirectional controls', () => file('bidi.yaml', `${topology()}x\u202e: [\n`)],
    ['JSON', () => file('json.json', `{"hosts": \u202e"\u2028`)],
  ])('is shown where it is wrong: %s', async (_, path) => {
    const { exit, stdout, stderr } = await run('check', path());
    expect([exit, stdout]).toEqual([2, '']);
    expectVisible(stderr);
  });
});

describe('a recording', () => {
  it.each([[[]], [['--json']], [['--side', 'client']], [['--side', 'server', '--json']]])(
    'is judged without obeying its strings: %j',
    async (options) => {
      for (const path of [recorded, 'test/cli/fixtures/esc-source.json'])
        expectVisible((await run('judge', path, ...options)).stdout);
      expectShown(await run('judge', recorded, ...options));
    },
  );

  it('in JSON keeps what it says', async () => {
    const { stdout } = await run('judge', recorded, '--json');
    expect(JSON.parse(stdout)).toMatchObject({ recording: recorded, source: HOSTILE });
  });

  it('that cannot be read is quoted visibly', async () => {
    for (const text of [
      `{"format": "double-hop-recording/1", "${HOSTILE.replaceAll('\n', '')}": 1}`,
      JSON.stringify({ ...recording, [HOSTILE]: HOSTILE, connections: HOSTILE }),
      JSON.stringify({
        log: { version: HOSTILE, [HOSTILE]: 1, entries: [{ [HOSTILE]: HOSTILE }] },
      }),
      JSON.stringify({
        ...recording,
        connections: [...recording.connections, ...recording.connections],
      }),
    ])
      expectVisible((await run('judge', file('bad.json', text))).stderr);
  });
});

describe('an export', () => {
  it('has no raw text from outside in any file or file name', async () => {
    const out = join(folder, 'out');
    const { exit, stdout } = await run('export', own, '--out', out, '--claim', 'mailbox-read');
    expect(exit).toBe(0);
    expectVisible(stdout);
    const paths = readdirSync(out, { recursive: true, encoding: 'utf8' });
    expect(paths.filter((path) => !/^[\w./-]+$/.test(path))).toEqual([]);
    for (const path of paths.filter((each) => /\.\w+$/.test(each))) {
      const text = readFileSync(join(out, path), 'utf8');
      if (path.endsWith('.html')) expect(text).not.toContain('<script>alert');
      else expectVisible(text);
    }
    const index = readFileSync(join(out, 'index.md'), 'utf8');
    expect(index).not.toMatch(/<script|[^\\]!\[|[^\\]\[x|:\|\||[^\\]\|<|http:/);
    expect(index.split('\n').filter((line) => /[^\\|]\|[^|]/.test(line.slice(1, -1)))).toHaveLength(
      3,
    );
    const promela = join(out, 'promela');
    await run('export', own, '--out', promela, '--claim', 'mailbox-read', '--promela');
    await run('export', own, '--out', `${out}-tla`, '--claim', 'mailbox-read', '--tla');
    for (const made of [promela, `${out}-tla`])
      for (const name of readdirSync(made)) {
        expect(name).toMatch(/^[\w.-]+$/);
        expectVisible(readFileSync(join(made, name), 'utf8').replaceAll('\t', ' '));
      }
  });

  it('as Mermaid escapes its syntax, HTML and formulas', () => {
    const drawn = toMermaid([], `${HOSTILE}$$x$$&lt;`);
    expectVisible(drawn);
    expect(drawn).not.toMatch(/[<>&$"]|#(?!\d+;)/);
    expect(drawn.split('\n')).toHaveLength(3);
  });
});

describe('a document of verdicts', () => {
  it('is read with every string visible', async () => {
    const { stdout } = await run('trace', 'mailbox-read', own, '--json');
    const data = JSON.parse(stdout);
    data.topology = HOSTILE;
    data.claims[0].name = HOSTILE;
    const read = readVerdicts(JSON.stringify(data));
    for (const text of [read.topology, read.claims[0]!.name]) expectVisible(text);
  });

  it('that is no such document is refused visibly', async () => {
    const { stdout } = await run('trace', 'mailbox-read', own, '--json');
    for (const text of [
      JSON.stringify({ ...JSON.parse(stdout), [HOSTILE]: 1 }),
      JSON.stringify({ format: HOSTILE }),
      JSON.stringify({ ...JSON.parse(stdout), fault: HOSTILE }),
      '['.repeat(100_000) + ']'.repeat(100_000),
    ]) {
      expect(() => readVerdicts(text)).toThrow(BadDocument);
      const { exit, stderr } = await run('inspect', '--no-open', '--trace', file('doc.json', text));
      expect(exit).toBe(2);
      expectVisible(stderr);
    }
  });
});

describe('what a server says', () => {
  it.each([
    ['a banner', `${CONTROLS[0]}${CONTROLS[1]}\r\n\r\n`],
    ['a field', `HTTP/1.1 401 No\r\n${HOSTILE.replaceAll(/[\r\n]/g, '')}\r\n\r\n`],
    [
      'a scheme',
      `HTTP/1.1 401 ${CONTROLS[0]}\r\nWWW-Authenticate: \x1b[31m\r\nContent-Length: 0\r\n\r\n`,
    ],
    [
      'an offer',
      'HTTP/1.1 401 No\r\nWWW-Authenticate: NTLM \x1b[31m\x9b\r\nContent-Length: 0\r\n\r\n',
    ],
  ])('is shown where it is wrong: %s', async (_, said) => {
    await answering(said, async (origin) => {
      for (const json of [true, false]) {
        const told = await conformed(origin, { json }).then(
          ({ text }) => text,
          (error: Error) => error.message,
        );
        expectVisible(told);
      }
    });
  });
});
