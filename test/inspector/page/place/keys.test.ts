/** What each key does, and that it does nothing where something else has a use for it. */
import { describe, expect, it } from 'vitest';
import { commandOf, type Focus, HELP } from '../../../../inspector/page/place/keys.ts';

const pressed = (key: string, focus: Focus = 'page', hasModifier = false) =>
  commandOf({ key, focus, hasModifier });

describe('a key', () => {
  it.each([
    ['ArrowRight', 'next'],
    ['j', 'next'],
    ['ArrowLeft', 'previous'],
    ['k', 'previous'],
    ['Home', 'first'],
    ['End', 'last'],
    [' ', 'play'],
    ['v', 'decisive'],
    ['?', 'help'],
    ['Escape', 'escape'],
    ['x', null],
    ['0', null],
  ])('%j means %s', (key, command) => {
    expect(pressed(key)).toBe(command);
  });

  it('from 1 to 9 means a component', () => {
    expect([pressed('1'), pressed('9')]).toEqual([{ component: 1 }, { component: 9 }]);
  });

  it("means nothing with control, alt or meta, which are the browser's", () => {
    expect(pressed('ArrowRight', 'page', true)).toBeNull();
  });

  it('is text where text is typed, but for Escape', () => {
    expect(['j', ' ', '?', '1', 'Home'].map((key) => pressed(key, 'typing'))).toEqual(
      Array.from({ length: 5 }, () => null),
    );
    expect(pressed('Escape', 'typing')).toBe('escape');
  });

  it('presses a button with space, and steps with all others', () => {
    expect([pressed(' ', 'button'), pressed('j', 'button')]).toEqual([null, 'next']);
  });

  it('moves a slider, and scrolls what scrolls up and down', () => {
    expect([pressed('ArrowRight', 'slider'), pressed('j', 'slider')]).toEqual([null, 'next']);
    expect(['ArrowDown', 'End', ' '].map((key) => pressed(key, 'scroller'))).toEqual([
      null,
      null,
      null,
    ]);
    expect(pressed('ArrowRight', 'scroller')).toBe('next');
  });

  it('chooses in a list, where letters and numbers search it', () => {
    expect(['j', '1', 'ArrowDown'].map((key) => pressed(key, 'choice'))).toEqual([
      null,
      null,
      null,
    ]);
    expect([pressed('?', 'choice'), pressed('Escape', 'choice')]).toEqual(['help', 'escape']);
  });
});

it('the help lists every key that means something', () => {
  const listed = HELP.flatMap(({ keys }) => keys);
  expect(listed).toEqual(expect.arrayContaining(['j', 'k', 'v', 'Home', 'End', 'Space', '?']));
});
