/** What is said of an acceptance: on whose connection, of what proof, and what it leaves. */
import { isStatic } from '../../machines/ntlm/acceptor.ts';
import type { Response } from '../../machines/vocabulary/terms.ts';
import { connectionIn, connectionOf } from '../component-names.ts';
import { delivered, type Named } from '../story-events.ts';
import type { Scene } from './teller.ts';

/** Where a host accepts somebody: worth a word where it could be elsewhere, or someone else's. */
export function accepting({ user, connection }: Named<'commit'>, scene: Scene): string {
  const here = connectionOf(connection);
  if (here.from === user) return scene.participants.on(here);
  const owner = strangeOwner(user, connection, scene);
  if (owner !== '') return owner;
  const asking = scene.memory.asking(connection);
  const isMixed = scene.participants.isProxy(here.from) && asking !== null && asking !== user;
  return `${scene.participants.onAtHost(here)}${isMixed ? `, at ${asking}'s request` : ''}`;
}

/** A user is taken for the owner of a connection that is another's. */
export function strangeOwner(
  user: string | null,
  connection: string,
  { participants }: Scene,
): string {
  const here = connectionOf(connection);
  const mallory = participants.adversaryAt(here, 'client');
  if (user === null || here.from === user) return '';
  if (mallory !== null) return ` on a connection that is ${mallory}'s`;
  return participants.client(here) === here.from ? '' : ` on ${participants.owned(here)}`;
}

/** A page is one user's, and the request another's. */
export function strangeRequest({ user, connection }: Named<'served'>, scene: Scene): string {
  const { from } = connectionOf(connection);
  const asking = scene.memory.asking(connection);
  const isMixed = user !== null && asking !== null && asking !== user && from !== asking;
  return isMixed ? `, at ${asking}'s request` : '';
}

/** Sentences of their own, for the end of the step's. */
export function asidesOf(commit: Named<'commit'>, scene: Scene): string {
  const strange = point(commit, scene);
  const sentences = [
    strange,
    strangeChallenge(commit, scene),
    ...oversights(commit),
    strange === '' ? token(commit, scene) : '', // its worth is beside the point elsewhere
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

/** Why the acceptance is not what the user wanted. */
function point({ user, server, connection, response }: Named<'commit'>, scene: Scene): string {
  const { participants, memory } = scene;
  if (participants.adversaryAt(connectionOf(connection), 'client') === null || response === null)
    return '';
  if (user === null || user === connectionOf(connection).from) return '';
  const run = memory.runOf(response);
  if (run === null || connectionIn(run.component) === null)
    return `It took nobody but ${participants.adversary}: the password, or its hash, is enough.`;
  const taken = `whoever is on this connection is now taken for ${user}`;
  if (run.server !== server) return `${user} meant ${run.server}, but ${taken}.`;
  return isStatic(response.challenge)
    ? `The challenge is always the same, and so is the answer: ${taken}.`
    : `${user} did mean ${server}, but not this connection: ${taken}.`;
}

function strangeChallenge(
  { connection, challenge }: Named<'commit'>,
  { participants }: Scene,
): string {
  return challenge === null || challenge.connection === connection || isStatic(challenge)
    ? ''
    : `The challenge was issued on ${participants.owned(connectionOf(challenge.connection))}.`;
}

/** What a server let pass. */
const oversights = ({ server, response }: Named<'commit'>): readonly string[] =>
  response === null || response.pairs === null
    ? []
    : [...changes(server, response), ...loopback(server, response)];

function changes(server: string, { pairs, altered, mic }: Response): readonly string[] {
  if (altered)
    return ['The NT response no longer fits; the LM response does, and covers none of the rest.'];
  if (pairs?.mic === 'ambiguous')
    return [`MsvAvFlags is there twice, and ${server} reads the pair that promises no MIC.`];
  return pairs?.mic === 'flagged' && mic === null
    ? [`${server} was promised a MIC, and does not miss it.`]
    : [];
}

const loopback = (server: string, { pairs }: Response): readonly string[] =>
  pairs?.machine === server && pairs.target !== server
    ? [`The response was computed on ${server} itself: it has accepted its own answer.`]
    : [];

/** What the sign-in leaves whoever answers the request, the first time that it leaves no more. */
function token({ user, server }: Named<'commit'>, { step, memory }: Scene): string {
  const identity = delivered(step, 'page.requested')?.identity;
  if (user === null || !identity || identity.secret || memory.hasToken(server, user)) return '';
  const powers = `it can impersonate ${user}, but it has nothing to prove it with elsewhere.`;
  return delivered(step, 'learned')?.secret
    ? `Its page is left with a token alone: ${powers}`
    : `All it is left with is a token: ${powers}`;
}
