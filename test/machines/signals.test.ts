import { describe, expect, it } from 'vitest';
import { createActor } from 'xstate';
import { basicServerConnection } from '../../machines/basic/basic-server.ts';
import { MACHINES } from '../../machines/system/deployment.ts';
import { present } from '../../machines/vocabulary/reading.ts';
import type { Signal } from '../../machines/vocabulary/signals.ts';

const INPUT = {
  server: 'mailbox',
  connection: 'alice>mailbox#1',
  logonMethod: 'ClearText',
} as const;

function served(credential: { user: string; secret: { passwordOf: string } }): readonly Signal[] {
  const heard: Signal[] = [];
  const silent = { sendPage: () => {}, reject: () => {}, requestPage: () => {} };
  const actor = createActor(basicServerConnection.provide({ actions: silent }), { input: INPUT });
  actor.on('commit', (signal) => heard.push(signal));
  actor.on('learned', (signal) => heard.push(signal));
  actor.start();
  actor.send({ type: 'connection.opened' });
  actor.send({ type: 'http.request.basic', path: 'mailbox', credential });
  return heard;
}

describe('a live actor', () => {
  it('is heard through actor.on, signal by signal, in the order of its actions', () => {
    expect(served({ user: 'alice', secret: { passwordOf: 'alice' } })).toMatchObject([
      { type: 'learned', secret: { passwordOf: 'alice' }, by: 'mailbox' },
      { type: 'commit', user: 'alice', server: 'mailbox', connection: 'alice>mailbox#1' },
    ]);
  });

  it('makes no commit known where it rejects the password', () => {
    expect(served({ user: 'alice', secret: { passwordOf: 'bob' } })).toMatchObject([
      { type: 'learned', secret: { passwordOf: 'bob' } },
    ]);
  });
});

describe('the events of every machine', () => {
  it('are named in one style: "party.verb", or a message of NTLM by its name in MS-NLMP', () => {
    const names = Object.values(MACHINES).flatMap(({ events }) => [...events]);
    const style = /^(?:[a-z]+(?:\.[a-zA-Z]+)+|\*|adversary\.\*|[A-Z]+_MESSAGE)$/;
    expect(names.length).toBeGreaterThan(30);
    expect(names.filter((name) => !style.test(name))).toEqual([]);
  });
});

describe('a field that is null in some states', () => {
  it('is read where it is set, and an error where it is not', () => {
    expect(present({ challenge: 7 }, 'challenge')).toBe(7);
    expect(() => present({ challenge: null }, 'challenge')).toThrow(
      'challenge is read in a state in which it is null',
    );
  });
});
