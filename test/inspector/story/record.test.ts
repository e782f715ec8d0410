/**
 * Recorded stories, held against three others who take the same steps: the checker's replay, live
 * actors of the same machines, and the sentences told of the whole trace.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { type AnyEventObject, createActor } from 'xstate';
import { snapshotKey, stateKey } from '../../../checker/model/state-key.ts';
import type { Trace } from '../../../checker/model/system.ts';
import { replay } from '../../../checker/replay/replay.ts';
import { stateOf } from '../../../inspector/story/cascade.ts';
import { transitionId } from '../../../inspector/story/chart.ts';
import { machinesWith, subjectsOf } from '../../../inspector/story/documents/subjects.ts';
import { recorderOf } from '../../../inspector/story/record.ts';
import type { Reaction, Story } from '../../../inspector/story/story.ts';
import { storyOf } from '../../../inspector/story/verdict-story.ts';
import type { System } from '../../../machines/system/component.ts';
import { systemOf } from '../../../machines/system/deployment.ts';
import type { Deployment } from '../../../machines/system/topology.ts';
import { CLAIMS } from '../../../properties/catalogue.ts';
import { deploymentOf } from '../../../properties/deployments/deployments.ts';
import { TWO_USERS } from '../../../properties/deployments/plain.ts';
import { costOf, credentialEvents } from '../../../story/credential-events.ts';
import { participantsOf } from '../../../story/participants.ts';
import { sentencesOf } from '../../../story/sentences.ts';
import {
  BASIC,
  CATALOGUE,
  FAULTY,
  isSmall,
  NTLM,
  type Pinned,
  titleOf,
  verdictIn,
} from './support/verdicts.ts';

/** A claim may be checked in several systems: its trace is a run of one of them. */
function isRunOf(system: System, trace: Trace): boolean {
  try {
    replay(system, trace);
    return true;
  } catch {
    return false;
  }
}

function isToldWhole(_: string, { id, deployment, fault }: Pinned): void {
  let trace: Trace;
  let story: Story;
  beforeAll(() => {
    const verdict = verdictIn(id, deployment, fault);
    trace = verdict.trace!;
    story = storyOf(verdict, deployment, fault?.id ?? null);
  });

  it('ends where the replay of the checker ends, by the same deliveries', () => {
    const claim = CLAIMS.find((candidate) => candidate.id === id)!;
    const subjects = claim.subjects(deployment, machinesWith(fault?.id ?? null));
    const own = subjects.filter(({ system }) => isRunOf(system, trace));
    expect(own.length).toBeGreaterThan(0);
    for (const { system } of own) {
      const recorder = recorderOf({ deployment, system }, participantsOf(trace));
      for (const { component, event } of trace) recorder.take(component, event);
      expect(recorder.trace()).toEqual(trace);
      const run = replay(system, trace);
      for (const { name } of system)
        expect(snapshotKey(recorder.snapshot(name))).toBe(snapshotKey(run.snapshot(name)));
    }
  });

  it('is told in the sentences of the trace, with the same credentials and cost', () => {
    expect(story.steps.map(({ sentence }) => sentence)).toEqual(sentencesOf(trace, deployment));
    expect(story.steps.flatMap(({ credentials }) => credentials)).toEqual(credentialEvents(trace));
    expect(story.cost).toBe(costOf(trace, deployment));
  });

  it('tells of every delivery, to whom it went and what that did', () => {
    for (const [i, { component, event, deliveries }] of trace.entries()) {
      const { reactions, signals } = story.steps[i]!;
      const own = reactions.filter((reaction) => !isMonitor(story, reaction));
      const messages = deliveries.filter(({ to }) => to !== '*');
      expect(own.map(({ from, component: to, event }) => ({ from, to, event }))).toEqual([
        { from: component, to: component, event },
        ...messages,
      ]);
      expect(signals).toEqual(deliveries.filter(({ to }) => to === '*'));
    }
  });

  it('has the transitions, guards and states of live actors', () => {
    const { system } = subjectsOf(id, deployment, fault?.id ?? null).find(
      ({ system }) => stateKey(startOf(deployment, system)) === stateKey(story.initial),
    )!;
    for (const { name, machine, input } of system) {
      const taken: string[] = [];
      const live = createActor(machine, {
        input,
        inspect: (told) => {
          if (told.type === '@xstate.microstep') taken.push(...told._transitions.map(transitionId));
        },
      }).start();
      expect(stateOf(live.getSnapshot())).toEqual(story.initial[name]);
      for (const reaction of reactionsOf(story, name)) {
        taken.length = 0;
        live.send(reaction.event);
        expect(taken).toEqual(reaction.taken);
        expect(stateOf(live.getSnapshot())).toEqual(reaction.after);
      }
    }
  });

  it('takes only transitions that its charts have, each with its guard true', () => {
    const transitions = new Map(
      story.charts.flatMap((chart) => chart.transitions).map((one) => [one.id, one]),
    );
    for (const { reactions } of story.steps)
      for (const { taken, guards } of reactions)
        for (const id of taken ?? []) {
          const { guard } = transitions.get(id)!;
          if (guard !== null) expect(guards).toContainEqual({ name: guard, held: true });
        }
  });
}

