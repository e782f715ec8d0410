/** Topology files, good and bad: the user sees the message of a `BadInput`, with its place. */
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { anyOf, BadInput } from '../../../cli/input/bad-input.ts';
import { readTopology, SHIPPED, shippedTopology } from '../../../cli/input/topology-file.ts';
import { POLICIES } from '../../../machines/ntlm/policy.ts';
import { deploymentsOf, type Topology } from '../../../machines/system/topology.ts';
import { POOL_KEY } from '../../../machines/vocabulary/purpose.ts';
import { SHIPPED as CATALOGUED } from '../../../properties/deployments/shipped.ts';

const folder = fs.mkdtempSync(join(tmpdir(), 'topology-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** The message, with the path as if the file were read from its own folder. */
function shownFor(name: string): string {
  try {
    return `read ${readTopology(join(folder, name)).name}`;
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    return error.message.replaceAll(`${folder}/`, '');
  }
}
function shownForText(text: string | Uint8Array, name = 'x.yaml'): string {
  fs.writeFileSync(join(folder, name), text);
  return shownFor(name);
}

const GOOD = `hosts:
  - name: mailbox
    accepts: NTLM
users:
  - name: alice
`;
const EMPTY = 'x.yaml: is empty; it must hold a topology, with hosts and users';

describe('a file that cannot be read', () => {
  beforeAll(() => {
    fs.mkdirSync(join(folder, 'folder'));
    fs.symlinkSync('loop', join(folder, 'loop'));
    fs.writeFileSync(join(folder, 'secret'), GOOD);
    fs.chmodSync(join(folder, 'secret'), 0);
    execFileSync('mkfifo', [join(folder, 'pipe')]);
  });

  it.each([
    ['nowhere.yaml', 'nowhere.yaml: no such file'],
    ['folder', 'folder: is a directory; it must be a file'],
    ['loop', 'loop: cannot be read: too many symbolic links encountered'],
    ['secret/x', 'secret/x: cannot be read: not a directory'],
    ['a'.repeat(300), `${'a'.repeat(300)}: cannot be read: name too long`],
    ['a\0b', 'a\\u0000b: cannot be read: ERR_INVALID_ARG_VALUE'],
    ['pipe', 'pipe: is a device or a pipe; it must be a file'],
  ])('is refused with the reason: %j', (name, message) => expect(shownFor(name)).toBe(message));

  it.skipIf(process.getuid?.() === 0)('is refused without permission', () => {
    expect(shownFor('secret')).toBe('secret: cannot be read: permission denied');
  });

  it('is refused if it has 50 MB, before reading', () => {
    const file = fs.openSync(join(folder, 'large.yaml'), 'w');
    fs.ftruncateSync(file, 50_000_000);
    fs.closeSync(file);
    const before = process.memoryUsage().arrayBuffers;
    const message = 'large.yaml: has 50000000 bytes; it must have at most 1048576 (1 MiB)';
    expect(shownFor('large.yaml')).toBe(message);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
  });

  it.each([
    ['no UTF-8', new Uint8Array([0x61, 0xff]), 'x.yaml: is not UTF-8 text'],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x61, 0]), 'x.yaml: is UTF-16; save it as UTF-8'],
    ['a NUL', 'a: 1\nb\0', 'x.yaml:2:2: holds the control character U+0000; it must be text'],
    ['nothing', '', EMPTY],
    ['only space', ' \n\n', EMPTY],
    ['only a comment', '# nothing yet\n', EMPTY],
    ['null', 'null', EMPTY],
  ])('is refused with %s', (_, content, message) => {
    expect(shownForText(content)).toBe(message);
  });
});

const shownForEach = (texts: readonly string[], name?: string) =>
  texts.map((text) => shownForText(text, name)).join('\n');

