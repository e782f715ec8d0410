/** Documents for the page to open: long ones, and the way to hand it any. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { walker } from '../../../../checker/explore/walker.ts';
import { packageRoot } from '../../../../cli/package.ts';
import { subjectsOf } from '../../../../inspector/story/documents/subjects.ts';
import type { Deployment } from '../../../../machines/system/topology.ts';
import { CLAIMS } from '../../../../properties/catalogue.ts';
import { deploymentOf } from '../../../../properties/deployments/deployments.ts';
import { ARTICLE } from '../../../../properties/deployments/plain.ts';
import { choicesOf } from '../../../../properties/random/random-deployments.ts';
import { weightOf } from '../../../../properties/random/walk.ts';
import type { Verdicts } from '../../../../properties/verdicts/verdicts.ts';

export const documentOf = (
  deployment: Deployment,
  claim: Verdicts['claims'][number],
): Verdicts => ({
  format: 'double-hop-verdicts/5',
  topology: deployment.name,
  fault: null,
  deployments: [deployment],
  claims: [claim],
});

/** A witness that takes its time: so many random steps, and on to where the claim wants it. */
export function longWitness(stepsMin: number): Verdicts {
  const deployment = deploymentOf(ARTICLE, 'NTLM');
  const { id, name, kind } = CLAIMS.find((claim) => claim.id === 'ntlm-accepts')!;
  const [{ system, properties }] = subjectsOf(id, deployment, null) as [
    ReturnType<typeof subjectsOf>[number],
  ];
  const { reads, holds } = properties.find((property) => property.kind === kind)!;
  const walk = walker(system);
  let steps = 0;
  for (const choice of choicesOf(1, 2 * stepsMin + 1000)) {
    if (steps >= stepsMin && holds(...reads.map(walk.snapshot))) break;
    const weighted = walk
      .enabled()
      .flatMap((offer) => Array.from({ length: weightOf(walk.offers[offer]!.event) }, () => offer));
    walk.take(weighted[choice % weighted.length]!);
    steps += 1;
  }
  return documentOf(deployment, {
    ...{ id, name, kind, deployment: deployment.name },
    ...{ expected: 'witnessed', verdict: 'witnessed' },
    ...{ states: 228, transitions: 600, depth: 37, milliseconds: 1 },
    trace: walk.trace(),
    loop: null,
    vacuity: null,
    cause: null,
  });
}

/** As a user does who presses "Open a file". */
export const choose = (page: Page, name: string, text: string): Promise<void> =>
  choosing(page).setInputFiles({
    ...{ name, mimeType: 'application/json' },
    buffer: Buffer.from(text),
  });

export const chooseAt = (page: Page, path: string): Promise<void> =>
  choosing(page).setInputFiles(path);

const choosing = (page: Page) => page.locator('input[type="file"]');

/** As a user does who drops a file on the page. */
export async function drop(page: Page, name: string, text: string): Promise<void> {
  const dropped = await page.evaluateHandle(
    ([fileName, content]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content!], fileName!, { type: 'application/json' }));
      return transfer;
    },
    [name, text],
  );
  await page.dispatchEvent('main', 'dragover', { dataTransfer: dropped });
  await page.dispatchEvent('main', 'drop', { dataTransfer: dropped });
}

/** Of the page itself, for servers of a test's own. */
export const PAGE_FOLDER = join(packageRoot, 'dist', 'page');
