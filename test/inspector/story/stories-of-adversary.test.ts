/** Stories with an adversary in the inspector: who is shown, and what they say of one another. */
import { describe, expect, it } from 'vitest';
import { sequenceLayout } from '../../../inspector/draw/sequence/sequence-layout.ts';
import { explorablesOf } from '../../../inspector/story/exploring/explorable.ts';
import { recorderOf } from '../../../inspector/story/record.ts';
import { storyOf } from '../../../inspector/story/verdict-story.ts';
import type { Topology } from '../../../machines/system/topology.ts';
import { deploymentOf } from '../../../properties/deployments/deployments.ts';
import {
  RELAY,
  STATIC_CHALLENGE,
  WIRE_OPEN,
} from '../../../properties/deployments/with-adversary.ts';
import { poolWithout } from '../../../properties/deployments/with-pools.ts';
import { POOLING_PROXY } from '../../../properties/deployments/with-proxies.ts';
import { sentencesOf } from '../../../story/sentences.ts';
import { verdictIn } from './support/verdicts.ts';

const told = (id: string, topology: Topology) => {
  const deployment = deploymentOf(topology);
  return storyOf(verdictIn(id, deployment), deployment, null);
};
const relay = told('confinement', RELAY);

describe('a relay', () => {
  it('has a lane for the host that the adversary owns, and it says whose it is', () => {
    expect(relay.parties).toEqual(['alice', 'evil', 'mailbox', 'mallory']);
    expect(sequenceLayout(relay).lanes.map(({ name }) => name)).toEqual([
      'alice',
      "evil (mallory's)",
      'mailbox',
    ]);
  });

  it('shows the adversary as a component like others, with its chart', () => {
    expect(relay.components).toContainEqual({
      ...{ name: 'mallory', machine: 'adversary', connection: null },
      ...{ party: 'mallory', role: 'other' },
    });
    expect(relay.charts.map(({ machine }) => machine)).toContain('adversary');
  });

  it('goes from alice to evil, and from evil to the mailbox server', () => {
    const ways = relay.steps.flatMap(({ travels }) =>
      travels.flatMap(({ from, to, label, delivered }) =>
        delivered && label.startsWith('AUTHENTICATE') ? [`${from} to ${to}: ${label}`] : [],
      ),
    );
    expect(ways).toEqual([
      'alice to evil: AUTHENTICATE as alice, to #1 of mailbox',
      'evil to mailbox: AUTHENTICATE as alice',
    ]);
  });

  it('has the sentences of the terminal', () => {
    const deployment = deploymentOf(RELAY);
    const verdict = verdictIn('confinement', deployment);
    expect(relay.steps.map(({ sentence }) => sentence)).toEqual(
      sentencesOf(verdict.trace!, deployment),
    );
  });

  it('says who was served as whom', () => {
    expect(relay.steps.at(-1)!.credentials).toContainEqual({
      ...{ party: 'mallory', did: 'served' },
      credential: { kind: 'token', user: 'alice' },
    });
    expect(relay.cost).toMatch(/; mallory was served as alice\.$/);
  });
});

describe('an adversary with connections of its own', () => {
  it('has a lane before the hosts it calls on', () => {
    const { parties } = told('confinement', STATIC_CHALLENGE);
    expect(parties).toEqual(['alice', 'mallory', 'mailbox']);
  });

  it('is at the other end of an arrow where it sits in the middle of a wire', () => {
    const story = told('served-as-owner', WIRE_OPEN);
    const [first] = story.steps.flatMap(({ travels }) => travels);
    expect([first?.from, first?.to]).toEqual(['alice', 'mallory']);
    expect(story.steps[1]!.sentence).toBe(
      "mallory, who sits between alice and mailbox, receives alice's request.",
    );
  });
});

describe('everybody else who is new', () => {
  it.each([
    ['a proxy', 'served-as-owner', POOLING_PROXY, ['alice', 'bob', 'proxy', 'mailbox']],
    ['a program', 'pool-keeps-apart', poolWithout('credentials'), ['service', 'mailbox']],
  ] as const)('%s has a lane, and all that happens in a step happens among lanes', (...of) => {
    const [, id, topology, parties] = of;
    const story = told(id, topology);
    expect(story.parties).toEqual(parties);
    for (const { travels, notes, credentials } of story.steps) {
      for (const { from, to } of travels)
        expect(story.parties).toEqual(expect.arrayContaining([from, to]));
      for (const { party } of [...notes, ...credentials]) expect(story.parties).toContain(party);
    }
  });
});

describe('exploring', () => {
  it.each([RELAY, STATIC_CHALLENGE, WIRE_OPEN, POOLING_PROXY, poolWithout('origin')])(
    '$name takes each offer of the first state, and tells it among its lanes',
    (topology) => {
      const deployment = deploymentOf(topology);
      const [whole] = explorablesOf(deployment);
      const recorder = recorderOf(whole!);
      const offers = whole!.system.flatMap(({ name, offers }) =>
        offers.map((event) => [name, event] as const),
      );
      const steps = offers.flatMap(([name, event]) => recorder.fork().take(name, event) ?? []);
      expect(steps.length).toBeGreaterThan(0);
      for (const { travels } of steps)
        for (const { from, to } of travels)
          expect(recorder.empty.parties).toEqual(expect.arrayContaining([from, to]));
    },
  );
});
