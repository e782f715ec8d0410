/**
 * Real proxies in front of a real acceptor, beside what the model says of a proxy that pools,
 * closes or pins; and the article, deployed.
 */
import { beforeAll, expect, it } from 'vitest';
import { bare } from '../../conformance/drive/acts.ts';
import { apacheGssapi, startApacheGssapi } from '../../lab/acceptors/apache-gssapi.ts';
import { PROXIES } from '../../lab/everything.ts';
import { FRONT_ENDS } from '../../lab/proxies/forwarding.ts';
import type { Started } from '../../lab/started.ts';
import { POLICIES } from '../../machines/ntlm/policy.ts';
import { describeInLab } from './support/in-lab.ts';
import { answersOf, byBasic, byNtlm } from './support/signing-in.ts';
import { shippedDeployment, verdictOf } from './support/verdicts.ts';

const { modAuthGssapi, ntlmAuth } = POLICIES;
const ALICE = { status: 200, user: 'alice' };
const NOBODY = { status: 401, user: null };

for (const { name, needs, topology, start } of PROXIES)
  describeInLab(`${name}, in front of Apache`, [...needs, ...apacheGssapi.needs], (lab) => {
    let started: Started;
    let behind: Started;
    beforeAll(async () => {
      behind = await startApacheGssapi(lab(), 'behind', '127.0.0.3', 'BACK');
      started = await start(lab(), behind.target);
    });

    it('forwards to the server behind, where a user can sign in', async () => {
      expect(await answersOf([bare(1)], started.target)).toEqual([NOBODY]);
      expect((await answersOf(byNtlm(1, 'right'), behind.target)).at(-1)).toEqual(ALICE);
    });

    it(`serves the users that the model of a ${topology} predicts`, async () => {
      const deployment = shippedDeployment(topology, 'NTLM', modAuthGssapi);
      const acts = [...byNtlm(1, 'right'), bare(2), bare(3)];
      const [, alice, ...others] = await answersOf(acts, started.target);
      expect({
        isServed: alice?.user === 'alice',
        areOthersServed: others.some(({ user }) => user === 'alice'),
      }).toEqual({
        isServed: verdictOf('proxy-serves', deployment) === 'witnessed',
        areOthersServed: verdictOf('served-as-owner', deployment) === 'violated',
      });
    });

    it('starts again, and stops', async () => {
      const again = await start(lab(), behind.target);
      expect(await answersOf([bare(1)], again.target)).toEqual([NOBODY]);
      await again.stop();
      await expect(answersOf([bare(1)], again.target)).rejects.toThrow('no connection can be made');
    });
  });

for (const { name, mechanism, needs, start } of FRONT_ENDS)
  describeInLab(`the article by ${mechanism}: ${name}`, needs, (lab) => {
    const isBasic = mechanism === 'Basic';
    const signIn = isBasic ? byBasic(1, 'right') : byNtlm(1, 'right');
    let started: Started;
    beforeAll(async () => {
      started = await start(lab());
    });

    it('signs a user in at the mailbox itself', async () => {
      expect((await answersOf(signIn, started.back!)).at(-1)).toEqual(ALICE);
    });

    it('reads the mailbox through the front end where the model says that one can', async () => {
      const deployment = shippedDeployment('article', mechanism, ntlmAuth);
      const reads = isBasic
        ? verdictOf('password-passes-on', deployment) === 'witnessed'
        : verdictOf('double-hop-stops', deployment) !== 'holds';
      expect((await answersOf(signIn, started.target)).at(-1)).toEqual(reads ? ALICE : NOBODY);
    });

    it('forwards the header of the user, and the mailbox decides', () => {
      const accepts = /alice "GET \/basic\/ HTTP\/1\.1" 200/;
      const refuses = /-back: refuses what \/ntlm\/ brings: /;
      expect(started.log()).toMatch(isBasic ? accepts : refuses);
    });
  });
