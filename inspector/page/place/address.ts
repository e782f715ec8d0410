/** The state of the page as the fragment of its URL: a view, a story, a position in it. */

import { visible } from '../../../story/visible.ts';

/** A verdict of the table. `file`: the dropped file; null: the command, or the page's document. */
export type StoryRef = {
  readonly claim: string;
  readonly on: string; // deployment
  readonly fault: string | null; // id
  readonly file: string | null;
};

/** The component whose chart is shown, or all. Null: the component that acted last. */
export type Pin = string | null;
export const ALL = 'all';

export type Address =
  | { readonly view: 'claims' }
  | {
      readonly view: 'story';
      readonly story: StoryRef;
      readonly at: number | null; // null: the decisive position
      readonly pin: Pin;
      readonly beside: boolean; // another run is shown beside it: see `comparisonOf`
    }
  | {
      readonly view: 'explore';
      readonly on: string;
      readonly fault: string | null; // id
      readonly about: string | null; // id of an explorable. Null: the deployment
      readonly path: readonly number[]; // offers taken, by their index
      readonly at: number | null; // null: at the end of the path
      readonly pin: Pin;
    }
  | {
      readonly view: 'live';
      readonly source: string | null; // null: the first
      readonly at: number | null; // null: follows the end
      readonly pin: Pin;
    }
  | {
      readonly view: 'stately';
      readonly story: StoryRef | null; // null: the live run
      readonly source: string | null;
    };

/** The address, and the token of the command. A problem: the fragment cannot be read. */
export type Place = {
  readonly token: string | null;
  readonly address: Address | { readonly view: 'problem'; readonly problem: string };
};

const VIEWS: readonly string[] = ['claims', 'story', 'explore', 'live', 'stately'];

class Malformed extends Error {}

/** @param fragment - with or without its hash. Empty: the table of claims. */
export function parsePlace(fragment: string): Place {
  const given = new URLSearchParams(fragment.replace(/^#/, ''));
  const token = given.get('token');
  const fields = new URLSearchParams([...given].map(([name, value]) => [name, visible(value)]));
  try {
    return { token, address: addressOf(fields) };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return { token, address: { view: 'problem', problem: error.message } };
  }
}

function addressOf(fields: URLSearchParams): Address {
  const view = fields.get('view') ?? 'claims';
  if (!VIEWS.includes(view)) throw new Malformed(`there is no view "${view}"`);
  const common = { at: positionIn(fields), pin: fields.get('pin') };
  const source = fields.get('source');
  if (view === 'story') {
    return { view, story: storyIn(fields), ...common, beside: fields.get('beside') === '1' };
  }
  if (view === 'explore') {
    const where = { on: needed(fields, 'on'), fault: fields.get('fault') };
    return { view, ...where, about: fields.get('about'), path: pathIn(fields), ...common };
  }
  if (view === 'live') return { view, source, ...common };
  if (view === 'stately') {
    return { view, story: fields.has('claim') ? storyIn(fields) : null, source };
  }
  return { view: 'claims' };
}

const storyIn = (fields: URLSearchParams): StoryRef => ({
  claim: needed(fields, 'claim'),
  on: needed(fields, 'on'),
  fault: fields.get('fault'),
  file: fields.get('file'),
});

function needed(fields: URLSearchParams, name: string): string {
  const value = fields.get(name);
  if (value === null || value === '') throw new Malformed(`the address does not say "${name}="`);
  return value;
}

function wholeNumber(text: string, name: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Malformed(`"${name}=" takes whole numbers, not "${text}"`);
  return Number(text);
}

function positionIn(fields: URLSearchParams): number | null {
  const at = fields.get('at');
  return at === null ? null : wholeNumber(at, 'at');
}

function pathIn(fields: URLSearchParams): readonly number[] {
  const path = fields.get('path') ?? '';
  return path === '' ? [] : path.split('.').map((offer) => wholeNumber(offer, 'path'));
}

type Field = string | number | boolean | null;

/** The fragment of an address, with its hash. */
export function writePlace(token: string | null, address: Address): string {
  const fields: [string, Field][] = Object.entries({
    token,
    view: address.view,
    ...fieldsOf(address),
  });
  const written = new URLSearchParams();
  for (const [name, value] of fields) {
    if (value !== null && value !== false) written.set(name, value === true ? '1' : String(value));
  }
  return `#${written}`;
}

function fieldsOf(address: Address): Record<string, Field> {
  switch (address.view) {
    case 'claims':
      return {};
    case 'story': {
      const { story, at, pin, beside } = address;
      return { ...story, at, pin, beside };
    }
    case 'explore': {
      const { on, fault, about, path, at, pin } = address;
      return { on, fault, about, path: path.length === 0 ? null : path.join('.'), at, pin };
    }
    case 'live': {
      const { source, at, pin } = address;
      return { source, at, pin };
    }
    case 'stately':
      return { ...address.story, source: address.source };
  }
}

export const isSameStory = (one: StoryRef, other: StoryRef): boolean =>
  one.claim === other.claim &&
  one.on === other.on &&
  one.fault === other.fault &&
  one.file === other.file;
