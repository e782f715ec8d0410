/** Every story opens from the table, tells what the model says, and asks nothing of others. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { storyOf, verdictSentence } from '../../../inspector/story/verdict-story.ts';
import type { ClaimVerdict, Verdicts } from '../../../properties/verdicts/verdicts.ts';
import { CHROMIUM, sharedBrowser } from './support/chromium.ts';
import { check, inspect } from './support/command.ts';
import { reached, soon, viewsOf } from './support/views.ts';
import { astray, opened } from './support/watched.ts';

const folder = mkdtempSync(join(tmpdir(), 'double-hop-browser-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A topology of a user's own, whose names are those of nothing that we ship. */
const OWN = join(folder, 'own.yaml');
writeFileSync(
  OWN,
  `name: office
hosts:
  - { name: gate, accepts: NTLM, callsOn: vault }
  - { name: vault, accepts: NTLM }
users:
  - { name: carol, visits: [gate] }
`,
);

type Lead = {
  readonly href: string;
  readonly id: string; // the claim's
  readonly on: string; // deployment
  readonly witness: string | null; // the claim whose trace is shown; null: its own
};

/** The table's rows that lead to a story. */
const leadsIn = (page: Page): Promise<readonly Lead[]> =>
  page.locator('.claims-table a.lead').evaluateAll((links) =>
    links.map((link) => {
      const row = link.closest('tr')!;
      return {
        href: link.getAttribute('href')!,
        id: row.querySelector('.claim-id')!.textContent!,
        on: row.querySelector('[data-column="Deployment"]')!.textContent!,
        witness: /^Witness: (.*)$/.exec(link.firstElementChild!.textContent!)?.[1] ?? null,
      };
    }),
  );

/** What is said after the last step of a story that does not end with it. */
function afterwards(loop: number | null, end: number): string {
  if (loop === null) return '';
  return loop === end
    ? ' And no further step has to happen.'
    : ` And steps ${loop + 1} to ${end} repeat for ever.`;
}

async function compareStory(page: Page, { claims, deployments }: Verdicts, lead: Lead) {
  const { id, on, witness } = lead;
  const verdictOn = (wanted: string): ClaimVerdict =>
    claims.find((claim) => claim.id === wanted && claim.deployment === on)!;
  const deployment = deployments.find(({ name }) => name === on)!;
  const story = storyOf(verdictOn(witness ?? id), deployment, null);
  const end = story.steps.length;
  await reached(page, end);
  const sentence = verdictSentence(verdictOn(id), on, null);
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(sentence);
  await soon(() => viewsOf(page)).toMatchObject({
    ...{ log: `${end}`, sequence: `${end}`, timeline: `${end} / ${end}`, heading: `Step ${end}` },
    spoken: `Step ${end} of ${end}: ${story.steps.at(-1)!.sentence}${afterwards(story.loop, end)}`,
  });
  const acted = story.steps.at(-1)!.reactions.map(({ component }) => component);
  const { chart } = await viewsOf(page);
  expect(acted).toContain(chart.split(', in ')[0]);
  const told = await page.locator('.step-log li .sentence').allTextContents();
  expect(told.slice(1)).toEqual(story.steps.map((step) => expect.stringContaining(step.sentence)));
}

describe.runIf(CHROMIUM !== undefined)('every story', () => {
  const browser = sharedBrowser();

  it.each([
    ['of the article', []],
    ['of another topology that is shipped', ['topologies/two-users.yaml']],
    ["of a user's own file", [OWN]],
  ])('%s opens at the step that matters, and nothing leaves this machine', async (_, args) => {
    const inspector = await inspect(...args);
    onTestFinished(() => inspector.kill('SIGINT'));
    const watching = await opened(browser(), inspector.url);
    const { page } = watching;
    const verdicts = check(...args);
    await page.getByText(/^\d+ verdicts, (?:\d+|none) violated\.$/).waitFor();
    const rows = await page.locator('.claims-table .claim-id').count();
    expect(rows).toBe(verdicts.claims.length);
    const leads = await leadsIn(page);
    const own = leads.filter(({ witness }) => witness === null).map(({ id, on }) => [id, on]);
    const traced = verdicts.claims.filter(({ trace }) => trace !== null);
    expect(own.sort()).toEqual(traced.map(({ id, deployment }) => [id, deployment]).sort());
    const isWhole = args.length === 0; // of others, the stories of witnesses are shown once
    for (const lead of leads.filter(({ witness }) => isWhole || witness === null)) {
      await page.locator(`.claims-table a.lead[href="${lead.href}"]`).click();
      await compareStory(page, verdicts, lead);
      await page.goBack();
      await page.locator('.claims-table').first().waitFor();
    }
    expect(watching.faults).toEqual([]);
    expect(astray(watching)).toEqual([]);
  });
});
