/** Adversaries, proxies, redirects and programs in a file, and the contradictions it may have. */
import { describe, expect, it } from 'vitest';
import { parseTopology } from '../../../cli/input/topology-data.ts';
import { DEFENCES, HARDENED } from '../../../machines/ntlm/acceptor.ts';
import { INITIATOR, INITIATORS } from '../../../machines/ntlm/initiator.ts';
import { CAPABILITIES } from '../../../machines/system/topology.ts';
import { POOL_KEY } from '../../../machines/vocabulary/purpose.ts';

const evil = { name: 'evil', accepts: 'NTLM', callsOn: 'mailbox' };
const mailbox = { name: 'mailbox', accepts: 'NTLM' };
const alice = { name: 'alice', visits: ['evil', 'mailbox'] };
const mallory = { controls: ['evil'], may: ['relay'] };
const RELAY = { hosts: [evil, mailbox], users: [alice], adversary: mallory };
const WIRE = { ...RELAY, hosts: [mailbox], users: [{ name: 'alice' }] };
const PROXY = {
  hosts: [{ name: 'proxy', callsOn: 'mailbox', paths: ['pooled'] }, mailbox],
  users: [{ name: 'alice' }],
};
const REDIRECT = {
  hosts: [{ name: 'old', accepts: 'Basic', redirectsTo: 'mailbox' }, mailbox],
  users: [{ name: 'alice', visits: ['old', 'mailbox'] }],
};
const service = { name: 'service', connectsTo: 'mailbox', tasks: [{ ambientIdentity: 'alice' }] };
const POOL = { hosts: [mailbox], users: [{ name: 'alice' }], programs: [service] };

const withMallory = (fields: object, data: object = RELAY) => ({
  ...data,
  adversary: { ...mallory, ...fields },
});
const withMailbox = (fields: object) => ({ ...RELAY, hosts: [evil, { ...mailbox, ...fields }] });
const withUsers = (...users: object[]) => ({ ...RELAY, users });
const withProxy = (fields: object, ...others: object[]) => ({
  ...PROXY,
  hosts: [{ ...PROXY.hosts[0], ...fields }, ...others, mailbox],
});
const onTheWire = (may: string[], certificate?: string) => ({
  ...WIRE,
  hosts: [certificate === undefined ? mailbox : { ...mailbox, certificate }],
  adversary: { controls: ['alice>mailbox'], may },
});
const topologyOf = (data: unknown) => {
  const { topology, issues } = parseTopology(data, 'x');
  expect(issues).toEqual([]);
  return topology!;
};

