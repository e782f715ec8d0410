/** The command may go away in the middle of it, and come back: nothing is lost, nothing twice. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Inspection } from '../../../inspector/feed.ts';
import { runActors } from '../../../inspector/server/actors.ts';
import { createJournal } from '../../../inspector/server/journal.ts';
import { serve } from '../../../inspector/server/server.ts';
import { Fold } from '../../../inspector/story/protocol/fold.ts';
import { deploymentOf } from '../../../properties/deployments/deployments.ts';
import { ARTICLE } from '../../../properties/deployments/plain.ts';
import { CHROMIUM, sharedBrowser } from './support/chromium.ts';
import { inspect } from './support/command.ts';
import { PAGE_FOLDER } from './support/documents.ts';
import { reached, soon } from './support/views.ts';
import { opened } from './support/watched.ts';

const GONE = 'The command cannot be reached; trying again…';
const STEPS = 40;
const deployment = deploymentOf(ARTICLE, 'NTLM');

/** Cuts the connections to a port, and keeps them cut until it is told otherwise. */
function saboteur(port: () => number) {
  const sockets = new Set<Socket>();
  let isDown = false;
  const accepted = (message: unknown) => {
    const { socket } = message as { readonly socket: Socket };
    if (socket.localPort !== port()) return;
    sockets.add(socket);
    if (isDown) socket.destroy();
  };
  subscribe('net.server.socket', accepted);
  onTestFinished(() => {
    unsubscribe('net.server.socket', accepted);
  });
  return {
    cut: () => {
      isDown = true;
      for (const socket of sockets) socket.destroy();
    },
    mend: () => {
      isDown = false;
    },
  };
}

async function messagesOf(): Promise<readonly Inspection[]> {
  const messages: Inspection[] = [];
  await runActors({
    ...{ deployment, seed: 1, stepsPerSecond: Number.POSITIVE_INFINITY, stepsMax: STEPS },
    onInspection: (message) => messages.push(message),
    signal: new AbortController().signal,
  });
  return messages;
}

describe.runIf(CHROMIUM !== undefined)('the page', () => {
  const browser = sharedBrowser();

  it('says that the command cannot be reached, and keeps its stories', async () => {
    const inspector = await inspect('--claim', 'confinement');
    onTestFinished(() => inspector.kill('SIGKILL'));
    const { page } = await opened(browser(), inspector.url);
    await reached(page, 7);
    await inspector.kill('SIGKILL');
    await page.getByText(GONE).waitFor();
    await page.keyboard.press('ArrowLeft');
    await reached(page, 6);
  });

  it('says that it is no longer known, when another command is at its port', async () => {
    const inspector = await inspect('--claim', 'confinement');
    const { page } = await opened(browser(), inspector.url);
    await reached(page, 7);
    await inspector.kill('SIGINT');
    const other = await inspect('--claim', 'confinement', '--port', `${inspector.port}`);
    onTestFinished(() => other.kill('SIGINT'));
    await page.getByText('The command refuses this page.').waitFor();
  });

  it('comes back by itself, has lost nothing meanwhile, and shows each step once', async () => {
    const journal = createJournal();
    journal.publish({
      ...{ type: 'opened', topology: 'article', deployments: [deployment], about: 'live' },
      ...{ claims: [], stately: false, total: 0 },
    });
    const messages = await messagesOf();
    const tell = (from: number, to: number) => {
      for (const message of messages.slice(from, to))
        journal.publish({ type: 'inspection', source: 'double-hop', message });
    };
    const server = await serve({ folder: PAGE_FOLDER, port: 0, journal, acceptsWriters: false });
    onTestFinished(server.close);
    const line = saboteur(() => server.port);
    const { page } = await opened(
      browser(),
      `http://127.0.0.1:${server.port}/#token=${server.token}&view=live`,
    );
    await page.getByRole('heading', { level: 1 }).waitFor();
    const [third, half] = [messages.length / 3, messages.length / 2].map(Math.floor);
    tell(0, third!);
    // A connection that was made before anybody listened is not known: this page makes another.
    await page.reload();
    await page.locator('.step-log li').nth(2).waitFor({ state: 'attached' });
    line.cut();
    await page.getByText(GONE).waitFor();
    tell(third!, half!);
    line.mend();
    await page.getByText(GONE).waitFor({ state: 'detached' });
    line.cut();
    await page.getByText(GONE).waitFor();
    line.mend();
    tell(half!, messages.length);
    await reached(page, STEPS);
    const fold = new Fold();
    for (const message of messages) fold.add(message);
    const told = page.locator('.step-log li .sentence');
    await soon(() => told.count()).toBe(STEPS + 1);
    expect((await told.allTextContents()).slice(1)).toEqual(
      fold.story.steps.map(({ sentence }) => sentence),
    );
  });
});
