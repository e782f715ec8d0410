/** Clauses for signals: who is authenticated, refused, served or asked for a password. */
import type { Signal } from '../../machines/vocabulary/signals.ts';
import { connectionOf } from '../component-names.ts';
import { delivered, sends } from '../story-events.ts';
import { acceptedWhere, asidesOf, strangeOwner, strangeRequest } from './authentication.ts';
import { type ClauseWriters, silent } from './clause.ts';
import { whyRefused } from './refusal-reasons.ts';
import { responds } from './sent-clauses.ts';
import { PAGES } from './words.ts';

export const SIGNALS: ClauseWriters<Signal['type']> = {
  running: silent, // the message that carries the proof has a clause
  issued: silent, // so has the challenge
  asked: silent,
  answered: silent,
  moved: silent, // the message that is sent has a clause
  message: silent,
  closed: silent,
  entered: silent, // the offer `user.types` has a clause
  followed: silent, // so has the redirect
  refused: silent, // the prompt, or the refusal that is forwarded, has a clause
  learned: silent, // `commit` or the refusal has a clause
  commit: (signal, scene) => {
    const { user, server } = signal;
    const place = acceptedWhere(signal, scene);
    if (user === null) return [{ who: server, does: `authenticates an anonymous user${place}` }];
    const accepts = { who: server, does: `authenticates ${user}${place}` };
    const owner = delivered(scene.step, 'learned')?.secret?.passwordOf ?? null;
    const isNew = owner !== null && !scene.memory.hasPassword(server, owner);
    const aside = asidesOf(signal, scene);
    return [
      { ...accepts, ...(aside === '' ? {} : { aside }) },
      ...(isNew ? [{ who: server, does: `now has ${owner}'s password` }] : []),
    ];
  },
  rejected: (signal, scene) => {
    const { participants } = scene;
    const here = connectionOf(signal.connection);
    const status = sends(scene.step, 'http.forbidden') ? 403 : 401;
    const refuses = responds(status, here, scene);
    const on = participants.general ? '' : participants.on(here);
    return [{ who: here.to, does: `${refuses}${on}: ${whyRefused(signal)}` }];
  },
  acting: ({ user, server, cause }) =>
    user === null || cause === null || user === cause
      ? []
      : [{ who: server, does: `acts as ${user} on a request of ${cause}` }],
  served: (signal, scene) => {
    const { user, server, path } = signal;
    const connection = connectionOf(signal.connection);
    const on = scene.participants.on(connection);
    if (delivered(scene.step, 'owner.fetched')) {
      return [{ who: server, does: `forwards it to ${connection.from}${on} (200)` }];
    }
    if (user === null) {
      const place = delivered(scene.step, 'commit') ? '' : scene.participants.onAtHost(connection);
      const does = `serves ${PAGES[path]}${place}, which needs no sign-in (200)`;
      return [{ who: server, does }];
    }
    const what =
      path === 'mailbox' ? `serves ${user}'s mailbox` : `serves ${PAGES[path]} to ${user}`;
    const isNew = delivered(scene.step, 'commit') !== undefined;
    const owner = isNew ? '' : strangeOwner(user, signal.connection, scene);
    const strange = owner || strangeRequest(signal, scene);
    return [{ who: server, does: `${what}${strange} (200)` }];
  },
  prompted: ({ user, server }, { memory }) => {
    const again = memory.wasPrompted(user, server) ? ' again' : '';
    const although = memory.wasAccepted(user, server)
      ? `, although ${server} had authenticated ${user}`
      : '';
    return [{ who: `${user}'s browser`, does: `asks ${user} for the password${again}${although}` }];
  },
};
