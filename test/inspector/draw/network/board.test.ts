/** The board: two runs beside each other, with words that fit, in colours that can be read. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { columnOf } from '../../../../inspector/draw/network/board/columns.ts';
import { doubleHopSvg } from '../../../../inspector/draw/network/board/double-hop.tsx';
import { type Colour, PALETTE } from '../../../../inspector/draw/palette.ts';
import { CHROMIUM, launch } from '../../browser/support/chromium.ts';
import { contrast } from '../support/contrast.ts';
import { areaOfRect, areaOfText, elementsOf, isInside, overlap } from './support/placed.ts';
import { FAULTY, REFUSED, VIOLATED } from './support/runs.ts';

const README = doubleHopSvg(REFUSED, VIOLATED);
const MISTAKEN = doubleHopSvg(FAULTY, VIOLATED);

const PICTURES = [
  ['of NTLM beside Basic', README],
  ['of a fault beside Basic', MISTAKEN],
] as const;

const textsIn = (svg: string) =>
  elementsOf(svg).filter(({ name, words }) => name === 'text' && words !== '');
const wordsIn = (svg: string) => textsIn(svg).map(({ words }) => words);
const captions = (...runs: readonly (typeof REFUSED)[]) =>
  runs.map((run) =>
    columnOf(run).frames.map(({ state, caption }) => `${state.position}. ${caption}`),
  );

describe('the captions', () => {
  it('say what happens in each frame, of the hosts by their names', () => {
    expect(captions(REFUSED, VIOLATED)).toEqual([
      [
        '7. frontEnd sends a challenge on this connection.',
        '8. alice sends a response that answers this challenge only.',
        '9. frontEnd authenticates alice. It has a token, not the password.',
        '15. frontEnd calls mailbox as alice and has no key to answer the challenge: ' +
          'mailbox refuses.',
      ],
      [
        '2. frontEnd responds 401 to alice.',
        '4. alice sends the password itself.',
        '5. frontEnd authenticates alice. It now has the password.',
        '7. frontEnd sends the password to mailbox. mailbox authenticates alice.',
      ],
    ]);
  });

  it('say otherwise where a fault leaves the password', () => {
    const [mistaken] = captions(FAULTY);
    expect(mistaken?.slice(2)).toEqual([
      '9. frontEnd authenticates alice. It now has the password.',
      '15. frontEnd answers mailbox with the password that it has. mailbox authenticates alice.',
    ]);
  });
});

describe('the picture', () => {
  it('names the run, the refusal and the violation in words', () => {
    const words = wordsIn(README);
    expect(words).toContain('NTLM: next-hop-refused, witnessed in 15 steps');
    expect(words).toContain('Basic: confinement, violated in 7 steps');
    expect(words).toContain('mailbox refuses: the response is anonymous');
    expect(words).toContain('alice never signed in to mailbox');
  });

  it('has everything that it shows as text, too', () => {
    const described = elementsOf(README).find(({ name }) => name === 'desc')?.words;
    for (const sentence of captions(REFUSED, VIOLATED).flat())
      expect(described).toContain(`Step ${sentence.replace('. ', ': ')}`);
    expect(described).toContain('frontEnd has a token for alice. Basic: confinement');
    expect(described).toContain("mailbox has alice's password.");
  });

  it('differs where the run does: with a fault, nothing is refused and no token is left', () => {
    expect(wordsIn(MISTAKEN)).toContain('NTLM: confinement, violated in 15 steps');
    for (const word of ['refused', 'anonymous', 'token: valid on this host only']) {
      expect(wordsIn(README)).toContain(word);
      expect(wordsIn(MISTAKEN)).not.toContain(word);
    }
  });

  it('refers to nothing else, and has no script', () => {
    expect(README).not.toMatch(/\b(href|src)=|url\(|@import|<script/);
  });
});

describe.each(PICTURES)('the picture %s', (_, svg) => {
  const texts = textsIn(svg);
  const elements = elementsOf(svg);
  const rects = elements.filter(({ name }) => name === 'rect').map(areaOfRect);
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg)!;
  const whole = { left: 0, right: Number(width), top: 0, bottom: Number(height) };

  it('shortens no text, and cuts none off at the edge of what holds it', () => {
    expect(wordsIn(svg).filter((words) => words.includes('…'))).toEqual([]);
    const cut = texts
      .filter(({ words }) => words.length > 1) // the letter of a badge is smaller than the badge
      .filter((text) => {
        const area = areaOfText(text);
        const size = (rect: typeof area) => (rect.right - rect.left) * (rect.bottom - rect.top);
        const holding = rects
          .filter((rect) => isInside({ ...area, right: area.left + 1 }, rect))
          .toSorted((a, b) => size(a) - size(b));
        return !isInside(area, holding[0] ?? whole);
      });
    expect(cut.map(({ words }) => words)).toEqual([]);
  });

  it('is legible at the width of a README: no words are smaller than 10 px there', () => {
    const scale = 830 / whole.right;
    const words = texts.filter((text) => text.words.length > 2);
    const sizes = words.map(({ attributes }) => Number(attributes['font-size']) * scale);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(10);
  });

  it('has no two texts that overlap', () => {
    const areas = texts.map((text) => ({ words: text.words, area: areaOfText(text) }));
    const pairs = areas.flatMap((one, i) =>
      areas
        .slice(i + 1)
        .filter((other) => overlap(one.area, other.area))
        .map((other) => `${one.words} | ${other.words}`),
    );
    expect(pairs).toEqual([]);
  });

  it('has every text and every rectangle inside', () => {
    for (const area of [...rects, ...texts.map(areaOfText)])
      expect(isInside(area, whole), JSON.stringify(area)).toBe(true);
  });

  it('has contrast between its words and their ground, light and dark', () => {
    const grounds: Readonly<Partial<Record<Colour, readonly Colour[]>>> = {
      ink: ['paper', 'panel'],
      muted: ['paper', 'panel'],
      bad: ['bad-soft'],
      'on-deep': ['id-1', 'id-3', 'id-5'],
      'on-pale': ['id-2', 'id-4'],
    };
    const inks = texts.map(({ attributes }) => /fill-([\w-]+)/.exec(attributes.class!)![1]!);
    for (const ink of new Set(inks)) expect(Object.keys(grounds)).toContain(ink);
    for (const [ink, on] of Object.entries(grounds) as [Colour, readonly Colour[]][])
      for (const ground of on)
        for (const theme of [0, 1] as const)
          expect(
            contrast(PALETTE[ink][theme], PALETTE[ground][theme]),
            `${ink} on ${ground}`,
          ).toBeGreaterThanOrEqual(4.5);
  });

  it('has lines that can be told from paper, light and dark', () => {
    for (const line of ['id-1', 'id-2-edge', 'id-3', 'id-4-edge', 'id-5', 'line', 'bad'] as const)
      for (const theme of [0, 1] as const)
        expect(contrast(PALETTE[line][theme], PALETTE.paper[theme]), line).toBeGreaterThan(3);
  });
});

describe.skipIf(CHROMIUM === undefined)('in Chromium', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await launch();
    page = await browser.newPage({ viewport: { width: 1000, height: 1000 } });
  });
  afterAll(() => browser?.close());

  it.each(PICTURES)(
    'the picture %s is XML, and draws everything inside of itself',
    async (_, svg) => {
      await page.setContent(`<body style="margin:0">${svg}`);
      const found = await page.evaluate((text) => {
        const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
        const drawn = [...document.querySelectorAll('svg :is(path, rect, text)')];
        const whole = document.querySelector('svg')!.getBoundingClientRect();
        const outside = drawn.filter((element) => {
          const { left, right, top, bottom } = element.getBoundingClientRect();
          const room = Number(element.getAttribute('stroke-width') ?? 0) / 2;
          return (
            left - room < whole.left ||
            right + room > whole.right ||
            top - room < whole.top ||
            bottom + room > whole.bottom
          );
        });
        return {
          errors: parsed.querySelectorAll('parsererror').length,
          title: parsed.querySelector('title')?.textContent,
          drawn: drawn.length,
          outside: outside.map(({ outerHTML }) => outerHTML),
        };
      }, svg);
      expect(found).toMatchObject({ errors: 0, outside: [] });
      expect(found.title).toBe('The double hop, NTLM beside Basic');
      expect(found.drawn).toBeGreaterThan(100);
    },
  );

  it.each(['light', 'dark'] as const)(
    'is %s where that is preferred, as an image',
    async (scheme) => {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setContent(`<img src="data:image/svg+xml,${encodeURIComponent(README)}">`);
      const shade = await page.evaluate(async () => {
        const image = document.querySelector('img')!;
        await image.decode();
        const canvas = new OffscreenCanvas(880, 100).getContext('2d')!;
        canvas.drawImage(image, 0, 0);
        return [...canvas.getImageData(800, 12, 1, 1).data.slice(0, 3)]; // of the ground
      });
      expect(shade).toEqual(scheme === 'light' ? [246, 247, 249] : [28, 32, 39]);
    },
  );
});
