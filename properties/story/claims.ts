/** How each claim is told: who is accepted, refused, served, asked, and what that leaves a host. */
import type { Claim } from '../../machines/messages.ts';
import { connectionOf } from './cast.ts';
import { delivered, type Named } from './events.ts';
import { type Scene, silent, type Tellers } from './teller.ts';
import { PAGES } from './words.ts';

export const CLAIMS: Tellers<Claim['type']> = {
  running: silent, // the message that proves it is told
  issued: silent, // so is the challenge
  asked: silent,
  answered: silent,
  leg: silent,
  closed: silent,
  learned: silent, // told with what the host makes of it
  commit: (claim, scene) => {
    const { user, server } = claim;
    const place = accepting(claim, scene);
    if (user === null) return [{ who: server, does: `accepts nobody by name${place}` }];
    const accepts = { who: server, does: `accepts ${user}${place}` };
    const owner = delivered(scene.step, 'learned')?.secret?.passwordOf ?? null;
    const isNew = owner !== null && !scene.memory.hasPassword(server, owner);
    const asides = [strangeChallenge(claim, scene), token(claim, scene)].filter((s) => s !== '');
    return [
      { ...accepts, ...(asides.length > 0 ? { aside: asides.join(' ') } : {}) },
      ...(isNew ? [{ who: server, does: `now has ${owner}'s password` }] : []),
    ];
  },
  rejected: ({ connection, response }, { cast }) => {
    const here = connectionOf(connection);
    const on = cast.general ? '' : cast.onAtHost(here);
    return [{ who: here.to, does: `refuses${on} (401): ${whyNot(response, connection)}` }];
  },
  served: (claim, scene) => {
    const { user, server, path } = claim;
    const connection = connectionOf(claim.connection);
    const on = scene.cast.on(connection);
    if (delivered(scene.step, 'fetched')) {
      return [{ who: server, does: `passes it on to ${connection.from}${on} (200)` }];
    }
    if (user === null) {
      const place = delivered(scene.step, 'commit') ? '' : scene.cast.onAtHost(connection);
      return [{ who: server, does: `shows ${PAGES[path]}${place}, as it does to anybody (200)` }];
    }
    const what =
      path === 'mailbox' ? `serves ${user}'s mailbox` : `shows ${PAGES[path]} to ${user}`;
    return [{ who: server, does: `${what}${strangeOwner(user, claim, scene)} (200)` }];
  },
  prompted: ({ user, server }, { memory }) => {
    const again = memory.wasPrompted(user, server) ? ' again' : '';
    const although = memory.wasAccepted(user, server) ? `, although ${server} had accepted it` : '';
    return [{ who: `${user}'s browser`, does: `asks for the password${again}${although}` }];
  },
};

/** Where a host accepts somebody: worth a word where it could be elsewhere, or someone else's. */
function accepting({ user, connection }: Named<'commit'>, scene: Scene): string {
  const here = connectionOf(connection);
  if (here.from === user) return scene.cast.on(here);
  return scene.cast.isHost(here.from)
    ? scene.cast.onAtHost(here)
    : strangeOwner(user, { connection }, scene);
}

/** A user is taken for the owner of a connection that is another user's. */
function strangeOwner(
  user: string | null,
  { connection }: { readonly connection: string },
  { cast }: Scene,
): string {
  const here = connectionOf(connection);
  const isStrange = user !== null && here.from !== user && !cast.isHost(here.from);
  return isStrange ? ` on ${cast.owned(here)}` : '';
}

function strangeChallenge({ connection, challenge }: Named<'commit'>, { cast }: Scene): string {
  return challenge === null || challenge.connection === connection
    ? ''
    : `The challenge was issued on ${cast.owned(connectionOf(challenge.connection))}.`;
}

/** What the sign-in leaves whoever answers the request, the first time that it leaves no more. */
function token({ user, server }: Named<'commit'>, { step, memory }: Scene): string {
  const identity = delivered(step, 'page.requested')?.identity;
  if (user === null || !identity || identity.secret || memory.hasToken(server, user)) return '';
  const powers = `it can impersonate ${user}, but it has nothing to prove it with elsewhere.`;
  return delivered(step, 'learned')?.secret
    ? `Its page is left with a token alone: ${powers}`
    : `All it is left with is a token: ${powers}`;
}

function whyNot({ user, key, challenge }: Named<'rejected'>['response'], connection: string) {
  if (user === null) return 'the response proves nobody';
  if (key?.passwordOf !== user) return `the response was not computed from ${user}'s password`;
  return challenge.connection === connection
    ? 'the response answers another challenge than the one outstanding'
    : 'the response answers a challenge of another connection';
}
