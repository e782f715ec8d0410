/** How each claim is told: who is accepted, refused, served, asked, and what that leaves a host. */
import type { Signal } from '../../machines/vocabulary/signals.ts';
import { connectionOf } from '../component-names.ts';
import { delivered } from '../story-events.ts';
import { accepting, asidesOf, strangeOwner, strangeRequest } from './acceptance.ts';
import { silent, type Tellers } from './teller.ts';
import { whyRefused } from './told-refusals.ts';
import { PAGES } from './words.ts';

export const CLAIMS: Tellers<Signal['type']> = {
  running: silent, // the message that proves it is told
  issued: silent, // so is the challenge
  asked: silent,
  answered: silent,
  message: silent,
  closed: silent,
  entered: silent, // that the user types is
  followed: silent, // the redirect is
  refused: silent, // it asks its user, or tells whoever it works for
  learned: silent, // told with what the host makes of it
  commit: (claim, scene) => {
    const { user, server } = claim;
    const place = accepting(claim, scene);
    if (user === null) return [{ who: server, does: `accepts nobody by name${place}` }];
    const accepts = { who: server, does: `accepts ${user}${place}` };
    const owner = delivered(scene.step, 'learned')?.secret?.passwordOf ?? null;
    const isNew = owner !== null && !scene.memory.hasPassword(server, owner);
    const aside = asidesOf(claim, scene);
    return [
      { ...accepts, ...(aside === '' ? {} : { aside }) },
      ...(isNew ? [{ who: server, does: `now has ${owner}'s password` }] : []),
    ];
  },
  rejected: (claim, { participants, memory }) => {
    const here = connectionOf(claim.connection);
    const on = participants.general ? '' : participants.onAtHost(here);
    return [{ who: here.to, does: `refuses${on} (401): ${whyRefused(claim, memory)}` }];
  },
  served: (claim, scene) => {
    const { user, server, path } = claim;
    const connection = connectionOf(claim.connection);
    const on = scene.participants.on(connection);
    if (delivered(scene.step, 'owner.fetched')) {
      return [{ who: server, does: `passes it on to ${connection.from}${on} (200)` }];
    }
    if (user === null) {
      const place = delivered(scene.step, 'commit') ? '' : scene.participants.onAtHost(connection);
      return [{ who: server, does: `shows ${PAGES[path]}${place}, as it does to anybody (200)` }];
    }
    const what =
      path === 'mailbox' ? `serves ${user}'s mailbox` : `shows ${PAGES[path]} to ${user}`;
    const isNew = delivered(scene.step, 'commit') !== undefined;
    const owner = isNew ? '' : strangeOwner(user, claim.connection, scene);
    const strange = owner || strangeRequest(claim, scene);
    return [{ who: server, does: `${what}${strange} (200)` }];
  },
  prompted: ({ user, server }, { memory }) => {
    const again = memory.wasPrompted(user, server) ? ' again' : '';
    const although = memory.wasAccepted(user, server) ? `, although ${server} had accepted it` : '';
    return [{ who: `${user}'s browser`, does: `asks for the password${again}${although}` }];
  },
};
