/** `double-hop inspect` as users run it: its output, its page, and its end. */
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { hasBrowser } from '../../../cli/output/open-browser.ts';
import type { Numbered } from '../../../inspector/feed.ts';
import { ownFolder, run } from '../running.ts';
import { type Inspecting, inspecting, newsOf } from './inspecting.ts';

const { folder, file } = ownFolder();

describe('inspect', () => {
  it('prints an address with a token, serves the page there, and ends at a signal', async () => {
    const { child, stdout, origin, place } = await inspecting();
    expect(stdout).toMatch(/^Open http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}&view=claims\n/);
    expect(place.get('view')).toBe('claims');
    const page = await fetch(origin);
    expect([page.status, page.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    expect(await page.text()).toContain('<div id="app">');
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([0, null]);
    await expect(fetch(origin)).rejects.toThrow();
  });

  it('ends during a check, with a page connected, and after two signals', async () => {
    const started = await inspecting('topologies/two-users.yaml');
    await newsOf(started, 'opened');
    const began = performance.now();
    started.child.kill('SIGTERM');
    started.child.kill('SIGINT');
    expect(await once(started.child, 'exit')).toEqual([0, null]);
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('checks all claims in a thread of its own, and sends every verdict at once', async () => {
    const news = await newsOf(await inspecting(), 'finished');
    const [opened] = news;
    if (opened?.type !== 'opened') throw new Error('the first news is another');
    const verdicts = news.filter((each) => each.type === 'verdict');
    const asked = verdicts.filter(({ isRemedy }) => !isRemedy);
    expect(opened).toMatchObject({ topology: 'article', about: 'claims', claims: [], index: 0 });
    expect(asked).toHaveLength(opened.total);
    expect(verdicts.slice(0, opened.total)).toEqual(asked); // companion verdicts come after them
    expect(
      asked.every(
        ({ verdict }) => verdict.expected === null || verdict.verdict === verdict.expected,
      ),
    ).toBe(true);
    expect(news.some(({ type }) => type === 'limit')).toBe(false);
  });

  it('reports a limit, and keeps serving', async () => {
    const started = await inspecting('--max-states', '5');
    const news = await newsOf(started, 'finished');
    expect(news).toContainEqual({
      type: 'limit',
      message: expect.stringMatching(/^confinement, article \(NTLM\): more than 5 states/),
      index: expect.any(Number),
    });
    expect((await fetch(started.origin)).status).toBe(200);
  });

  it.each([
    [['--claim', 'confinement'], 'confinement', 'article (Basic)', null],
    [['--claim', 'confinement', '--with', 'NTLM'], 'confinement', 'article (NTLM)', null],
    [
      ['--claim', 'three-messages', '--fault', 'tries-for-ever'],
      'three-messages',
      'article (NTLM)',
      'tries-for-ever',
    ],
  ])('opens the story of the options: %j', async (args, claim, on, fault) => {
    const started = await inspecting(...args);
    expect(Object.fromEntries(started.place)).toMatchObject({ view: 'story', claim, on });
    expect(started.place.get('fault')).toBe(fault);
    const verdict = (await newsOf(started, 'finished')).find(
      (each) => each.type === 'verdict' && each.deployment.name === on,
    );
    expect(verdict).toMatchObject({ fault, isRemedy: false, verdict: { id: claim } });
  });

  it('says with --stately where data can go, and opens the view that sends it', async () => {
    const { stdout, place } = await inspecting('--stately', '--claim', 'confinement');
    expect(stdout).toContain('https://stately.ai/inspect');
    expect(stdout).toContain('not on this machine');
    expect(Object.fromEntries(place)).toMatchObject({ view: 'stately', claim: 'confinement' });
  });
});

describe('inspect --trace', () => {
  it('shows a document of `trace --json`, and checks only its companion verdicts', async () => {
    const { stdout } = await run('trace', 'confinement', '--json');
    const started = await inspecting('--trace', file('trace.json', stdout));
    expect(Object.fromEntries(started.place)).toMatchObject({
      view: 'story',
      claim: 'confinement',
      on: 'article (Basic)',
    });
    const news = await newsOf(started, 'finished');
    expect(news[0]).toMatchObject({ type: 'opened', about: 'trace', total: 1 });
    expect(news[1]).toMatchObject({ isRemedy: false, verdict: JSON.parse(stdout).claims[0] });
    const others = news.slice(2).filter((each) => each.type === 'verdict');
    expect(others.map(({ isRemedy }) => isRemedy)).toEqual(others.map(() => true));
    expect(others[0]).toMatchObject({ verdict: { id: 'confinement', verdict: 'holds' } });
  });

  it.each([
    ['no file', join(folder, 'none.json'), /none\.json: no such file$/],
    ['a folder', folder, /: is a directory; it must be a file$/],
    ['an empty file', file('empty.json', ''), /empty\.json: it is empty;/],
    [
      'a file cut off',
      file('cut.json', '{"format": "double-hop-verdicts/5",'),
      /cut\.json: it ends in/,
    ],
    ['other JSON', file('other.json', '{"a": 1}'), /other\.json: this is JSON, but not a document/],
    [
      'another version',
      file('later.json', '{"format": "double-hop-verdicts/9"}'),
      /later\.json: double-hop-verdicts\/9: this inspector reads double-hop-verdicts\/5;/,
    ],
  ])('refuses %s in one message', async (_, path, message) => {
    const { exit, stdout, stderr } = await run('inspect', '--no-open', '--trace', path);
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr.trimEnd()).toMatch(message);
    expect(stderr).toMatch(/^double-hop: .*\n$/);
  });
});

describe('inspect --live', () => {
  it('runs actors, which take the same steps from the same seed', async () => {
    const once = await inspecting('--live', '--seed', '7');
    const twice = await inspecting('--live', '--seed', '7');
    const isStep = (told: Numbered) =>
      told.type === 'inspection' && told.message.type === '@double-hop.step';
    const firstStep = async (started: Inspecting) => {
      const step = (await newsOf(started, isStep)).find(isStep);
      return step?.type === 'inspection' ? step.message : undefined;
    };
    expect(once.place.get('view')).toBe('live');
    const first = await firstStep(once);
    expect(first).toMatchObject({ type: '@double-hop.step' });
    expect(await firstStep(twice)).toEqual(first);
  });

  it('prints how another program shows its actors, which then appear as well', async () => {
    const started = await inspecting('--live');
    const url = /createWebSocketInspector\(\{ url: '(ws:\/\/[^']+)'/.exec(started.stdout)?.[1];
    const program = new WebSocket(url ?? '');
    onTestFinished(() => program.terminate());
    await once(program, 'open');
    const message = { type: '@xstate.event', _version: '0.7.2', sessionId: 'x:0' };
    program.send(JSON.stringify(message));
    program.close();
    const news = await newsOf(started, 'left');
    expect(news[0]).toMatchObject({ type: 'opened', about: 'live', total: 0 });
    expect(news).toContainEqual(
      expect.objectContaining({ type: 'inspection', source: 'program 1', message }),
    );
    expect(news.some((each) => each.type === 'inspection' && each.source === 'double-hop')).toBe(
      true,
    );
  });
});

describe('inspect refuses', () => {
  it('a port that is in use', async () => {
    const { port } = await inspecting();
    const { exit, stdout, stderr } = await run('inspect', '--no-open', '--port', String(port));
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toBe(
      `double-hop: port ${port} is used by another program; ` +
        'choose another with --port, or leave --port out\n',
    );
  });

  it.each([
    [['--trace', 'x.json', '--live'], /'--trace <file>' cannot be used with option '--live'/],
    [['--trace', 'x.json', '--claim', 'confinement'], /cannot be used with option '--claim/],
    [['--live', '--claim', 'confinement'], /cannot be used with option '--claim/],
    [['--live', '--fault', 'any-password'], /cannot be used with option '--fault/],
    [['topologies/article.yaml', '--trace', 'x.json'], /leave out topologies\/article\.yaml/],
    [['--seed', '1'], /--seed needs --live/],
    [['--port', '70000'], /a whole number from 0 to 65535/],
    [['--claim', 'confinemant'], /did you mean "confinement"/],
    [['--fault', 'none-such'], /no fault is called "none-such"/],
    [['none.yaml'], /none\.yaml: no such file/],
  ])('%j', async (args, message) => {
    const { exit, stdout, stderr } = await run('inspect', '--no-open', ...args);
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });
});

describe('a browser is opened', () => {
  const DISPLAY = { DISPLAY: ':0' };
  it.each([
    ['for a user at a screen', 'linux', true, DISPLAY, true],
    ['under Wayland as well', 'linux', true, { WAYLAND_DISPLAY: 'wayland-0' }, true],
    ['where there is always a screen', 'darwin', true, {}, true],
    ['but not without one', 'linux', true, {}, false],
    ['nor for a pipe', 'darwin', false, {}, false],
    ['nor in continuous integration', 'linux', true, { ...DISPLAY, CI: 'true' }, false],
  ] as const)('%s', (_, platform, isTTY, env, expected) => {
    expect(hasBrowser({ platform, env, stdout: { isTTY } })).toBe(expected);
  });
});
