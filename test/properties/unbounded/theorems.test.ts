import { describe, expect, it } from 'vitest';
import { type Proof, prove } from '../../../properties/unbounded/prove.ts';
import { THEOREMS } from '../../../properties/unbounded/theorems.ts';

const nameOf = (theorem: (typeof THEOREMS)[number]) =>
  `${theorem.claim.id} where ${theorem.network.says}`;

/** By claim: what its monitor must hear for the proof to say anything. */
const HEARD: Readonly<Record<string, string>> = {
  confinement: 'agreement ← commit',
  'agreement-with-holder': 'agreement ← commit',
  'double-hop-stops': 'nothingPasses ← rejected',
  'served-as-owner': 'servedAsOwner ← served',
  'password-stays-secret': 'neverLearned ← learned',
  'own-challenge-only': 'ownChallenge ← commit',
  'challenge-accepted-once': 'acceptedOnce ← commit',
  'pool-keeps-apart': 'signedInFor ← served',
};

/** Whether its proof takes tens of seconds. */
const isLong = ({ network: { id } }: (typeof THEOREMS)[number]) =>
  ['ntlm-varied', 'pools', 'adversary-channel-binding', 'adversary-target-name'].includes(id);

function expectProved(theorem: (typeof THEOREMS)[number]): void {
  const proof = prove(theorem);
  expect(proof.obstacle).toBeNull();
  const happened = happeningsIn(proof);
  const heard = new Set(happened.flatMap(({ deliveries }) => deliveries));
  expect(heard).toContain(HEARD[theorem.claim.id]);
  expect([...proof.network.kinds.names.foreign]).toEqual([]);
  if (theorem.network.id.startsWith('adversary')) expectAttacked(happened);
}

describe('is proved for any number of users, hosts, hops, connections and challenges:', () => {
  const named = (theorems: typeof THEOREMS) =>
    theorems.map((theorem) => [nameOf(theorem), theorem] as const);

  it.each(named(THEOREMS.filter((theorem) => !isLong(theorem))))('%s', (_, theorem) =>
    expectProved(theorem),
  );
  it.each(named(THEOREMS.filter(isLong)))('%s', { tags: ['long'] }, (_, theorem) =>
    expectProved(theorem),
  );
});

type Happened = {
  readonly from: string; // the part that it is from, or `offer`
  readonly heard: string; // what comes in
  readonly deliveries: readonly string[];
  readonly replies: readonly string[]; // the messages that go out over a wire
  readonly isProved: boolean; // a response to the challenge that the server has issued
};

/** Every path of every view on which something happens. */
const happeningsIn = ({ network }: Proof): readonly Happened[] =>
  [...network.views.values()].flatMap((view) =>
    network.happenings(view).flatMap(({ event, letter, part }) =>
      [...network.stepsIn(view, { event, letter, part })].flatMap(({ result, path }) => {
        if (!result?.enabled) return [];
        const { deliveries, out } = result.step;
        const { type } = event.shape as { readonly type: string };
        const replies = out.flatMap(({ event: { shape } }) => {
          const { message } = shape as { readonly message?: { readonly type: string } };
          return message === undefined ? [] : [message.type];
        });
        const isProved = path.conditions.some(
          ({ same, holds }) => holds && same.includes('event.response.challenge.serial'),
        );
        const from = letter === null ? 'offer' : (letter.edge?.part ?? 'signal');
        return [{ from, heard: type, deliveries, replies, isProved }];
      }),
    ),
  );

/** An honest user is accepted, and so is the adversary, which fails with what it passes on. */
function expectAttacked(happened: readonly Happened[]): void {
  const isAccepted = ({ deliveries }: Happened) =>
    deliveries.includes('server ← AUTHENTICATE_MESSAGE') &&
    deliveries.includes('agreement ← commit');
  const from = (sender: string) => happened.filter((one) => one.from === sender);
  expect(from('offer').some(isAccepted)).toBe(true); // a wire delivers it, of a user
  expect(from('mostGeneralSender').some(isAccepted)).toBe(true); // with its own account
  const passedOn = from('mostGeneralRelay').filter(({ isProved }) => isProved);
  expect(passedOn.some(({ replies }) => replies.includes('http.unauthorized'))).toBe(true);
  expect(from('mostGeneralRelay').some(isAccepted)).toBe(false);
}
