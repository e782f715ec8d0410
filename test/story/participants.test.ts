/** Who is behind the components of a trace, with the deployment at hand and without. */
import { describe, expect, it } from 'vitest';
import type { Trace } from '../../checker/model/system.ts';
import { type Compared, RESPONSE_CHECK_ORDER } from '../../machines/ntlm/acceptor.ts';
import { answer, INITIATOR } from '../../machines/ntlm/initiator.ts';
import { deploymentOf } from '../../properties/deployments/deployments.ts';
import { RELAY, WIRE_OPEN } from '../../properties/deployments/with-adversary.ts';
import { POOLING_PROXY } from '../../properties/deployments/with-proxies.ts';
import { refusedInShort, whyRefused } from '../../story/clauses/refusal-reasons.ts';
import { connectionOf } from '../../story/component-names.ts';
import { participantsOf } from '../../story/participants.ts';
import { found } from './support/found.ts';

const relayed = found('confinement', deploymentOf(RELAY));
const intercepted = found('served-as-owner', deploymentOf(WIRE_OPEN));

const seen = (trace: Trace, connection: string, end: 'client' | 'server') => {
  const participants = participantsOf(trace);
  return [
    participants.adversaryAt(connectionOf(connection), end),
    participants.party(connectionOf(connection), end),
  ];
};

describe('of a trace alone', () => {
  it('a host that only the adversary plays is its own', () => {
    const participants = participantsOf(relayed);
    expect(participants.adversary).toBe('mallory');
    expect([participants.owns('evil'), participants.owns('mailbox')]).toEqual([true, false]);
    expect(seen(relayed, 'alice>evil#1', 'server')).toEqual(['mallory', 'evil']);
    expect(seen(relayed, 'evil>mailbox#1', 'client')).toEqual(['mallory', 'evil']);
    expect(seen(relayed, 'evil>mailbox#1', 'server')).toEqual([null, 'mailbox']);
  });

  it('a host that is somewhere honest is not, though the adversary answers for it', () => {
    expect(participantsOf(intercepted).owns('mailbox')).toBe(false);
    expect(seen(intercepted, 'alice>mailbox#1', 'server')).toEqual(['mallory', 'mallory']);
    expect(seen(intercepted, 'mallory>mailbox#1', 'server')).toEqual([null, 'mailbox']);
  });

  it('it takes the deployment to tell that before the trace does', () => {
    const beginning = intercepted.slice(0, 2);
    expect(participantsOf(beginning).owns('mailbox')).toBe(true);
    expect(participantsOf(beginning, deploymentOf(WIRE_OPEN)).owns('mailbox')).toBe(false);
  });

  it('a proxy is one from the first thing it forwards', () => {
    const deployment = deploymentOf(POOLING_PROXY);
    const trace = found('served-as-owner', deployment);
    expect(participantsOf(trace).isProxy('proxy')).toBe(true);
    expect(participantsOf(trace.slice(0, 2)).isProxy('proxy')).toBe(false);
    expect(participantsOf(trace.slice(0, 2), deployment).isProxy('proxy')).toBe(true);
  });

  it('users are called by their browsers, all others by their names', () => {
    const participants = participantsOf(relayed);
    expect(participants.client(connectionOf('alice>evil#1'))).toBe("alice's browser");
    expect(participants.client(connectionOf('evil>mailbox#1'))).toBe('evil');
  });
});

const HERE = 'evil>mailbox#1';

describe('why a response is refused', () => {
  const response = answer(
    { user: 'alice', secret: { passwordOf: 'alice' } },
    { connection: HERE, serial: 0 },
    { computer: 'archive', timestamp: true, flags: false },
    { initiator: INITIATOR, machine: 'mailbox', target: 'evil', certificate: 'evil' },
  );

  const own: Compared = {
    server: 'mailbox',
    names: ['mailbox', 'portal'],
    certificate: 'mailbox',
    challenge: { connection: HERE, serial: 1 },
    info: { computer: 'mailbox', timestamp: true, flags: false },
  };

  it('has words of its own for each check, long and short', () => {
    const told = RESPONSE_CHECK_ORDER.map((why) => {
      const rejected = {
        type: 'rejected',
        connection: HERE,
        run: 'alice>evil#1',
        ...{ response, why, own },
      } as const;
      return [why, whyRefused(rejected), refusedInShort(rejected)];
    });
    expect(told).toMatchInlineSnapshot(`
      [
        [
          "isUnproven",
          "the response answers challenge 1 of this connection, and the outstanding one is challenge 2 of this connection",
          "refuses: does not prove alice",
        ],
        [
          "isOutdated",
          "the response is NTLMv1, and mailbox requires NTLMv2",
          "refuses: NTLMv1",
        ],
        [
          "isForAnotherServer",
          "the response names archive as the server, and the domain controller compares it with mailbox",
          "refuses: names archive",
        ],
        [
          "isBoundElsewhere",
          "the response is bound to the TLS channel of the certificate evil, and mailbox has the certificate mailbox",
          "refuses: bound to evil",
        ],
        [
          "isMeantForAnother",
          "the response is meant for evil, by its target name; mailbox's names are mailbox and portal",
          "refuses: target name evil",
        ],
        [
          "isTamperedWith",
          "the MIC of the response covers a challenge that names archive, and mailbox sent one that names mailbox",
          "refuses: wrong MIC",
        ],
        [
          "isFromHere",
          "the response was computed on mailbox itself, for evil, and mailbox's names are mailbox and portal",
          "refuses: computed on this machine",
        ],
      ]
    `);
  });
});
