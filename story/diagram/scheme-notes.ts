/** Notes of diagrams for the adversary's actions. */

import type { Injected, Stripped } from '../../machines/adversary/changes.ts';
import type { Scheme } from '../../machines/adversary/schemes.ts';
import { connectionOf } from '../component-names.ts';
import type { Participants } from '../participants.ts';
import type { StoryEvent } from '../story-events.ts';
import type { Note } from './labels.ts';

type Texts = { readonly [T in Scheme['type']]: (scheme: Extract<Scheme, { type: T }>) => string };

const PARTS: { readonly [P in Stripped]: string } = {
  computer: "the server's name",
  timestamp: 'the timestamp',
  binding: 'the channel binding',
  mic: 'the MIC',
};

const injected = (part: Injected) => (part === 'flags' ? 'flags' : 'other AV pairs');

/** An arrow with the message follows. */
const TEXTS: Texts = {
  'adversary.relay': () => 'relays',
  'adversary.reflect': () => 'reflects',
  'adversary.strip': ({ part }) => `relays without ${PARTS[part]}`,
  'adversary.inject': ({ part }) => `relays with ${injected(part)}`,
  'adversary.unauthorized': () => 'requires a sign-in',
  'adversary.challenge': () => 'chooses the challenge',
  'adversary.redirect': ({ to }) => `redirects to ${to}`,
  'adversary.ask': () => 'sends a request',
  'adversary.negotiate': () => 'negotiates',
  'adversary.answer': ({ as }) => `authenticates as ${as}`,
  'adversary.replay': () => 'replays a response',
};

/** Null for other events, and for an overheard message that holds no credential. */
export function schemeNote(
  event: StoryEvent,
  from: string,
  participants: Participants,
): Note | null {
  if (event.type === 'wire.overheard') {
    const { type } = event.message;
    if (type !== 'http.request.basic' && type !== 'AUTHENTICATE_MESSAGE') return null;
    const what = type === 'AUTHENTICATE_MESSAGE' ? 'a response' : 'a password';
    return { parties: [participants.adversary ?? from], text: `overhears ${what}` };
  }
  const text = TEXTS[event.type as Scheme['type']] as ((of: StoryEvent) => string) | undefined;
  if (text === undefined) return null;
  const scheme = event as Scheme; // by its type
  const connection = connectionOf('on' in scheme ? scheme.on : scheme.to);
  const isServer = participants.adversaryAt(connection, 'server') !== null;
  const party = participants.party(connection, isServer ? 'server' : 'client');
  const who = party === participants.adversary ? '' : `${participants.adversary} `;
  return { parties: [party], text: `${who}${text(scheme)}` };
}
