/** Words for an authentication: on whose connection, by which proof, and with which result. */
import { isStatic } from '../../machines/ntlm/acceptor.ts';
import type { Response } from '../../machines/vocabulary/terms.ts';
import { connectionIn, connectionOf } from '../component-names.ts';
import { delivered, type Named } from '../story-events.ts';
import type { Scene } from './clause.ts';

/** " on connection 2", where the host has several, or the connection is another party's. */
export function acceptedWhere({ user, connection }: Named<'commit'>, scene: Scene): string {
  const here = connectionOf(connection);
  if (here.from === user) return scene.participants.on(here);
  const owner = strangeOwner(user, connection, scene);
  if (owner !== '') return owner;
  const asking = scene.memory.asking(connection);
  const isMixed = scene.participants.isProxy(here.from) && asking !== null && asking !== user;
  const request = isMixed ? `, in response to ${asking}'s request` : '';
  return `${scene.participants.onAtHost(here)}${request}`;
}

/** The server authenticates a user on a connection that is another party's. */
export function strangeOwner(
  user: string | null,
  connection: string,
  { participants }: Scene,
): string {
  const here = connectionOf(connection);
  const mallory = participants.adversaryAt(here, 'client');
  if (user === null || here.from === user) return '';
  if (mallory !== null) return ` on ${mallory}'s connection`;
  return participants.client(here) === here.from ? '' : ` on ${participants.owned(here)}`;
}

/** The page is one user's, and the request another's. */
export function strangeRequest({ user, connection }: Named<'served'>, scene: Scene): string {
  const { from } = connectionOf(connection);
  const asking = scene.memory.asking(connection);
  const isMixed = user !== null && asking !== null && asking !== user && from !== asking;
  return isMixed ? `, in response to ${asking}'s request` : '';
}

/** Whole sentences, which follow the step's. */
export function asidesOf(commit: Named<'commit'>, scene: Scene): string {
  const strange = mistakenIdentity(commit, scene);
  const sentences = [
    strange,
    strangeChallenge(commit, scene),
    ...oversights(commit),
    strange === '' ? token(commit, scene) : '',
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

/** The server takes the adversary for the user: which server the user was signing in to. */
function mistakenIdentity(
  { user, server, connection, response }: Named<'commit'>,
  scene: Scene,
): string {
  const { participants, memory } = scene;
  const mallory = participants.adversaryAt(connectionOf(connection), 'client');
  if (mallory === null || response === null) return '';
  if (user === null || user === connectionOf(connection).from) return '';
  const origin = memory.originOf(response);
  if (origin === null || connectionIn(origin.component) === null)
    return `${user} took no part: the password, or its hash, is enough.`;
  const taken = `${server} now takes ${mallory} for ${user}`;
  if (origin.server !== server) return `${user} was signing in to ${origin.server}, but ${taken}.`;
  return isStatic(response.challenge)
    ? `The challenge is always the same, so an old response answers it: ${taken}.`
    : `${user} was signing in to ${server} on another connection: ${taken}.`;
}

function strangeChallenge(
  { connection, challenge }: Named<'commit'>,
  { participants }: Scene,
): string {
  return challenge === null || challenge.connection === connection || isStatic(challenge)
    ? ''
    : `The challenge was sent on ${participants.owned(connectionOf(challenge.connection))}.`;
}

/** The checks that the server did not make. */
const oversights = ({ server, response }: Named<'commit'>): readonly string[] =>
  response === null || response.pairs === null
    ? []
    : [...changes(server, response), ...loopback(server, response)];

function changes(server: string, { pairs, altered, mic }: Response): readonly string[] {
  if (altered)
    return ['The NT response no longer verifies; the LM response does, and covers no AV pairs.'];
  if (pairs?.mic === 'ambiguous')
    return [`MsvAvFlags occurs twice, and ${server} reads the pair that promises no MIC.`];
  return pairs?.mic === 'flagged' && mic === null
    ? [`The response promises a MIC and has none, and ${server} does not check.`]
    : [];
}

const loopback = (server: string, { pairs }: Response): readonly string[] =>
  pairs?.machine === server && pairs.target !== server
    ? [`The response was computed on ${server} itself: ${server} accepts its own response.`]
    : [];

/** The page receives a token and no password: said once for each user and server. */
function token({ user, server }: Named<'commit'>, { step, memory }: Scene): string {
  const identity = delivered(step, 'page.requested')?.identity;
  if (user === null || !identity || identity.secret || memory.hasToken(server, user)) return '';
  const who = delivered(step, 'learned')?.secret ? 'Its page has only' : 'It now has';
  const powers = `it can impersonate ${user}, but cannot authenticate as ${user} to another host.`;
  return `${who} a token for ${user}: ${powers}`;
}