describe('a topology file', () => {
  it('may have an adversary, which by default is called mallory and knows nothing', () => {
    expect(topologyOf(RELAY).adversary).toEqual({
      name: 'mallory',
      controls: ['evil'],
      may: ['relay'],
      knows: [],
    });
  });

  it('names the checks of a server: standard, hardened, or one by one', () => {
    const defencesOf = (fields: object) => topologyOf(withMailbox(fields)).hosts[1]?.defences;
    expect(defencesOf({})).toEqual(DEFENCES);
    expect(defencesOf({ defences: 'standard' })).toEqual(DEFENCES);
    expect(defencesOf({ defences: 'hardened', certificate: 'a' })).toEqual(HARDENED);
    expect(defencesOf({ defences: { mic: 'ignored' } })).toEqual({ ...DEFENCES, mic: 'ignored' });
  });

  it('gives a user a machine, a password and a client', () => {
    const userOf = (fields: object) => topologyOf(withUsers({ ...alice, ...fields })).users[0];
    expect(userOf({})).toMatchObject({ at: null, password: 'strong', initiator: INITIATOR });
    expect(userOf({ at: 'evil', password: 'weak' })).toMatchObject({
      at: 'evil',
      password: 'weak',
    });
    for (const [word, initiator] of Object.entries(INITIATORS))
      expect(userOf({ initiator: word })?.initiator).toEqual(initiator);
    expect(userOf({ initiator: { sendsMic: false } })?.initiator).toEqual({
      ...INITIATOR,
      sendsMic: false,
    });
  });

  it('may have proxies, redirects and programs, with safe defaults', () => {
    expect(topologyOf(PROXY).hosts[0]).toMatchObject({ accepts: null, paths: ['pooled'] });
    expect(topologyOf(REDIRECT).hosts[0]).toMatchObject({ redirectsTo: 'mailbox', paths: [] });
    expect(topologyOf(POOL).programs).toEqual([
      {
        name: 'service',
        keepAlive: true,
        handshake: 'connection',
        connectsTo: 'mailbox',
        poolKey: POOL_KEY,
        tasks: [
          {
            credentials: null,
            ambientIdentity: 'alice',
            origin: 'mailbox',
            proxyCredentials: null,
            delegation: 'none',
          },
        ],
      },
    ]);
  });

  it('may compare mechanisms behind a proxy, which accepts none itself', () => {
    const hosts = [PROXY.hosts[0], { name: 'mailbox' }];
    expect(topologyOf({ ...PROXY, hosts, compare: ['NTLM', 'Basic'] }).hosts[0]?.accepts).toBe(
      null,
    );
  });

  it.each<[string, object]>([
    ['a host that is visited, and relays to the next', RELAY],
    ['a wire without TLS', onTheWire(['relay', 'strip', 'inject'])],
    ['a wire that is only heard', onTheWire(['observe', 'replay'])],
    ['a wire with TLS that is cut', onTheWire(['close'], 'a')],
    ['a host that redirects its visitors', withMallory({ may: ['redirect'] })],
    [
      'the machine that a user sits at',
      { ...withMallory({ may: ['reflect'] }), users: [{ ...alice, at: 'mailbox' }] },
    ],
    [
      'an account with a stolen password',
      withMallory(
        { controls: ['bob'], may: ['inject'], knows: ['alice'] },
        { ...RELAY, users: [alice, { name: 'bob' }] },
      ),
    ],
    [
      'an account of its own name',
      withMallory(
        { controls: ['evil', 'mallory'] },
        { ...RELAY, users: [alice, { name: 'mallory' }] },
      ),
    ],
    [
      'nothing that it wants: a certificate and a client say more than matters',
      {
        ...withMailbox({ certificate: 'a' }),
        users: [{ ...alice, initiator: { version: 'NTLMv1', bindsChannel: true } }],
      },
    ],
  ])('may give the adversary %s', (_, data) => {
    expect(topologyOf(data).adversary).not.toBeNull();
  });
});

