/** Random recordings of ordinary traffic: users who sign in, mistype, read pages and leave. */
import type { Recording } from '../../../../conformance/recording/recording.ts';
import { ALICE, BOB, MISTYPED, making } from '../../trace/support/making.ts';

type Slot = ReturnType<ReturnType<typeof making>['on']>;
type Act = (slot: Slot) => void;

const REFUSED: readonly Act[] = [(slot) => slot.bare(), (slot) => slot.unauthorized()];
const CHALLENGED: readonly Act[] = [(slot) => slot.negotiate(), (slot) => slot.challenges()];

const signsIn = (account: typeof ALICE): readonly Act[] => [
  ...REFUSED,
  ...CHALLENGED,
  (slot) => slot.authenticate(account),
  (slot) => slot.ok(account.user),
];
const page: readonly Act[] = [(slot) => slot.bare(null), (slot) => slot.ok()];
const refused: readonly Act[] = [
  ...REFUSED,
  ...CHALLENGED,
  (slot) => slot.authenticate(MISTYPED),
  (slot) => slot.unauthorized(),
];
const open: readonly Act[] = [(slot) => slot.bare(null, '/open'), (slot) => slot.ok()];
const closes: readonly Act[] = [(slot) => slot.closed()];

/** What may happen on a connection, in its order. */
const COURSES: readonly (readonly Act[])[] = [
  [...signsIn(ALICE), ...page, ...page],
  [...signsIn(BOB), ...page, ...closes],
  [...open, ...open, ...signsIn(ALICE), ...closes],
  [...refused, ...closes],
  [...REFUSED, ...closes],
  [...open, ...REFUSED],
  signsIn(ALICE),
];

/** Connections in any mixture, each in its own order. */
export function ordinaryTraffic(random: () => number): Recording {
  const maker = making();
  const one = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)]!;
  const count = 1 + Math.floor(random() * 3);
  const going = Array.from({ length: count }, () => {
    const slot = maker.on(one(['alice', 'bob']), one(['http://10.9.0.1:8080', 'http://10.9.0.2']));
    return { slot, left: [...one(COURSES)] };
  });
  for (;;) {
    const some = going.filter(({ left }) => left.length > 0);
    if (some.length === 0) return maker.recording();
    const { slot, left } = one(some);
    left.shift()!(slot);
  }
}
