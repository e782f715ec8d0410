/** What a statechart says of a step: what is active, what was taken, and what guards held. */
import Elk from 'elkjs/lib/elk.bundled.js';
import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { eventWords, labelLines } from '../../../../inspector/draw/chart/chart-text.ts';
import { chartInWords, guardValue } from '../../../../inspector/draw/chart/chart-words.ts';
import { layoutChart } from '../../../../inspector/draw/chart/layout.ts';
import { chartKey, layoutFor } from '../../../../inspector/draw/chart/layouts.ts';
import { Statechart } from '../../../../inspector/draw/chart/statechart.tsx';
import { chartOf } from '../../../../inspector/story/chart.ts';
import { ntlmServerConnection } from '../../../../machines/ntlm/ntlm-server.ts';
import { reuse } from '../../../../properties/monitors/reuse.ts';

const chart = chartOf(ntlmServerConnection);
const layout = await layoutChart(chart, new Elk.default());
const refusing = chart.transitions.find(({ guard }) => guard === 'isOutdated')!;
const PROPS = {
  chart,
  active: ['ntlmServerConnection', 'ntlmServerConnection.awaitingNegotiate'],
  taken: [refusing.id],
  guards: [{ name: 'isOutdated', held: true }],
  title: 'the server, in awaitingNegotiate',
};
const countOf = (text: string, what: RegExp) => text.match(what)?.length ?? 0;
const THICK = /<rect[^>]*stroke-width="3"/g;
const TAKEN_LINE = /<path[^>]*stroke-accent[^>]*stroke-width="3"/g;

describe('a statechart', () => {
  const svg = renderToString(h(Statechart, { ...PROPS, layout }));
  const idle = renderToString(
    h(Statechart, { ...PROPS, active: [], taken: null, guards: [], layout }),
  );

  it('has one thick box for the active state, and none where none is active', () => {
    expect(countOf(svg, THICK)).toBe(1);
    expect(countOf(idle, THICK)).toBe(0);
  });

  it('has one thick line for the transition taken, and none where none was', () => {
    expect(countOf(svg, TAKEN_LINE)).toBe(1);
    expect(countOf(idle, TAKEN_LINE)).toBe(0);
  });

  it('shows the value of a guard that was asked, and of no other', () => {
    expect(countOf(svg, / = true/g)).toBe(1);
    expect(countOf(idle, / = (true|false)/g)).toBe(0);
  });

  it('says the same in words', () => {
    const words =
      `ntlmServerConnection has 8 states and ${chart.transitions.length} transitions. ` +
      'Active: awaitingNegotiate. ' +
      'Taken: awaitingAuthenticate: AUTHENTICATE_MESSAGE [isOutdated] ' +
      'to awaitingAuthenticate.refusing / signalRejected. Guard isOutdated was true.';
    expect(chartInWords(PROPS).slice(0, words.length)).toBe(words);
  });

  it('without a layout is a list with the same marks', () => {
    const list = renderToString(h(Statechart, { ...PROPS, layout: null }));
    expect(list).toContain('<strong>awaitingNegotiate (active)</strong>');
    expect(countOf(list, /\(taken\)/g)).toBe(1);
    expect(list).toContain('isOutdated was true');
    for (const { actions } of chart.transitions)
      for (const action of actions) expect(list).toContain(action);
  });
});

describe('the value of a guard', () => {
  it('is shown where it was asked, and not at another state with a guard of that name', () => {
    const monitor = chartOf(reuse);
    const guarded = monitor.transitions.filter(({ guard }) => guard === 'isToUser');
    expect(guarded.length).toBeGreaterThan(1);
    const props = {
      chart: monitor,
      active: [],
      taken: [guarded[0]!.id],
      guards: [{ name: 'isToUser', held: true }],
      title: '',
    };
    const values = guarded.map((transition) => guardValue(props, transition));
    expect(values).toEqual([true, ...guarded.slice(1).map(() => null)]);
  });
});

describe('an event', () => {
  it.each([
    ['', 'always'],
    ['*', 'any other event'],
    ['adversary.*', 'any other adversary event'],
    ['xstate.after.500.machine.waiting', 'after 500 ms'],
    ['xstate.after.patience.machine.waiting', 'after patience'],
    ['xstate.done.actor.fetcher', 'fetcher is done'],
    ['xstate.done.state.machine.loading', 'loading is done'],
    ['xstate.error.actor.0.machine.loading', '0.machine.loading failed'],
    ['connection.closed', 'connection.closed'],
  ])('%j is read %j', (type, words) => {
    expect(eventWords(type)).toBe(words);
  });
});

describe('a layout', () => {
  it('is for the very chart that it was made for, or there is none', () => {
    const other = { ...chart, transitions: chart.transitions.slice(1) };
    expect(chartKey(other)).not.toBe(chartKey(chart));
    expect(layoutFor(other)).toBeNull();
    expect(layoutFor({ ...chart, machine: 'toString' })).toBeNull();
  });
});

describe('guards that let the same happen', () => {
  const words = (guard: string) => {
    const found = chart.transitions.find((one) => one.guard === guard)!;
    return labelLines(chart, found).map(({ parts }) => parts.map(({ text }) => text).join(' '));
  };

  it('have their event once, before the first, and their actions once, after the last', () => {
    expect([words('isUnproven'), words('isOutdated'), words('isFromHere')]).toEqual([
      ['AUTHENTICATE_MESSAGE', '[isUnproven]'],
      ['or [isOutdated]'],
      ['or [isFromHere]', '/ signalRejected'],
    ]);
  });
});