const MISTAKES: Readonly<Record<string, object>> = {
  'a capability misspelt': withMallory({ may: ['releay'] }),
  'a capability that there is not': withMallory({ may: ['sniff'] }),
  'no capability': withMallory({ may: [] }),
  'a capability twice': withMallory({ may: ['relay', 'relay'] }),
  'nothing controlled': withMallory({ controls: [] }),
  'no adversary but a word': { ...RELAY, adversary: 'mallory' },
  'a component of the key misspelt': { ...POOL, programs: [{ ...service, poolKey: ['orgin'] }] },
  'a component of the key that there is not': {
    ...POOL,
    programs: [{ ...service, poolKey: ['cookie'] }],
  },
  'a defence misspelt': withMailbox({ defences: { chanelBinding: 'required' } }),
  'a defence set wrong': withMailbox({ defences: { channelBinding: 'require' } }),
  'a word for defences misspelt': withMailbox({ defences: 'hardend' }),
  'a word for clients misspelt': withUsers({ ...alice, initiator: 'legcy' }),
  'a persistence that there is not': withMailbox({ policy: { persistence: 'session' } }),
  'control of an unknown host': withMallory({ controls: ['evl'] }),
  'control of an invalid name': withMallory({ controls: ['alice > evil'] }),
  'a wire that is none': withMallory({ controls: ['alice>mailbx'] }),
  'a wire the other way round': withMallory({ controls: ['mailbox>alice'] }),
  'a wire with TLS': onTheWire(['observe', 'relay'], 'a'),
  'two accounts': withMallory(
    { controls: ['evil', 'alice', 'bob'] },
    { ...RELAY, users: [alice, { name: 'bob' }] },
  ),
  'the name of an honest user': withMallory({ name: 'alice' }),
  'the usual name, which a user has': { ...RELAY, users: [alice, { name: 'mallory' }] },
  'the name of a host': withMallory({ name: 'evil' }),
  'knowledge of an unknown user': withMallory({ knows: ['alcie'] }),
  'knowledge without a use': withMallory({ knows: ['alice'] }),
  'much to do, and nothing to do it with': withMallory(
    { controls: ['bob'], may: ['relay', 'reflect', 'strip', 'redirect', 'observe', 'replay'] },
    { ...RELAY, users: [alice, { name: 'bob' }] },
  ),
  'nowhere to go': withMallory(
    { may: ['relay', 'reflect', 'strip', 'inject', 'replay'] },
    { ...RELAY, hosts: [{ name: 'evil', accepts: 'NTLM' }, mailbox] },
  ),
  'an observer without a wire': withMallory({ may: ['observe'] }),
  'a replayer who hears nothing': onTheWire(['replay']),
  'a replayer among Basic': withMallory(
    { may: ['replay'] },
    { ...RELAY, hosts: [{ ...evil, accepts: 'Basic' }, mailbox] },
  ),
  'a replayer to Basic': withMallory(
    { may: ['replay'] },
    { ...RELAY, hosts: [evil, { ...mailbox, accepts: 'Basic' }] },
  ),
  'a reflection without a victim': withMallory({ may: ['reflect'] }),
  'a relay that can only reflect': withUsers({ ...alice, at: 'mailbox' }),
  'a redirect without a goal': {
    ...withMallory({ may: ['redirect'] }),
    users: [{ name: 'alice', visits: ['evil'] }],
  },
  'a cut of nothing': withMallory(
    { controls: ['bob'], may: ['close', 'redirect'] },
    { ...RELAY, users: [alice, { name: 'bob', visits: ['evil'] }] },
  ),
  'a binding without TLS': withMailbox({ defences: { channelBinding: 'required' } }),
  'hardened without TLS': withMailbox({ defences: 'hardened' }),
  'a user at no host': withUsers({ ...alice, at: 'workstation' }),
  'a proxy without a host behind it': withProxy({ callsOn: undefined }),
  'a proxy that signs in': withProxy({ accepts: 'NTLM' }),
  'a proxy with names of its own': withProxy({ names: ['proxy'] }),
  'a proxy without paths': withProxy({ paths: [] }),
  'a path that there is not': withProxy({ paths: ['pined'] }),
  'a redirect to nowhere': {
    ...REDIRECT,
    hosts: [{ ...REDIRECT.hosts[0], redirectsTo: 'mailbx' }, mailbox],
  },
  'a redirect to itself': {
    ...REDIRECT,
    hosts: [{ ...REDIRECT.hosts[0], redirectsTo: 'old' }, mailbox],
  },
  'a redirect that a visitor cannot follow': {
    ...REDIRECT,
    users: [
      { name: 'alice', visits: ['old', 'mailbox'] },
      { name: 'bob', visits: ['old'] },
    ],
  },
  'a redirect that also calls': {
    ...REDIRECT,
    hosts: [{ ...REDIRECT.hosts[0], callsOn: 'mailbox' }, mailbox],
  },
  'a redirect of a caller': {
    hosts: [{ name: 'frontEnd', accepts: 'Basic', callsOn: 'old' }, ...REDIRECT.hosts],
    users: [{ name: 'alice', visits: ['frontEnd', 'mailbox'] }],
  },
  'redirects in a circle': {
    hosts: [REDIRECT.hosts[0], { ...mailbox, redirectsTo: 'old' }],
    users: REDIRECT.users,
  },
  'a user who does nothing': { ...RELAY, users: [alice, { name: 'bob', visits: [] }] },
  'a program to nowhere': { ...POOL, programs: [{ ...service, connectsTo: 'mailbx' }] },
  'a program without tasks': { ...POOL, programs: [{ ...service, tasks: [] }] },
  'a task without a user': { ...POOL, programs: [{ ...service, tasks: [{}] }] },
  'a task of a stranger': {
    ...POOL,
    programs: [{ ...service, tasks: [{ ambientIdentity: 'alice', credentials: 'bob' }] }],
  },
  'two programs of a name': { ...POOL, programs: [service, service] },
  'a program named as a user': { ...POOL, programs: [{ ...service, name: 'alice' }] },
};

