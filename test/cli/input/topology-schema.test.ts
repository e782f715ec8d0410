/** The schema of topologies: its defaults, its messages, and no other errors. */
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { didYouMean } from '../../../cli/input/bad-input.ts';
import { parseTopology } from '../../../cli/input/topology-data.ts';
import { schemaText, topologyJsonSchema } from '../../../cli/input/topology-schema.ts';
import { DEFENCES } from '../../../machines/ntlm/acceptor.ts';
import { INITIATOR } from '../../../machines/ntlm/initiator.ts';
import { POLICIES, STANDARD } from '../../../machines/ntlm/policy.ts';

const frontEnd = { name: 'frontEnd', accepts: 'NTLM', callsOn: 'mailbox' };
const mailbox = { name: 'mailbox', accepts: 'NTLM' };
const alice = { name: 'alice' };
const USUAL = {
  policy: STANDARD,
  defences: DEFENCES,
  logonMethod: 'ClearText',
  certificate: null,
  redirectsTo: null,
  paths: [],
};
const VALID = { hosts: [frontEnd, mailbox], users: [alice] };

const messagesFor = (data: unknown) => parseTopology(data, 'x').issues.map((each) => each.message);
const withHost = (fields: object) => ({ ...VALID, hosts: [{ ...frontEnd, ...fields }, mailbox] });
const withUser = (fields: object) => ({ ...VALID, users: [{ ...alice, ...fields }] });
const withBounds = (bounds: unknown) => ({ ...VALID, bounds });

describe('a topology', () => {
  it('has defaults for everything except the names of its hosts and users', () => {
    expect(parseTopology({ ...VALID, $schema: './any.json' }, 'fallback').topology).toEqual({
      name: 'fallback',
      compare: [],
      users: [
        {
          name: 'alice',
          visits: ['frontEnd'],
          at: null,
          password: 'strong',
          initiator: INITIATOR,
          keepAlive: true,
          handshake: 'connection',
        },
      ],
      hosts: [
        { ...frontEnd, names: ['frontEnd'], ...USUAL },
        { ...mailbox, names: ['mailbox'], callsOn: null, ...USUAL },
      ],
      programs: [],
      adversary: null,
      bounds: {
        connections: 1,
        challenges: 2,
        pages: ['mailbox'],
        wrongPasswords: false,
        closing: true,
      },
    });
  });

  it('may leave the mechanisms of its hosts to compare', () => {
    const data = { compare: ['Basic', 'NTLM'], hosts: [{ name: 'mailbox' }], users: [alice] };
    expect(parseTopology(data, 'x').topology).toMatchObject({
      compare: ['Basic', 'NTLM'],
      hosts: [{ accepts: null }],
    });
  });

  it.each(Object.entries(POLICIES))(
    'knows the policy %s, by name and spelt out',
    (name, policy) => {
      for (const given of [name, policy]) {
        expect(parseTopology(withHost({ policy: given }), 'x').topology?.hosts[0]?.policy).toEqual(
          policy,
        );
      }
    },
  );

  it('completes a policy from the standard one', () => {
    const { topology } = parseTopology(withHost({ policy: { otherScheme: 'refuse' } }), 'x');
    expect(topology?.hosts[0]?.policy).toEqual({ ...STANDARD, otherScheme: 'refuse' });
  });
});