describe('a file that is not YAML', () => {
  it("shows its first error with the library's reason or ours, and the line", () => {
    const faulty = [
      'a: b: c',
      'a:\n\t- b',
      '- a\nb: c',
      'a: "x',
      'a: !foo 1',
      '? [x]\n: 1',
      `${GOOD}hosts: []`,
      `${GOOD}---\na: 1`,
      'a: *x',
      `${'a'.repeat(70)}: b: c`,
    ];
    expect(shownForEach(faulty)).toMatchInlineSnapshot(`
      "x.yaml:1:4: not YAML: Nested mappings are not allowed in compact mappings
        a: b: c
      x.yaml:2:1: not YAML: Tabs are not allowed as indentation
        - b
      x.yaml:2:1: not YAML: Unexpected scalar at node end
        b: c
      x.yaml:1:6: not YAML: Missing closing "quote
        a: "x
      x.yaml:1:4: not YAML: Unresolved tag: !foo
        a: !foo 1
      x.yaml:1:3: a field must have a plain name
        ? [x]
      x.yaml:6:1: this field is repeated; it must be there once
        hosts: []
      x.yaml:6:1: another document starts here; a file must hold one
        ---
      x.yaml:1:4: no anchor above is named &x
        a: *x
      x.yaml:1:73: not YAML: Nested mappings are not allowed in compact mappings
        aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: b: c"
    `);
  });

  it('has a limit for aliases of aliases', () => {
    const doubled = ['b', 'c', 'd', 'e', 'f', 'g'].map((name, i) => {
      const before = 'abcdefg'[i];
      return `${name}: &${name} [*${before}, *${before}]`;
    });
    expect(shownForText(['a: &a [x]', ...doubled].join('\n'))).toBe(
      'x.yaml: aliases repeat something more than 32 times; write it out',
    );
  });

  it.each([
    ['brackets', '['.repeat(900_000), /^x\.yaml:1:65: nested more than 64 deep; no topology is\n/],
    ['dashes', '- '.repeat(500_000), /^x\.yaml:1:\d+: nested more than 64 deep; no topology is\n/],
    ['fields', 'k: 1\n'.repeat(200_000), /^x\.yaml:2858:1: longer than 20000 tokens; no top/],
    [
      'items',
      `[${'1,'.repeat(500_000)}]`,
      /^x\.yaml:1:\d+: longer than 20000 tokens; no topology is/,
    ],
  ])('is refused quickly with a megabyte of %s', (_, text, message) => {
    expect(shownForText(text)).toMatch(message);
  });
});

describe('a file named .json that is not JSON', () => {
  it('shows its first error with a reason and the line', () => {
    const faulty = [
      '{"users": [],\n "hosts": [{},]}',
      '{"a": 1, }',
      '{a: 1}',
      '{"a" "b"}',
      '// users\n{}',
      '{"a": "x',
      '{"a": 1',
      '{"a": 1, "a": 2}',
    ];
    expect(shownForEach(faulty, 'x.json')).toMatchInlineSnapshot(`
      "x.json:2:15: not JSON: value expected
        "hosts": [{},]}
      x.json:1:10: not JSON: property name expected
        {"a": 1, }
      x.json:1:2: not JSON: invalid symbol
        {a: 1}
      x.json:1:6: not JSON: colon expected
        {"a" "b"}
      x.json:1:1: not JSON: invalid comment token
        // users
      x.json:1:7: not JSON: unexpected end of string
        {"a": "x
      x.json:1:8: not JSON: close brace expected
        {"a": 1
      x.json:1:10: this field is repeated; it must be there once
        {"a": 1, "a": 2}"
    `);
  });

  it.each(['x', '\\n', 'x\\n'])('is refused quickly with an endless text of %j', (part) => {
    const text = `["${part.repeat(1_000_000 / part.length)}]`;
    expect(shownForText(text, 'x.json')).toContain(
      'x.json:1:2: not JSON: unexpected end of string',
    );
  });

  it('is refused exactly when JSON.parse fails', () => {
    const json = fc.json({ maxDepth: 3 });
    const damage = fc.constantFrom(...',}]"\\0-: \n\u00a0e');
    const damaged = fc.tuple(json, fc.nat(), damage).map(([text, at, what]) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + what + text.slice(place);
    });
    const isJson = (text: string) => {
      try {
        JSON.parse(text);
        return true;
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(fc.oneof(json, damaged), (text) => {
        fc.pre(!/[^\P{Cc}\n]/u.test(text));
        expect(shownForText(text, 'x.json').includes(': not JSON: ')).toBe(!isJson(text));
      }),
      { numRuns: 500 },
    );
  });
});