it('each contradiction has a message that says how to resolve it', () => {
  const said = Object.entries(MISTAKES).flatMap(([mistake, data]) =>
    parseTopology(data, 'x').issues.map(({ message }) => `${mistake} | ${message}`),
  );
  expect(said.join('\n')).toMatchInlineSnapshot(`
    "a capability misspelt | adversary.may[0]: found "releay"; it must be observe, replay, redirect, relay, reflect, strip, inject or close (did you mean "relay"?)
    a capability that there is not | adversary.may[0]: found "sniff"; it must be observe, replay, redirect, relay, reflect, strip, inject or close
    no capability | adversary.may: found 0 items; it must be a list of 1 or more items
    a capability twice | adversary.may[1]: found "relay" again; it must be in the list once
    nothing controlled | adversary.controls: found 0 items; it must be a list of 1 to 100 items
    no adversary but a word | adversary: found "mallory"; it must be an object with the fields name, controls, may, knows
    a component of the key misspelt | programs[0].poolKey[0]: found "orgin"; it must be credentials, ambientIdentity, origin, proxyCredentials or delegation (did you mean "origin"?)
    a component of the key that there is not | programs[0].poolKey[0]: found "cookie"; it must be credentials, ambientIdentity, origin, proxyCredentials or delegation
    a defence misspelt | hosts[1].defences.chanelBinding: no such field; the fields are challenges, timestamp, ntlmv1, lmResponse, serverName, channelBinding, targetName, mic, loopback (did you mean "channelBinding"?)
    a defence set wrong | hosts[1].defences.channelBinding: found "require"; it must be ignored, checkedIfPresent or required (did you mean "required"?)
    a word for defences misspelt | hosts[1].defences: found "hardend"; it must be standard or hardened, or an object with the fields challenges, timestamp, ntlmv1, lmResponse, serverName, channelBinding, targetName, mic, loopback (did you mean "hardened"?)
    a word for clients misspelt | users[0].initiator: found "legcy"; it must be current or legacy, or an object with the fields version, bindsChannel, withoutChannel, sendsMic, trustsTarget, dropsFlags, afterLapse (did you mean "legacy"?)
    a persistence that there is not | hosts[1].policy.persistence: found "session"; it must be connection or request
    control of an unknown host | adversary.controls[0]: no host or user is named "evl"; the hosts and users are evil, mailbox, alice (did you mean "evil"?)
    control of an invalid name | adversary.controls[0]: found "alice > evil"; it must be the name of a host or a user, or a wire as "from>to"
    a wire that is none | adversary.controls[0]: there is no wire "alice>mailbx"; the wires are alice>evil, alice>mailbox, evil>mailbox (did you mean "alice>mailbox"?)
    a wire the other way round | adversary.controls[0]: there is no wire "mailbox>alice"; the wires are alice>evil, alice>mailbox, evil>mailbox
    a wire with TLS | adversary.controls[0]: "mailbox" has TLS, so on the wire "alice>mailbox" the adversary can only close connections; add close to may, control "mailbox" itself, or leave out its certificate
    two accounts | adversary.controls[2]: "bob" would be a second account; the adversary has at most one, here "alice"
    the name of an honest user | adversary.name: found "alice", the name of users[0]; it must differ, or add "alice" to controls, as the adversary's account
    the usual name, which a user has | adversary.name: found "mallory", the name of users[1]; it must differ, or add "mallory" to controls, as the adversary's account
    the name of a host | adversary.name: found "evil", the name of hosts[0]; it must differ
    knowledge of an unknown user | adversary.knows[0]: no user is named "alcie"; the only user is alice (did you mean "alice"?)
    knowledge without a use | adversary.knows[0]: it knows the password of "alice", but cannot use it; add inject to may, or leave it out
    much to do, and nothing to do it with | adversary.may[0]: it can never relay, reflect, strip, redirect or replay: it controls neither a host nor a wire; control a host that a user visits, or a wire without TLS such as "alice>mailbox"
    much to do, and nothing to do it with | adversary.may[4]: it can never observe: it controls no wire; add one to controls, such as "alice>mailbox", or leave observe out
    nowhere to go | adversary.may[0]: it can never relay, reflect, strip, inject or replay: nothing that it controls connects to a host; add callsOn to a host that it controls, or control a wire without TLS
    an observer without a wire | adversary.may[0]: it can never observe: it controls no wire; add one to controls, such as "alice>mailbox", or leave observe out
    a replayer who hears nothing | adversary.may[0]: it can never replay: it receives no NTLM response; add observe to may, and a wire to a host that accepts NTLM
    a replayer among Basic | adversary.may[0]: it can never replay: it receives no NTLM response; control a host that a user visits, or a wire without TLS such as "alice>mailbox", where NTLM is accepted
    a replayer to Basic | adversary.may[0]: it can never replay: no host that it connects to accepts NTLM; connect to one that does
    a reflection without a victim | adversary.may[0]: it can never reflect: no user who connects to it works at a host that it connects to; add "at" to such a user
    a relay that can only reflect | adversary.may[0]: it can never relay: it only receives messages of the machine that it connects to; replace relay with reflect
    a redirect without a goal | adversary.may[0]: it can never redirect: its visitors visit no other host; add a host to the visits of one of them
    a cut of nothing | adversary.may[1]: it can never redirect: it controls neither a host nor a wire; control a host that a user visits, or a wire without TLS such as "alice>mailbox"
    a binding without TLS | hosts[1].defences.channelBinding: "required" needs a channel binding, which no client can send without TLS; give "mailbox" a certificate, or do not require it
    hardened without TLS | hosts[1].defences: "hardened" needs a channel binding, which no client can send without TLS; give "mailbox" a certificate, or do not require it
    a user at no host | users[0].at: no host is named "workstation"; the hosts are evil, mailbox
    a proxy without a host behind it | hosts[1].name: no user visits "mailbox" and no host calls it; add it to visits or callsOn, or leave it out
    a proxy without a host behind it | hosts[0].paths: "proxy" is a proxy without a host behind it; add callsOn, or leave paths out
    a proxy that signs in | hosts[0].accepts: found NTLM, but "proxy" has paths, and a proxy accepts no sign-in; move accepts to the host behind it, or leave paths out
    a proxy with names of its own | hosts[0].names: "proxy" has paths, and a proxy compares no target name; move names to the host behind it
    a proxy without paths | hosts[0].paths: found 0 items; it must be a list of 1 to 16 items
    a path that there is not | hosts[0].paths[0]: found "pined"; it must be pinned, pooled or closing (did you mean "pinned"?)
    a redirect to nowhere | hosts[0].redirectsTo: no host is named "mailbx"; the hosts are old, mailbox (did you mean "mailbox"?)
    a redirect to itself | hosts[0].redirectsTo: "old" must not redirect to itself; name another host, or leave redirectsTo out
    a redirect that a visitor cannot follow | hosts[0].redirectsTo: "bob" visits "old" and cannot follow its redirect to "mailbox"; add "mailbox" to the visits of "bob"
    a redirect that also calls | hosts[0].redirectsTo: "old" redirects every request, so it never calls another host; leave out callsOn, or redirectsTo
    a redirect of a caller | hosts[1].redirectsTo: "frontEnd" calls "old", and only browsers follow a redirect; leave out redirectsTo, or that callsOn
    redirects in a circle | hosts[0].redirectsTo: the hosts redirect to each other in a circle, old -> mailbox -> old; one of them must have no redirectsTo
    a user who does nothing | users[1].visits: "bob" visits no host, and no program makes requests for "bob"; add a host to visit, or leave the user out
    a program to nowhere | programs[0].connectsTo: no host is named "mailbx"; the only host is mailbox (did you mean "mailbox"?)
    a program without tasks | programs[0].tasks: found 0 items; it must be a list of 1 to 16 items
    a task without a user | programs[0].tasks[0].ambientIdentity: missing; it must be text of 1 to 40 characters
    a task of a stranger | programs[0].tasks[0].credentials: no user is named "bob"; the only user is alice
    two programs of a name | programs[1].name: found "service", the name of programs[0]; it must differ
    a program named as a user | programs[0].name: found "alice", the name of users[0]; it must differ"
  `);
  for (const mistake of Object.keys(MISTAKES))
    expect(said.filter((line) => line.startsWith(`${mistake} | `))).not.toEqual([]);
});

it('each capability can be useless, and has a message then', () => {
  const data = (may: string) =>
    withMallory({ controls: ['bob'], may: [may] }, { ...RELAY, users: [alice, { name: 'bob' }] });
  const said = CAPABILITIES.flatMap((may) => parseTopology(data(may), 'x').issues);
  const inVain = CAPABILITIES.filter((may) => !['inject', 'close'].includes(may));
  expect(said.map(({ path, about }) => [path, about])).toEqual(
    inVain.map(() => [['adversary', 'may', 0], 'value']),
  );
});