const MISTAKES = {
  'no object': [],
  'an unknown field': { ...VALID, hots: 1 },
  'a field of every object': JSON.parse('{"__proto__": 1, "hosts": 1, "users": 1}'),
  'a strange field': { ...VALID, 'a\nb': 1 },
  'no users': { hosts: [mailbox] },
  'an empty list': { ...VALID, users: [] },
  'too many users': {
    ...VALID,
    users: Array.from({ length: 101 }, (_, i) => ({ name: `user${i}` })),
  },
  'an empty value': { ...VALID, hosts: null },
  'a user as text': { ...VALID, users: ['alice'] },
  'a number as name': withUser({ name: 7 }),
  'a name with a space': withUser({ name: 'al ice' }),
  'a name with >': withUser({ name: 'a>b' }),
  'an empty name': withUser({ name: '' }),
  'a long name': withUser({ name: 'a'.repeat(41) }),
  'a name on two lines': { ...VALID, name: 'a\nb' },
  'a misspelt mechanism': withHost({ accepts: 'NTML' }),
  'another mechanism': withHost({ accepts: 'Kerberos' }),
  'a misspelt policy': withHost({ policy: 'squidd' }),
  'a policy of no type': withHost({ policy: 3 }),
  'a wrong choice': withHost({ policy: { afterFailure: 'lost' } }),
  'a misspelt choice': withHost({ policy: { otherSchema: 'fail' } }),
  'a bound out of range': withBounds({ connections: 17 }),
  'a huge bound': withBounds({ connections: 1e300 }),
  'half a challenge': withBounds({ challenges: 1.5 }),
  'no page': withBounds({ pages: [] }),
  'the same page twice': withBounds({ pages: ['mailbox', 'mailbox'] }),
  'text for true': withBounds({ closing: 'yes' }),
  'the same visit twice': withUser({ visits: ['mailbox', 'mailbox'] }),
  'the same mechanism twice': { ...VALID, compare: ['NTLM', 'NTLM'] },
  'a visit to nowhere': withUser({ visits: ['frontend'] }),
  'a call to nowhere': withHost({ callsOn: 'mailbx' }),
  'a call from the only host': { hosts: [frontEnd], users: [alice] },
  'two hosts of a name': { ...VALID, hosts: [frontEnd, mailbox, mailbox] },
  'two users of a name': { ...VALID, users: [alice, alice] },
  'a user named as a host': withUser({ name: 'mailbox' }),
  'a call on oneself': { ...VALID, hosts: [{ ...mailbox, callsOn: 'mailbox' }] },
  'calls in a circle': { ...VALID, hosts: [frontEnd, { ...mailbox, callsOn: 'frontEnd' }] },
  'nothing to accept': { ...VALID, hosts: [{ name: 'mailbox' }] },
  'nothing to compare': { ...VALID, compare: ['NTLM'] },
  'an idle host': { ...VALID, hosts: [frontEnd, mailbox, { ...mailbox, name: 'spare' }] },
};

