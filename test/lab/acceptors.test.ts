/** The acceptors of the laboratory: who is let in and who is not, and that they start again. */
import { beforeAll, expect, it } from 'vitest';
import { decode } from '../../conformance/codec/messages/message.ts';
import {
  type Act,
  authenticate,
  bare,
  negotiate,
  openBack,
  type Who,
} from '../../conformance/drive/acts.ts';
import { perform } from '../../conformance/drive/run.ts';
import { ntlmToken } from '../../conformance/http/challenges.ts';
import { ACCEPTORS } from '../../lab/everything.ts';
import type { AcceptorName, Started } from '../../lab/started.ts';
import { describeInLab } from './support/in-lab.ts';
import { answersOf, byBasic, byNtlm } from './support/signing-in.ts';

const ALICE = { status: 200, user: 'alice' };
const BOB = { status: 200, user: 'bob' };

/** Names without an account. `more`: the acceptor accepts more than the model allows. */
const NAMES = [
  ['unknownUser', ['squid']],
  ['wrongDomain', ['squid', 'express-ntlm']],
] as const satisfies readonly (readonly [Who, readonly AcceptorName[]])[];

for (const acceptor of ACCEPTORS)
  describeInLab(acceptor.name, acceptor.needs, (lab) => {
    let started: Started;
    beforeAll(async () => {
      started = await acceptor.start(lab());
    });
    const last = async (...acts: readonly Act[]) =>
      (await answersOf(acts, started.target, started.back)).at(-1);
    const refused = { status: acceptor.name === 'squid' ? 407 : 401, user: null };

    it('starts again beside itself, and stops', async () => {
      const again = await acceptor.start(lab());
      expect(again.target).not.toEqual(started.target);
      await again.stop();
      expect(again.trouble()).toBe(null);
      for (const target of [again.target, again.back!]) {
        const asked = answersOf([bare(1)], target);
        await expect(asked).rejects.toThrow('no connection can be made');
      }
      expect(await last(bare(1))).toEqual(refused);
    });

    it('has another beside it, with the same account', async () => {
      const signIn = acceptor.policy === null ? byBasic(1, 'right') : byNtlm(1, 'right');
      expect(await last(openBack(1), ...signIn)).toEqual(ALICE);
    });

    if (acceptor.policy === null)
      it('signs in a user with the password, for one request', async () => {
        const acts = [...byBasic(1, 'right'), bare(1), ...byBasic(1, 'other')];
        expect(await answersOf(acts, started.target)).toEqual([ALICE, refused, BOB]);
        expect(await last(...byBasic(1, 'wrongPassword'))).toEqual(refused);
      });
    else {
      it('signs in a user with the password, for the whole connection', async () => {
        expect(await last(...byNtlm(1, 'right'), bare(1))).toEqual(ALICE);
        expect(await last(...byNtlm(1, 'emptyDomain'))).toEqual(ALICE);
        expect(await last(...byNtlm(1, 'right'), bare(2))).toEqual(refused);
        if (started.target.accounts.other !== null)
          expect(await last(...byNtlm(1, 'right'), ...byNtlm(2, 'other'))).toEqual(BOB);
      });

      it('refuses a wrong password', async () => {
        const status = acceptor.name === 'express-ntlm' ? 403 : refused.status;
        expect(await last(...byNtlm(1, 'wrongPassword'))).toEqual({ status, user: null });
      });

      it.each(NAMES)('treats %s as listed', async (who, more) => {
        const told = await last(...byNtlm(1, who));
        const accepts = (more as readonly AcceptorName[]).includes(acceptor.name);
        expect(told?.status === 200).toBe(accepts);
      });

      it('makes a challenge of its own for each connection, good there alone', async () => {
        const { asked } = await perform([negotiate(1), negotiate(2)], started.target);
        const nonces = asked.map(({ answer }) => {
          const message = decode(ntlmToken(answer?.authenticate ?? [])!);
          return message.type === 'CHALLENGE_MESSAGE' ? message.serverChallenge.join() : null;
        });
        expect(new Set([...nonces, null]).size).toBe(3);
        const crossed = { over: { of: 2, which: 'last' } } as const;
        const elsewhere = [
          openBack(2),
          negotiate(2),
          negotiate(1),
          authenticate(1, 'right', crossed),
        ];
        expect(await last(...elsewhere)).toMatchObject({ user: null });
      });
    }
  });