describe('a file that is no topology', () => {
  it('shows the place of each issue: a value, a key, an item, an alias, or a parent', () => {
    const faulty = [
      GOOD.replace('NTLM', 'NTML'),
      GOOD.replace('accepts', 'acepts'),
      GOOD.replace('name: alice', 'visits: [mailbox]'),
      `${GOOD}    visits: [mailbox, mailbx]\n`,
      GOOD.replace('name: mailbox', 'name: &it 7').replace('alice', '*it'),
      GOOD.replace('NTLM', '7').replaceAll('\n', '\r\n'),
      '# nothing but a list\n[]',
    ];
    expect(shownForEach(faulty)).toMatchInlineSnapshot(`
      "x.yaml:3:14: hosts[0].accepts: found "NTML"; it must be NTLM or Basic (did you mean "NTLM"?)
      x.yaml:3:5: hosts[0].acepts: no such field; the fields are name, accepts, callsOn, policy, defences, logonMethod, certificate, names, redirectsTo, paths (did you mean "accepts"?)
      x.yaml:5:5: users[0].name: missing; it must be text of 1 to 40 characters
      x.yaml:6:23: users[0].visits[1]: no host is named "mailbx"; the only host is mailbox (did you mean "mailbox"?)
      x.yaml:2:15: hosts[0].name: found 7; it must be text of 1 to 40 characters
      x.yaml:5:11: users[0].name: found 7; it must be text of 1 to 40 characters
      x.yaml:3:14: hosts[0].accepts: found 7; it must be NTLM or Basic
      x.yaml:2:1: found a list; it must be an object with the fields name, compare, hosts, users, programs, adversary, expect, bounds"
    `);
  });

  it('shows it in JSON too, indented with tabs', () => {
    const text =
      '{\n\t"hosts": [{ "name": "a", "accepts": 1 }],\n\t"users": [{ "name": "u" }]\n}\n';
    const message = 'x.json:2:38: hosts[0].accepts: found 1; it must be NTLM or Basic';
    expect(shownForText(text, 'x.json')).toBe(message);
  });

  it('shows up to ten issues, in the order of the file', () => {
    const list = (count: number) => '  - name: 7\n'.repeat(count);
    const lines = shownForText(`users:\n${list(8)}hosts:\n${list(4)}`).split('\n');
    const wanted = 'found 7; it must be text of 1 to 40 characters';
    expect(lines).toHaveLength(11);
    expect(lines[0]).toBe(`x.yaml:2:11: users[0].name: ${wanted}`);
    expect(lines[9]).toBe(`x.yaml:12:11: hosts[1].name: ${wanted}`);
    expect(lines[10]).toBe('and 2 more');
  });
});

describe('a shipped topology', () => {
  it('is each YAML file of topologies/, which starts by naming its schema', () => {
    const files = fs.readdirSync(new URL('../../../topologies/', import.meta.url));
    const names = files.flatMap((file) => /^(.+)\.yaml$/.exec(file)?.[1] ?? []);
    expect([...SHIPPED.keys()]).toEqual(names.sort());
    for (const path of SHIPPED.values()) {
      expect(fs.readFileSync(path, 'utf8')).toMatch(
        /^# yaml-language-server: \$schema=\.\/topology\.schema\.json\n/,
      );
    }
  });

  it.each([...SHIPPED.keys()])('%s has its file name, and deployments', (name) => {
    expect(shippedTopology(name).name).toBe(name);
    expect(deploymentsOf(shippedTopology(name)).length).toBeGreaterThan(0);
  });

  it.each(CATALOGUED.map((topology) => [topology.name, topology] as const))(
    '%s is the one that the catalogue speaks of',
    (name, topology) => {
      expect(shippedTopology(name)).toEqual(topology);
    },
  );

  it('is in the catalogue', () => {
    expect([...SHIPPED.keys()].sort()).toEqual(CATALOGUED.map(({ name }) => name).sort());
  });

  it.each([
    ['artcle', ' (did you mean "article"?)'],
    ['../package', ''],
  ])('is not found as %s', (name, hint) => {
    expect(() => shippedTopology(name)).toThrow(
      new BadInput(
        `no topology is shipped as "${name}"; it must be ${anyOf([...SHIPPED.keys()])}${hint}`,
      ),
    );
  });
});

const NAME = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_.-]{0,39}$/);
const either = <Value extends string>(...values: readonly Value[]) => fc.constantFrom(...values);
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
const check = either('ignored', 'checkedIfPresent', 'required');
const defences = fc.record({
  challenges: either('fresh', 'static'),
  timestamp: either('sent', 'leftOut'),
  ntlmv1: either('refused', 'allowed'),
  lmResponse: either('ignored', 'accepted'),
  serverName: check,
  channelBinding: check,
  targetName: either('unchecked', 'checked'),
  mic: either('ignored', 'checkedIfFlagged'),
  loopback: either('unchecked', 'checked'),
});
const initiator = fc.record({
  version: either('NTLMv2', 'NTLMv1'),
  bindsChannel: fc.boolean(),
  withoutChannel: either('leavesOut', 'zeroes'),
  sendsMic: fc.boolean(),
  trustsTarget: fc.boolean(),
  dropsFlags: fc.boolean(),
  afterLapse: either('authenticates', 'repeats'),
});
const bounds = fc.record({
  connections: fc.integer({ min: 1, max: 4 }),
  challenges: fc.integer({ min: 1, max: 4 }),
  pages: fc.uniqueArray(either('default', 'logonForm', 'mailbox'), { minLength: 1 }),
  wrongPasswords: fc.boolean(),
  closing: fc.boolean(),
});