describe('an issue has a message', () => {
  it('for each of 40 mistakes', () => {
    const said = Object.entries(MISTAKES).flatMap(([mistake, data]) =>
      messagesFor(data).map((message) => `${mistake} | ${message}`),
    );
    expect(said.join('\n')).toMatchInlineSnapshot(`
      "no object | found a list; it must be an object with the fields name, compare, hosts, users, programs, adversary, expect, bounds
      an unknown field | hots: no such field; the fields are name, compare, hosts, users, programs, adversary, expect, bounds (did you mean "hosts"?)
      a field of every object | hosts: found 1; it must be a list of 1 to 100 items
      a field of every object | users: found 1; it must be a list of 1 to 100 items
      a field of every object | __proto__: no such field; the fields are name, compare, hosts, users, programs, adversary, expect, bounds
      a strange field | ["a\\nb"]: no such field; the fields are name, compare, hosts, users, programs, adversary, expect, bounds
      no users | users: missing; it must be a list of 1 to 100 items
      an empty list | users: found 0 items; it must be a list of 1 to 100 items
      too many users | users: found 101 items; it must be a list of 1 to 100 items
      an empty value | hosts: found an empty value; it must be a list of 1 to 100 items
      a user as text | users[0]: found "alice"; it must be an object with the fields name, visits, at, password, initiator, keepAlive, handshake
      a number as name | users[0].name: found 7; it must be text of 1 to 40 characters
      a name with a space | users[0].name: found "al ice"; it must be a letter, then letters, digits, "_", "." or "-"
      a name with > | users[0].name: found "a>b"; it must be a letter, then letters, digits, "_", "." or "-"
      an empty name | users[0].name: found ""; it must be a letter, then letters, digits, "_", "." or "-"
      a long name | users[0].name: found 41 characters; it must be text of 1 to 40 characters
      a name on two lines | name: found "a\\nb"; it must be one line of visible text
      a misspelt mechanism | hosts[0].accepts: found "NTML"; it must be NTLM or Basic (did you mean "NTLM"?)
      another mechanism | hosts[0].accepts: found "Kerberos", which is not modelled yet; it must be NTLM or Basic. Where Negotiate falls back to NTLM, write NTLM
      a misspelt policy | hosts[0].policy: found "squidd"; it must be standard, modAuthGssapi, ntlmAuth, squid or expressNtlm, or an object with the fields afterFailure, failureReply, secondNegotiate, requestMidway, reauthentication, otherScheme, persistence, onPageRefusal (did you mean "squid"?)
      a policy of no type | hosts[0].policy: found 3; it must be standard, modAuthGssapi, ntlmAuth, squid or expressNtlm, or an object with the fields afterFailure, failureReply, secondNegotiate, requestMidway, reauthentication, otherScheme, persistence, onPageRefusal
      a wrong choice | hosts[0].policy.afterFailure: found "lost"; it must be spent, reusable or poisoned
      a misspelt choice | hosts[0].policy.otherSchema: no such field; the fields are afterFailure, failureReply, secondNegotiate, requestMidway, reauthentication, otherScheme, persistence, onPageRefusal (did you mean "otherScheme"?)
      a bound out of range | bounds.connections: found 17; it must be a whole number from 1 to 16
      a huge bound | bounds.connections: found 1e+300; it must be a whole number from 1 to 16
      half a challenge | bounds.challenges: found 1.5; it must be a whole number from 1 to 16
      no page | bounds.pages: found 0 items; it must be a list of 1 or more items
      the same page twice | bounds.pages[1]: found "mailbox" again; it must be in the list once
      text for true | bounds.closing: found "yes"; it must be true or false
      the same visit twice | users[0].visits[1]: found "mailbox" again; it must be in the list once
      the same mechanism twice | compare[1]: found "NTLM" again; it must be in the list once
      a visit to nowhere | users[0].visits[0]: no host is named "frontend"; the hosts are frontEnd, mailbox (did you mean "frontEnd"?)
      a call to nowhere | hosts[0].callsOn: no host is named "mailbx"; the hosts are frontEnd, mailbox (did you mean "mailbox"?)
      a call from the only host | hosts[0].callsOn: no host is named "mailbox"; the only host is frontEnd
      two hosts of a name | hosts[2].name: found "mailbox", the name of hosts[1]; it must differ
      two users of a name | users[1].name: found "alice", the name of users[0]; it must differ
      a user named as a host | users[0].name: found "mailbox", the name of hosts[1]; it must differ
      a call on oneself | hosts[0].callsOn: "mailbox" must not call itself; name another host, or leave callsOn out
      calls in a circle | hosts[0].callsOn: the hosts call each other in a circle, frontEnd -> mailbox -> frontEnd; one of them must have no callsOn
      nothing to accept | hosts[0].accepts: missing, and the topology has no compare; add "accepts: NTLM" (or Basic) here, or "compare: [NTLM, Basic]" to the topology
      nothing to compare | compare: every host has accepts, so nothing is compared; leave out compare, or the accepts of a host
      an idle host | hosts[2].name: no user visits "spare" and no host calls it; add it to visits or callsOn, or leave it out"
    `);
  });

  it('for each of several mistakes, with its path', () => {
    const data = { ...withHost({ polcy: 1, colour: 2 }), bounds: { closing: 0 } };
    const fields =
      'the fields are name, accepts, callsOn, policy, defences, logonMethod, certificate, ' +
      'names, redirectsTo, paths';
    expect(parseTopology(data, 'x').issues).toEqual([
      {
        path: ['hosts', 0, 'polcy'],
        message: `hosts[0].polcy: no such field; ${fields} (did you mean "policy"?)`,
        about: 'key',
      },
      {
        path: ['hosts', 0, 'colour'],
        message: `hosts[0].colour: no such field; ${fields}`,
        about: 'key',
      },
      {
        path: ['bounds', 'closing'],
        message: 'bounds.closing: found 0; it must be true or false',
        about: 'value',
      },
    ]);
  });
});