const EVERY = [...CATALOGUE, ...FAULTY].map((pinned) => [titleOf(pinned), pinned] as const);
describe.each(EVERY.filter(([, pinned]) => isSmall(pinned)))('%s', isToldWhole);
describe.each(EVERY.filter(([, pinned]) => !isSmall(pinned)))('%s', { tags: 'long' }, isToldWhole);

const isMonitor = ({ components }: Story, { component }: Reaction) =>
  components.find(({ name }) => name === component)!.role === 'monitor';

const startOf = (deployment: Deployment, system: System) =>
  recorderOf({ deployment, system }).empty.initial;

const reactionsOf = ({ steps }: Story, name: string): readonly Reaction[] =>
  steps.flatMap(({ reactions }) => reactions.filter(({ component }) => component === name));

describe('a recorder', () => {
  const A = 'alice>frontEnd#1';
  const visits = { type: 'user.visits', via: A, path: 'mailbox' };
  const start = () => recorderOf({ deployment: BASIC, system: systemOf(BASIC) });

  it('takes nothing that is not enabled, and is left as it was', () => {
    const recorder = start();
    expect(recorder.take(`${A}/wire`, { type: 'wire.deliver' })).toBeNull();
    expect(recorder.take('alice@frontEnd', visits)).not.toBeNull();
    const before = recorder.snapshot('alice@frontEnd');
    // The browser would take it, and the connection, which is busy, refuses.
    expect(recorder.take('alice@frontEnd', visits)).toBeNull();
    expect(recorder.snapshot('alice@frontEnd')).toBe(before);
    expect(recorder.trace()).toHaveLength(1);
  });

  it('records the guards of a step, and none that a reader evaluates', () => {
    const recorder = start();
    const { reactions } = recorder.take('alice@frontEnd', visits)!;
    const guards = () => reactions.flatMap((reaction) => reaction.guards);
    expect(guards()).toEqual([{ name: 'hasPassword', held: false }]);
    recorder.snapshot('alice@frontEnd').can({ type: 'user.types' });
    expect(guards()).toHaveLength(1);
  });

  it('names updates and effects in the order in which XState resolves them', () => {
    const { reactions } = start().take('alice@frontEnd', visits)!;
    expect(reactions.find(({ component }) => component === `${A}/client`)).toMatchObject({
      from: 'alice@frontEnd',
      taken: [
        'basicClientConnection.closed client.fetch 0',
        'basicClientConnection.busy.sending always 1',
      ],
      actions: ['begin', 'connect', 'signalAsked', 'sendRequest'],
    });
  });

  it('says who is who, and in which order they stand', () => {
    const { empty } = start();
    expect(empty.parties).toEqual(['alice', 'frontEnd', 'mailbox']);
    const placed = empty.components.map(({ name, party, role }) => [name, party, role]);
    expect(placed.slice(0, 6)).toEqual([
      ['alice@frontEnd', 'alice', 'browser'],
      [`${A}/client`, 'alice', 'client'],
      [`${A}/wire`, '', 'wire'],
      [`${A}/server`, 'frontEnd', 'server'],
      [`${A}/page`, 'frontEnd', 'page'],
      ['frontEnd>mailbox#1/client', 'frontEnd', 'client'],
    ]);
    expect(empty).toMatchObject({ title: 'article (Basic)', checked: null, steps: [] });
  });

  it('says of the most general client and its server who they are', () => {
    const [subject] = subjectsOf('server-accepts', NTLM, null);
    const { parties, components, bounds } = recorderOf({
      deployment: NTLM,
      system: subject!.system,
    }).empty;
    expect(parties).toEqual(['The most general client', 'frontEnd']);
    expect(components.map(({ name, role }) => [name, role])).toEqual([
      ['client', 'client'],
      [A, 'server'],
      ['bob>frontEnd#1', 'server'],
      ['witness', 'monitor'],
    ]);
    expect(bounds).toContain('2 connections, 2 challenges in all');
  });
});

