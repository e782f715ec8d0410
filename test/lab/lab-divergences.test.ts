/**
 * Each divergence is seen in real software, and needed to explain it: one that excuses nothing any
 * more fails here.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Act,
  again,
  authenticate,
  bare,
  basic,
  negotiate,
} from '../../conformance/drive/acts.ts';
import { differenceOf } from '../../conformance/drive/predicted.ts';
import { perform, secretsOf } from '../../conformance/drive/run.ts';
import type { Recording } from '../../conformance/recording/recording.ts';
import { serve } from '../../conformance/serve/serve.ts';
import { DIVERGENCES, refusingIn } from '../../conformance/trace/divergences.ts';
import { explainInDeployment } from '../../conformance/trace/in-deployment.ts';
import { judge } from '../../conformance/trace/trace-validation.ts';
import { ACCEPTORS, CLIENTS } from '../../lab/everything.ts';
import { type AcceptorName, ALICE, DOMAIN, type Started } from '../../lab/started.ts';
import { POLICIES } from '../../machines/ntlm/policy.ts';
import { systemOf } from '../../machines/system/deployment.ts';
import { deploymentOf } from '../../properties/deployments/deployments.ts';
import { ARTICLE } from '../../properties/deployments/plain.ts';
import { describeInLab } from './support/in-lab.ts';

/** What a server has to be asked so that it shows. */
const AT_SERVERS: Readonly<Record<string, readonly [AcceptorName, readonly Act[]]>> = {
  'express-ntlm-fails-without-challenge': [
    'express-ntlm',
    [negotiate(1), authenticate(1), again(2, 1)],
  ],
  'express-ntlm-wants-no-other-scheme': ['express-ntlm', [basic(1, 'right')]],
  'squid-closes': ['squid', [negotiate(1), bare(1), authenticate(1)]],
};

/** The client whose first request shows it. */
const AT_CLIENTS: Readonly<Record<string, string>> = {
  'curl-negotiates-at-once': 'curl --ntlm',
  'httpntlm-negotiates-at-once': 'httpntlm',
};

/** The recording that ships and shows it. `article.test.ts` holds it against a run. */
const IN_RECORDINGS: Readonly<Record<string, string>> = {
  'chromium-goes-on-after-the-prompt': 'article-ntlm',
};

/** Of software that the lab does not have: its source is a report, and says so. */
const REPORTED = ['http-sys-refuses-with-400'];

const divergence = (id: string) => DIVERGENCES.find((one) => one.id === id)!;

for (const acceptor of ACCEPTORS.filter(({ name }) =>
  Object.values(AT_SERVERS).some(([at]) => at === name),
))
  describeInLab(acceptor.name, acceptor.needs, (lab) => {
    let started: Started;
    beforeAll(async () => {
      started = await acceptor.start(lab());
    });
    const own = Object.entries(AT_SERVERS).filter(([, [name]]) => name === acceptor.name);

    it.each(own)('needs %s', async (id, [, acts]) => {
      const { target, back } = started;
      const { recording } = await perform(acts, target, { back });
      const model = { scheme: 'NTLM', policy: acceptor.policy! } as const;
      const others = DIVERGENCES.filter((one) => one.id !== id);
      const difference = (readings: typeof DIVERGENCES) =>
        differenceOf(recording, secretsOf(target), model, readings.flatMap(refusingIn));
      expect(difference(DIVERGENCES)).toBeNull();
      expect(difference(others)).not.toBeNull();
    });
  });

for (const client of CLIENTS.filter(({ name }) => Object.values(AT_CLIENTS).includes(name)))
  describeInLab(client.name, client.needs, () => {
    const [id] = Object.entries(AT_CLIENTS).find(([, name]) => name === client.name)!;
    let recording: Recording;
    beforeAll(async () => {
      const server = await serve({
        ...{ address: '127.0.0.1', computer: 'MODEL', domain: DOMAIN, scheme: 'NTLM' },
        ...{ accounts: [ALICE], policy: POLICIES.standard },
      });
      afterAll(server.stop);
      await client.run([{ url: `${server.origin}/`, user: ALICE.user, account: ALICE }]);
      recording = server.recording();
    }, 30_000);

    it(`needs ${id}`, () => {
      const options = { sides: 'client', secrets: new Map() } as const;
      const divergences = [divergence(id)];
      expect(judge(recording, { ...options, divergences })).toMatchObject({
        ...{ isBehaviour: true, used: [id] },
      });
      expect(judge(recording, options).isBehaviour).toBe(false);
    });
  });

describe('a recording that ships', () => {
  it.each(Object.entries(IN_RECORDINGS))('needs %s', (id, name) => {
    const recording = JSON.parse(
      readFileSync(`examples/recordings/${name}.json`, 'utf8'),
    ) as Recording;
    const [frontEnd, mailbox] = recording.connections.map(({ server }) => server);
    const deployment = deploymentOf(ARTICLE, 'NTLM');
    const run = (divergences: typeof DIVERGENCES) =>
      explainInDeployment(recording, {
        ...{ deployment, system: systemOf(deployment), secrets: new Map(), divergences },
        hosts: new Map([
          [frontEnd!, 'frontEnd'],
          [mailbox!, 'mailbox'],
        ]),
      });
    expect(run(DIVERGENCES)).toMatchObject({ used: [id] });
    expect(run(DIVERGENCES.filter((one) => one.id !== id)).trace).toBeNull();
  });
});

describe('the list', () => {
  it('has no divergence that nothing needs', () => {
    const shown = [AT_SERVERS, AT_CLIENTS, IN_RECORDINGS].flatMap((all) => Object.keys(all));
    expect(DIVERGENCES.map(({ id }) => id).sort()).toEqual([...shown, ...REPORTED].sort());
    expect(REPORTED.filter((id) => !/^Reported/.test(divergence(id).source))).toEqual([]);
  });
});