it.each([
  ['ntlm', 'NTLM'],
  ['calsOn', 'callsOn'],
  ['call_on', 'callsOn'],
  ['maiblox', 'mailbox'],
  ['visit', 'visits'],
])('reads %s as a misspelling of %s', (found, meant) => {
  expect(didYouMean(found, ['NTLM', 'callsOn', 'mailbox', 'visits'])).toBe(
    ` (did you mean "${meant}"?)`,
  );
});

it.each(['', 'a', 'box', 'Kerberos', 'mail'])('suggests nothing for %j', (found) => {
  expect(didYouMean(found, ['b', 'NTLM', 'callsOn', 'mailbox', 'visits'])).toBe('');
});

describe('any data', () => {
  const word = fc.constantFrom(
    ...['frontEnd', 'mailbox', 'alice', 'NTLM', 'Basic', 'squid', 'mailbx', 'hardened', 'legacy'],
    ...['pinned', 'relay', 'replay', 'alice>mailbox', 'origin'],
  );
  const field = fc.constantFrom(
    ...['name', 'accepts', 'callsOn', 'policy', 'visits', 'otherScheme', 'defences', 'paths'],
    ...['certificate', 'redirectsTo', 'at', 'initiator', 'controls', 'may', 'knows', 'tasks'],
    ...['connectsTo', 'poolKey', 'ambientIdentity'],
  );
  const leaf = fc.oneof(word, fc.jsonValue({ maxDepth: 1 }));
  const party = fc.oneof(leaf, fc.dictionary(field, fc.oneof(leaf, fc.array(leaf))));
  const nearTopology = fc.record(
    {
      name: leaf,
      compare: fc.oneof(leaf, fc.array(word)),
      hosts: fc.oneof(leaf, fc.array(party)),
      users: fc.oneof(leaf, fc.array(party)),
      programs: fc.oneof(leaf, fc.array(party)),
      adversary: party,
      bounds: leaf,
    },
    { requiredKeys: ['hosts', 'users'] },
  );
  const sentence = /^[^\n]+(?:; |"\?\))[^\n]+$/;

  it.each([
    ['any JSON', fc.jsonValue()],
    ['what looks like a topology', nearTopology],
  ])('%s is a topology or has issues, and no error is thrown', (_, data) => {
    fc.assert(
      fc.property(data, (data) => {
        const { topology, issues } = parseTopology(data, 'x');
        expect(topology === null).toBe(issues.length > 0);
        for (const { message } of issues) expect(message).toMatch(sentence);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the schema for editors', () => {
  type Node = { readonly description?: string; readonly properties?: Record<string, Node> };
  const propertiesIn = (node: unknown): [string, Node][] => {
    if (typeof node !== 'object' || node === null) return [];
    const { properties = {} } = node as Node;
    return [...Object.entries(properties), ...Object.values(node).flatMap(propertiesIn)];
  };

  it('is the text of the shipped file', () => {
    const file = new URL('../../../topologies/topology.schema.json', import.meta.url);
    expect(readFileSync(file, 'utf8')).toBe(schemaText());
    expect(JSON.parse(schemaText())).toEqual(topologyJsonSchema());
  });

  it('is of draft 2020-12, with a title, and describes each of its 70 properties', () => {
    expect(topologyJsonSchema()).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'double-hop topology',
      description: expect.any(String),
    });
    const properties = propertiesIn(topologyJsonSchema());
    expect(properties.filter(([, { description }]) => description === undefined)).toEqual([]);
    expect(new Set(properties.map(([, { description }]) => description)).size).toBe(70);
  });

  it('says for each bound why it is finite, and what is then not proved', () => {
    const { bounds } = (topologyJsonSchema() as Required<Node>).properties;
    for (const { description } of Object.values(bounds?.properties ?? {})) {
      expect(description).toMatch(/Finite because .*nothing is proved/i);
    }
  });
});
