/**
 * The article, for real: Chromium at a front end, and a mailbox behind it. What goes over both hops
 * is a run of the model's article, step for step, and as it is in the recordings that ship.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../cli/package.ts';
import { ntlmToken } from '../../conformance/http/challenges.ts';
import type { Recording } from '../../conformance/recording/recording.ts';
import { DIVERGENCES } from '../../conformance/trace/divergences.ts';
import { explainInDeployment } from '../../conformance/trace/in-deployment.ts';
import { allHold } from '../../conformance/trace/run-of-system.ts';
import { basicArticle, ntlmArticle, ORIGINS } from '../../lab/article/article.ts';
import { visit } from '../../lab/article/browser.ts';
import { openLab } from '../../lab/lab.ts';
import { inCi, missing, REQUIREMENTS } from '../../lab/requirements.ts';
import { ALICE } from '../../lab/started.ts';
import { MACHINES } from '../../machines/system/deployment.ts';
import { CLAIMS } from '../../properties/catalogue.ts';
import { checkClaim } from '../../properties/check.ts';
import { deploymentOf } from '../../properties/deployments/deployments.ts';
import { ARTICLE } from '../../properties/deployments/plain.ts';

const HOSTS = new Map([
  [ORIGINS.frontEnd, 'frontEnd'],
  [ORIGINS.mailbox, 'mailbox'],
]);

const CASES = [
  {
    ...{ kind: ntlmArticle, account: ALICE, typing: 1, status: 401, prompts: 2 },
    ...{ claim: 'asked-again', file: 'article-ntlm.json' },
  },
  {
    ...{ kind: ntlmArticle, account: ALICE, typing: 2, status: 401, prompts: 3 },
    ...{ claim: 'prompt-loop', file: 'article-ntlm-loop.json' },
  },
  {
    ...{ kind: basicArticle, account: { ...ALICE, domain: '' }, typing: 1 },
    ...{ status: 200, prompts: 1, claim: 'mailbox-read', file: 'article-basic.json' },
  },
] as const;

/** What does not differ from run to run: who says what kind of thing to whom, in which order. */
const shapeOf = ({ observations }: Recording) =>
  observations.flatMap((observation): object[] => {
    if (observation.what === 'request') {
      const { connection, target, authorization } = observation;
      const [scheme = null, token = ''] = authorization?.split(' ') ?? [];
      return [{ connection, target, scheme, type: Buffer.from(token, 'base64')[8] ?? null }];
    }
    if (observation.what !== 'reply') return [];
    const { connection, status, identity, authenticate } = observation;
    return [{ connection, status, identity, isChallenge: ntlmToken(authenticate) !== null }];
  });

/** The recording that ships. It is written where there is none, which is how it is made anew. */
function shipped(file: string, recording: Recording): Recording {
  const path = join(packageRoot, 'examples', 'recordings', file);
  if (!existsSync(path) && !inCi) writeFileSync(path, `${JSON.stringify(recording, null, 2)}\n`);
  return JSON.parse(readFileSync(path, 'utf8')) as Recording;
}

describe.each(CASES)('$kind.mechanism, the password typed $typing times', (one) => {
  const { kind, account, typing, status, prompts, claim: id, file } = one;
  const absent = missing([...kind.needs, REQUIREMENTS.chromium]);
  const left = absent.map(({ name, provides }) => `${name}: ${provides}`).join('; ');
  const lab = openLab();
  afterAll(() => lab.stop());

  it.skipIf(absent.length > 0 && !inCi)(
    `is the model's own ${id}${left === '' ? '' : ` (needs ${left})`}`,
    async () => {
      const article = await kind.start(lab);
      const { version, ...visited } = await visit(article.url, account, typing);
      expect(visited).toEqual({ status, prompts });

      const recording = article.recording();
      expect(shapeOf(recording)).toEqual(shapeOf(shipped(file, recording)));

      const deployment = deploymentOf(ARTICLE, kind.mechanism);
      const claim = CLAIMS.find((candidate) => candidate.id === id)!;
      const [subject] = claim.subjects(deployment, MACHINES);
      const { system, properties } = subject!;
      const found = explainInDeployment(recording, {
        ...{ deployment, hosts: HOSTS, system, isReached: allHold(properties) },
        secrets: new Map([[ALICE.user, ALICE.password]]),
        divergences: DIVERGENCES,
      });
      const { trace } = checkClaim(claim, deployment, { statesMax: 10_000 });
      expect(found.trace).toEqual(trace);
    },
  );
});