/** A chain of hosts: the adversary owns the first, and a proxy may stand before the last. */
const anyTopology: fc.Arbitrary<Topology> = fc
  .uniqueArray(NAME, { minLength: 6, maxLength: 14 })
  .chain(([user = '', program = '', adversary = '', account = '', ...hostNames]) =>
    fc.record({
      name: fc.stringMatching(/^[ -~é-ÿ€]{1,80}$/),
      compare: fc.uniqueArray(either('NTLM', 'Basic'), { minLength: 1 }),
      users: fc
        .record({
          name: fc.constant(user),
          visits: fc
            .shuffledSubarray(hostNames.slice(1))
            .map((more) => [...hostNames.slice(0, 1), ...more]),
          at: maybe(fc.constant(hostNames[0]!)),
          password: either('strong', 'weak'),
          initiator,
          keepAlive: fc.boolean(),
          handshake: fc.constantFrom('connection', 'host'),
        })
        .map((first) => [first, { ...first, name: account }]),
      hosts: fc
        .tuple(
          ...hostNames.map((name, i) =>
            fc.record({
              name: fc.constant(name),
              accepts: i === 0 ? fc.constant(null) : maybe(either('NTLM', 'Basic')),
              callsOn: fc.constant(hostNames[i + 1] ?? null),
              policy: fc.constantFrom(...Object.values(POLICIES)),
              defences,
              logonMethod: either('ClearText', 'Network'),
              certificate: fc.constant(name),
              redirectsTo: fc.constant(null),
              names: fc.uniqueArray(either(name, ...hostNames), { minLength: 1, maxLength: 16 }),
              paths: fc.constant([]),
            }),
          ),
        )
        .chain((hosts) =>
          fc
            .array(either('pinned', 'pooled', 'closing'), { maxLength: 3 })
            .map((paths) =>
              hosts.map((host, i) =>
                i === hosts.length - 2 && i > 0 && paths.length > 0
                  ? { ...host, accepts: null, names: [host.name], paths }
                  : host,
              ),
            ),
        ),
      programs: fc.array(
        fc.record({
          name: fc.constant(program),
          connectsTo: fc.constantFrom(...hostNames),
          poolKey: fc.shuffledSubarray([...POOL_KEY]),
          keepAlive: fc.boolean(),
          handshake: fc.constantFrom('connection', 'host'),
          tasks: fc.array(
            fc.record({
              credentials: maybe(either(user, account)),
              ambientIdentity: either(user, account),
              origin: NAME,
              proxyCredentials: maybe(either(user, account)),
              delegation: either('none', 'policy', 'always'),
            }),
            { minLength: 1, maxLength: 4 },
          ),
        }),
        { maxLength: 1 },
      ),
      adversary: maybe(
        fc.record({
          name: either(adversary, account),
          controls: fc.constant([hostNames[0]!, account]),
          may: fc.shuffledSubarray(['relay', 'strip', 'inject', 'close'] as const, {
            minLength: 1,
          }),
          knows: fc.constant([]),
        }),
      ),
      bounds,
    }),
  );

/** As a person would write it, without empty fields. */
const written = (topology: Topology): unknown =>
  JSON.parse(
    JSON.stringify(topology, (_, value: unknown) => value ?? undefined),
    (key, value) => {
      if (key === 'paths' && value.length === 0) return undefined;
      const isProxy = value.paths?.length > 0; // it compares no names
      return isProxy ? { ...value, names: undefined } : value;
    },
  );

it.each([
  ['YAML', 'x.yaml', stringify],
  ['JSON', 'x.json', JSON.stringify],
  ['JSON in lines', 'x.json', (data: unknown) => JSON.stringify(data, null, '\t')],
])('a topology written as %s is read unchanged', (_, name, write) => {
  fc.assert(
    fc.property(anyTopology, (topology) => {
      fs.writeFileSync(join(folder, name), write(written(topology)));
      expect(readTopology(join(folder, name))).toEqual(topology);
    }),
    { numRuns: 200 },
  );
});