describe('what travels', () => {
  const travelsIn = (story: Story, step: number) => story.steps[step - 1]!.travels;
  const basic = storyOf(verdictIn('confinement', BASIC), BASIC, null);
  const ntlm = storyOf(verdictIn('next-hop-refused', NTLM), NTLM, null);

  it('is put on a wire, and taken off it in a later step', () => {
    expect(travelsIn(basic, 1)).toEqual([
      {
        ...{ from: 'alice', to: 'frontEnd', label: 'GET mailbox' },
        ...{ isReply: false, delivered: false, credential: null },
      },
    ]);
    expect(travelsIn(basic, 2).map(({ label, delivered }) => [label, delivered])).toEqual([
      ['GET mailbox', true],
      ['401', false],
    ]);
  });

  it('carries a password that is bound to nothing', () => {
    expect(travelsIn(basic, 7)[0]).toMatchObject({
      from: 'frontEnd',
      to: 'mailbox',
      credential: {
        what: "alice's password",
        boundTo: 'nothing: every reader can use it at any host',
      },
    });
  });

  it('carries a response that is bound to one challenge, and none of a token', () => {
    const carried = ntlm.steps.flatMap(({ travels }) =>
      travels.filter(({ label, delivered }) => label.startsWith('AUTHENTICATE') && delivered),
    );
    expect(carried.map(({ label, credential }) => [label, credential])).toEqual([
      [
        'AUTHENTICATE as alice',
        {
          what: "a response computed from alice's password",
          boundTo: "challenge #1 of frontEnd on alice's connection 1",
        },
      ],
      ['AUTHENTICATE as anonymous', null],
    ]);
  });

  it('passes between the most general client and a server at once', () => {
    const story = storyOf(verdictIn('server-accepts', NTLM), NTLM, null);
    const travels = story.steps.flatMap((step) => step.travels);
    expect(travels.map(({ from, to, delivered }) => [from, to, delivered])).toEqual([
      ['The most general client', 'frontEnd', true],
      ['frontEnd', 'The most general client', true],
      ['The most general client', 'frontEnd', true],
    ]);
  });
});

it('records thousands of steps, a walk of everything that is on offer', () => {
  const deployment = deploymentOf(TWO_USERS, 'NTLM');
  const system = systemOf(deployment);
  const recorder = recorderOf({ deployment, system });
  const offers = system.flatMap(({ name, offers }) =>
    offers.filter(({ type }) => type !== 'wire.close').map((event) => [name, event] as const),
  );
  const taken = new Set<AnyEventObject['type']>();
  for (let seed = 1; recorder.trace().length < 2_000; ) {
    seed = (seed * 48_271) % 2_147_483_647;
    const [component, event] = offers[seed % offers.length]!;
    if (recorder.take(component, event) !== null) taken.add(event.type);
  }
  expect([...taken].sort().join()).toBe(
    'page.call,user.cancels,user.types,user.visits,wire.deliver',
  );
  expect(sentencesOf(recorder.trace())).toHaveLength(2_000);
});
