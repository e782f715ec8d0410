/** What the server serves, that nobody misses any of it, and that it ends. */
import { connect as connectTcp } from 'node:net';
import { createWebSocketInspector } from '@statelyai/inspect';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createActor, createMachine } from 'xstate';
import { createJournal } from '../../../inspector/server/journal.ts';
import type { Deployment } from '../../../machines/system/topology.ts';
import { ask, connect, running, view, write } from './support.ts';

const inspection = (sessionId: string, filling = '') =>
  ({ type: '@xstate.event', _version: '0.7.2', sessionId, filling }) as const;
const told = (sessionId: string, filling = '') =>
  ({ type: 'inspection', source: 'here', message: inspection(sessionId, filling) }) as const;

describe('files', () => {
  it('are the page, never kept, and its assets, kept for good', async () => {
    const { port } = await running();
    expect(await ask(port, '/')).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
      text: '<!doctype html><title>Inspector</title>',
    });
    expect(await ask(port, '/assets/index-4f2a.js?x=1')).toMatchObject({
      status: 200,
      headers: {
        'content-type': 'text/javascript; charset=utf-8',
        'cache-control': 'public, max-age=31536000, immutable',
      },
      text: 'export {};',
    });
    expect(await ask(port, '/', { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
  });

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '/assets/..\\..\\secret.txt',
    '/assets/',
    '/assets',
    '/standalone.html',
    '/index.html',
    '//',
    '*',
    '/%',
    '/constructor',
    'http://elsewhere.example/',
  ])('are no others: %s', async (path) => {
    const { port } = await running();
    expect(await ask(port, path)).toMatchObject({ status: 404, text: 'not found\n' });
  });

  it('are read once: a part of one may not be asked for', async () => {
    const { port } = await running();
    const answer = await ask(port, '/', { headers: { Range: 'bytes=5-2' } });
    expect(answer).toMatchObject({ status: 200, text: '<!doctype html><title>Inspector</title>' });
  });
});

describe('the news', () => {
  const deployments: readonly Deployment[] = [];
  const opened = {
    type: 'opened',
    topology: 'article',
    deployments,
    about: 'live',
    claims: [],
    stately: false,
    total: 0,
  } as const;

  it('reaches a viewer that was there, and one that comes late, in the same order', async () => {
    const server = await running();
    const early = view(server);
    server.journal.publish(opened);
    await early.heard(1);
    for (let i = 0; i < 500; i += 1) server.journal.publish(told(`x:${i}`));
    const late = view(server);
    server.journal.publish({ type: 'finished' });
    const news = await early.heard(502);
    expect(news.map((each) => 'index' in each && each.index)).toEqual(news.map((_, i) => i));
    expect(news[0]).toEqual({ ...opened, index: 0 });
    expect(news[500]).toEqual({ ...told('x:499'), index: 500 });
    await late.heard(502);
    expect(late.frames).toEqual(early.frames);
  });

  it('resumes after the last news that a viewer received', async () => {
    const server = await running();
    for (let i = 0; i < 10; i += 1) server.journal.publish(told(`x:${i}`));
    const back = view(server, 8);
    server.journal.publish({ type: 'finished' });
    expect(await back.heard(3)).toMatchObject([
      { index: 8, message: { sessionId: 'x:8' } },
      { index: 9 },
      { type: 'finished', index: 10 },
    ]);
  });

  it('of progress reaches who is there, and is not kept', async () => {
    const server = await running();
    const progress = {
      type: 'progress',
      done: 1,
      total: 2,
      claim: 'confinement',
      deployment: 'article (NTLM)',
      states: 10,
      depth: 3,
    } as const;
    const early = view(server);
    server.journal.publish(opened);
    await early.heard(1);
    server.journal.progress(progress);
    expect((await early.heard(2))[1]).toEqual(progress);
    server.journal.publish({ type: 'finished' });
    expect((await view(server).heard(2)).map(({ type }) => type)).toEqual(['opened', 'finished']);
  });

  it('waits for a viewer that does not read, outside of its connection', async () => {
    const server = await running();
    const slow = view(server);
    server.journal.publish(opened);
    await slow.heard(1);
    slow.socket.pause();
    const before = process.memoryUsage.rss();
    for (let i = 0; i < 300; i += 1) server.journal.publish(told(`x:${i}`, 'x'.repeat(2 ** 17)));
    await view(server).heard(301); // another viewer reads everything in the meantime
    expect(slow.frames.length).toBeLessThan(300);
    expect((process.memoryUsage.rss() - before) / 2 ** 20).toBeLessThan(200); // kept once: 37 MiB
    slow.socket.resume();
    const news = await slow.heard(301);
    expect(news.map((each) => 'index' in each && each.index)).toEqual(news.map((_, i) => i));
  });
});

