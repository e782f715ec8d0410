/**
 * The model judges clients: what each does in every situation of the table, and that it breaks no
 * claim but those that it is known to break, whatever servers do.
 */
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { asked, type ClientAnswers } from '../../lab/clients/asking.ts';
import { storyOf } from '../../lab/clients/client-story.ts';
import { claimOf, KNOWN } from '../../lab/clients/known.ts';
import { QUESTIONS } from '../../lab/clients/questions.ts';
import type { Stop } from '../../lab/clients/scenario.ts';
import { curl } from '../../lab/clients/software/curl.ts';
import { tried } from '../../lab/clients/trial.ts';
import { CLIENTS } from '../../lab/everything.ts';
import { REQUIREMENTS } from '../../lab/requirements.ts';
import { type ClientFault, careless } from './support/clients-careless.ts';
import { scenarios } from './support/clients-scenarios.ts';
import { describeInLab } from './support/in-lab.ts';

const PINNED = '../../conformance/clients.json';
const RUNS = 20;
const RUNS_IN_A_BROWSER = 6;
const SEED = 20261126;

const LATER: Stop = {
  at: 'one',
  user: 'alice',
  types: 'right',
  page: 'serve',
  isOutside: false,
  closing: null,
};

const table = new Map<string, ClientAnswers>();

for (const client of CLIENTS)
  describeInLab(client.name, client.needs, () => {
    let answers: ClientAnswers;
    beforeAll(async () => {
      answers = await asked(client);
      table.set(client.name, answers);
    });

    const known = KNOWN.filter((each) => each.client === client.name);

    it('breaks the claims that it is known to break, where it is asked', () => {
      for (const { question, claim } of known) expect(answers.breaks[question]).toContain(claim);
    });

    it('breaks no others there', () => {
      const broken = Object.values(answers.breaks).flatMap((claims) => claims.split(', '));
      const unknown = broken.filter((broke) => !known.some(({ claim }) => claim === broke));
      expect(unknown).toEqual([]);
    });

    it('breaks no other claim, whatever servers do', async () => {
      const numRuns = client.needs.includes(REQUIREMENTS.chromium) ? RUNS_IN_A_BROWSER : RUNS;
      const property = fc.asyncProperty(scenarios, async (scenario) => {
        const trial = await tried(client, scenario);
        const unknown = trial.breaches.filter(
          (breach) => !known.some(({ claim }) => claim === claimOf(breach)),
        );
        expect(unknown, scenario.stops.map((_, i) => storyOf(trial, i)).join('\n')).toEqual([]);
      });
      await fc.assert(property, { numRuns, seed: SEED, endOnFailure: true });
    });
  });

describeInLab('curl that gives up in the middle of a handshake', [REQUIREMENTS.curl], () => {
  const [first] = QUESTIONS.filter(({ id }) => id === 'close-for-a-verdict');
  const scenario = { ...first!.scenario, stops: [...first!.scenario.stops, LATER] };

  it('because its redirects are used up answers the challenge later', async () => {
    const { outcomes, breaches } = await tried(curl('--anyauth', 3), scenario);
    expect(outcomes[0]?.trouble).toBe('Maximum (3) redirects followed');
    expect(outcomes[1]?.status).toBe(401); // with the right password
    expect(breaches.map(({ claim }) => claim)).toContain('ownChallenge');
  });

  it('does not give up if more redirects are allowed', async () => {
    const { outcomes, breaches } = await tried(curl('--anyauth'), scenario);
    expect([outcomes.map(({ status }) => status), breaches]).toEqual([[200, 200], []]);
  });
});

describe.each<readonly [ClientFault, readonly string[]]>([
  ['none', []],
  ['sharesConnections', ['model', 'ownConnection']],
  ['carriesPasswords', ['model', 'ownOrigin']],
  ['resends', ['model', 'ownChallenge', 'ownOrigin']],
  ['insists', ['model', 'oneHandshake']],
])('a client of ours with the fault %s', (fault, expected) => {
  it('breaks the listed claims, and no others', async () => {
    const found = new Set<string>();
    const property = fc.asyncProperty(scenarios, async (scenario) => {
      for (const { claim } of (await tried(careless(fault), scenario)).breaches) found.add(claim);
    });
    await fc.assert(property, { numRuns: RUNS, seed: SEED });
    expect([...found].sort()).toEqual(expected);
  });
});

/**
 * Versions are those with which an answer was measured last: Debian's packages get new ones every
 * few weeks, and what counts is what they do.
 */
function asMeasured(found: ClientAnswers, pinned: ClientAnswers | undefined): ClientAnswers {
  const { version: _, ...said } = found;
  const { version = '', ...known } = pinned ?? {};
  return isDeepStrictEqual(said, known) ? { ...found, version } : found;
}

describe('the table', () => {
  it('is as it was measured', async () => {
    const pinned = JSON.parse(readFileSync(new URL(PINNED, import.meta.url), 'utf8'));
    const questions = Object.fromEntries(QUESTIONS.map(({ id, question }) => [id, question]));
    const clients = Object.fromEntries(
      [...table].map(([name, found]) => [name, asMeasured(found, pinned.clients[name])]),
    );
    const measured = { questions, clients, known: KNOWN };
    if (table.size === CLIENTS.length)
      await expect(`${JSON.stringify(measured, null, 2)}\n`).toMatchFileSnapshot(PINNED);
    else expect(pinned).toMatchObject(measured); // of those that are here
  });

  it('asks each question once', () => {
    const ids = QUESTIONS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
