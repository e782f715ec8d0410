/** The page as the `url` of `createBrowserInspector`: whom it listens to, and what it says. */
import { describe, expect, it } from 'vitest';
import type { Inspection } from '../../../../inspector/feed.ts';
import {
  hearWindow,
  openerIn,
  originIn,
  windowAround,
} from '../../../../inspector/page/sources/foreign-window.ts';
import { isInspection } from '../../../../inspector/story/protocol/inspection.ts';

const ORIGIN = 'http://localhost:5173';

class FakeWindow extends EventTarget {
  opener: FakeWindow | null = null;
  parent: FakeWindow = this;
  readonly posted: unknown[] = [];

  postMessage(data: unknown, origin: string): void {
    this.posted.push([data, origin]);
  }

  receive(source: FakeWindow, data: unknown, origin = ORIGIN): void {
    this.dispatchEvent(Object.assign(new Event('message'), { source, data, origin }));
  }

  get asWindow(): Window {
    return this as unknown as Window;
  }
}

const MESSAGE = { type: '@xstate.event', _version: '0.7.2', sessionId: 'x:0' };

function heard() {
  const [own, other, third] = [new FakeWindow(), new FakeWindow(), new FakeWindow()];
  const messages: Inspection[] = [];
  const end = hearWindow(own.asWindow, other.asWindow, ORIGIN, (message) => messages.push(message));
  return { own, other, third, messages, end };
}

describe('the page', () => {
  it('finds who opened it, or has it in a frame', () => {
    const [own, other] = [new FakeWindow(), new FakeWindow()];
    expect(windowAround(own.asWindow)).toBeNull();
    own.parent = other;
    expect(windowAround(own.asWindow)).toBe(other);
    own.opener = new FakeWindow();
    expect(windowAround(own.asWindow)).toBe(own.opener);
  });

  it('says that it listens, and when it goes; and nothing else', () => {
    const { own, other } = heard();
    expect(other.posted).toEqual([[{ type: '@statelyai.connected' }, ORIGIN]]);
    own.dispatchEvent(new Event('pagehide'));
    expect(other.posted).toHaveLength(2);
    expect(other.posted[1]).toEqual([{ type: '@statelyai.disconnected' }, ORIGIN]);
  });

  it('listens to that window and to no other', () => {
    const { own, other, third, messages } = heard();
    own.receive(third, MESSAGE);
    own.receive(own, MESSAGE);
    expect(messages).toEqual([]);
    own.receive(other, MESSAGE);
    expect(messages).toEqual([MESSAGE]);
  });

  it('listens to no other origin, whatever window it is in', () => {
    const { own, other, messages } = heard();
    for (const origin of ['http://localhost:5174', 'https://localhost:5173', 'null', ''])
      own.receive(other, MESSAGE, origin);
    expect(messages).toEqual([]);
  });

  it('shows invisible characters of a message', () => {
    const { own, other, messages } = heard();
    own.receive(other, { ...MESSAGE, sessionId: '\u202ex' });
    expect(messages).toEqual([{ ...MESSAGE, sessionId: '\\u202ex' }]);
  });

  it('takes an origin from its address, and nothing else', () => {
    expect(openerIn(`#token=T&opener=${encodeURIComponent(ORIGIN)}`)).toBe(ORIGIN);
    for (const text of ['*', '', 'null', 'file://', `${ORIGIN}/`, 'http://a/b', 'javascript:1'])
      expect(openerIn(`#opener=${encodeURIComponent(text)}`)).toBeNull();
    expect(openerIn('#token=T')).toBeNull();
    expect(originIn('null')).toBeNull();
  });

  it('ignores anything that is no message of the protocol', () => {
    const { own, other, messages } = heard();
    for (const data of [null, 'text', 3, {}, { type: 'x' }, { type: 1, _version: '1' }])
      own.receive(other, data);
    expect(messages).toEqual([]);
    expect(isInspection(MESSAGE)).toBe(true);
  });

  it('stops listening on request', () => {
    const { own, other, messages, end } = heard();
    end();
    own.receive(other, MESSAGE);
    expect(messages).toEqual([]);
  });
});