describe('programs', () => {
  const machine = createMachine({
    id: 'counter',
    initial: 'even',
    states: { even: { on: { count: 'odd' } }, odd: { on: { count: 'even' } } },
  });

  it('send far more than 200 messages through the official package, and none is lost', async () => {
    const server = await running();
    const inspector = createWebSocketInspector({
      url: `ws://127.0.0.1:${server.port}/live?token=${server.token}`,
      maxDeferredEvents: 100_000,
    });
    onTestFinished(inspector.stop);
    const actor = createActor(machine, { inspect: inspector.inspect, id: 'counter' }).start();
    for (let i = 0; i < 400; i += 1) actor.send({ type: 'count' });
    const news = await view(server).heard(803);
    const messages = news.map((each) => (each.type === 'inspection' ? each.message : null));
    expect(messages[0]).toMatchObject({ type: '@xstate.actor', name: 'counter' });
    expect(messages.filter((message) => message?.type === '@xstate.event')).toHaveLength(401);
    expect(messages.filter((message) => message?.type === '@xstate.snapshot')).toHaveLength(401);
    expect(new Set(news.map((each) => each.type === 'inspection' && each.source))).toEqual(
      new Set(['program 1']),
    );
  });

  it('have different sources, and the news names one that disconnects', async () => {
    const server = await running();
    const [one, other] = [write(server), write(server)];
    one.socket.on('open', () => one.socket.send(JSON.stringify(inspection('x:0'))));
    await view(server).heard(1);
    if (other.socket.readyState !== other.socket.OPEN)
      await new Promise((resolve) => other.socket.once('open', resolve));
    other.socket.send(JSON.stringify(inspection('x:0')));
    const [first, second] = await view(server).heard(2);
    expect(first).toMatchObject({ source: 'program 1', message: inspection('x:0') });
    expect(second).toMatchObject({ source: 'program 2', message: inspection('x:0') });
    one.socket.close();
    expect((await view(server).heard(3))[2]).toMatchObject({ type: 'left', source: 'program 1' });
  });

  it('that fill their memory are disconnected, with one limit in the news', async () => {
    const server = await running({ journal: createJournal(1000) });
    const writer = write(server);
    writer.socket.on('open', () => {
      for (let i = 0; i < 20; i += 1) writer.socket.send(JSON.stringify(inspection(`x:${i}`)));
    });
    expect(await writer.ended).toEqual([1008, 'no more room']);
    const late = view(server);
    const isTold = (type: string) => late.frames.some((frame) => JSON.parse(frame).type === type);
    while (!isTold('left')) await late.heard(late.frames.length + 1);
    expect(server.journal.publish(told('x:20'))).toBe(false);
    const kept = (await late.heard(0)).map(({ type }) => type);
    expect(kept[0]).toBe('inspection');
    expect(kept.filter((type) => type !== 'inspection')).toEqual(['limit', 'left']);
  });
});

describe('the server', () => {
  it('says that a port is taken', async () => {
    const { port } = await running();
    await expect(running({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('listens on this machine alone', async () => {
    const { port } = await running();
    const reached = await new Promise((resolve) => {
      const socket = connectTcp(port, '::1');
      socket.on('connect', () => resolve('reached'));
      socket.on('error', ({ message }) => resolve(message));
    });
    expect(reached).not.toBe('reached');
  });

  it('ends at once, with connections of every kind, one of which does not answer', async () => {
    const server = await running();
    const clients = [view(server), view(server), write(server)];
    await Promise.all(
      clients.map(({ socket }) => new Promise((resolve) => socket.once('open', resolve))),
    );
    const idle = connectTcp(server.port, '127.0.0.1');
    await new Promise((resolve) => idle.once('connect', resolve));
    clients[1]!.socket.pause();
    const began = performance.now();
    await server.close();
    expect(performance.now() - began).toBeLessThan(1000);
    expect(await clients[0]!.ended).toEqual([1001, 'the inspector has ended']);
    await expect(ask(server.port, '/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('refuses WebSockets of other paths', async () => {
    const { port, token } = await running();
    const client = connect(`ws://127.0.0.1:${port}/other?token=${token}`);
    expect((await client.ended)[0]).toBe(404);
  });
});
