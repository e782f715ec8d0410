/** The recordings that ship, in the places that the article's deployment has for them. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Observation, Recording } from '../../../conformance/recording/recording.ts';
import { DIVERGENCES } from '../../../conformance/trace/divergences.ts';
import {
  explainInDeployment,
  type InDeployment,
} from '../../../conformance/trace/in-deployment.ts';
import { systemOf } from '../../../machines/system/deployment.ts';
import { deploymentOf } from '../../../properties/deployments/deployments.ts';
import { ARTICLE } from '../../../properties/deployments/plain.ts';

const read = (name: string) =>
  JSON.parse(readFileSync(`examples/recordings/${name}.json`, 'utf8')) as Recording;
const NTLM = read('article-ntlm');
const LOOP = read('article-ntlm-loop');
const BASIC = read('article-basic');

const HOSTS = new Map([
  ['http://front-end.test', 'frontEnd'],
  ['http://mailbox.test', 'mailbox'],
]);

function explained(
  recording: Recording,
  mechanism: 'NTLM' | 'Basic' = 'NTLM',
  options: Partial<InDeployment> = {},
) {
  const deployment = deploymentOf(ARTICLE, mechanism);
  return explainInDeployment(recording, {
    ...{ deployment, system: systemOf(deployment), hosts: HOSTS },
    secrets: new Map([['alice', 'Wonderland1!']]),
    divergences: DIVERGENCES,
    ...options,
  });
}

const withObservations = (
  recording: Recording,
  change: (observations: readonly Observation[]) => readonly Observation[],
): Recording => ({ ...recording, observations: change(recording.observations) });

const isResponse = ({ authorization }: Extract<Observation, { what: 'request' }>) =>
  Buffer.from(authorization?.slice(5) ?? '', 'base64')[8] === 3;

/** Where in the recording the AUTHENTICATE of hop 1, or of hop 2, is. */
const authenticateOf = (hop: 0 | 1) =>
  NTLM.observations.findIndex(
    (seen) =>
      seen.what === 'request' && seen.connection === NTLM.connections[hop]!.id && isResponse(seen),
  );

describe('a recording in a deployment', () => {
  it('is a run of it, with the divergence that it takes', () => {
    const { trace, used } = explained(NTLM);
    expect(trace).toHaveLength(16); // the last 401 is on its way
    expect(used).toEqual(['chromium-goes-on-after-the-prompt']);
  });

  it('is none without that', () => {
    expect(explained(NTLM, 'NTLM', { divergences: [] })).toMatchObject({ trace: null, sent: 2 });
  });

  it('is one whether the password is known or not', () => {
    expect(explained(NTLM, 'NTLM', { secrets: new Map() }).trace).toHaveLength(16);
    expect(explained(BASIC, 'Basic').trace).toHaveLength(8);
  });

  it('takes no divergence where none shows', () => {
    expect(explained(BASIC, 'Basic').used).toEqual([]);
  });

  it('is not explained if a wrong password is accepted', () => {
    const secrets = new Map([['alice', 'another']]);
    expect(explained(NTLM, 'NTLM', { secrets }).trace).toBeNull();
    expect(explained(BASIC, 'Basic', { secrets }).trace).toBeNull();
  });

  it('is none with the other mechanism', () => {
    expect(explained(NTLM, 'Basic')).toMatchObject({ trace: null, sent: 2 });
    expect(explained(BASIC, 'NTLM')).toMatchObject({ trace: null, sent: 2 });
  });

  it('is none where the front end hands on the response that it was sent', () => {
    const [first, second] = [authenticateOf(0), authenticateOf(1)];
    const replayed = withObservations(NTLM, (all) =>
      all.map((seen, i) =>
        i === second && seen.what === 'request'
          ? { ...seen, authorization: (all[first] as typeof seen).authorization }
          : seen,
      ),
    );
    expect(explained(replayed)).toMatchObject({ trace: null, sent: 9 });
  });

  it('is not explained if the mailbox is called before a user has signed in', () => {
    const hop = NTLM.connections[1]!.id;
    const early = withObservations(NTLM, (all) => [
      ...all.filter(({ connection }) => connection === hop),
      ...all.filter(({ connection }) => connection !== hop),
    ]);
    expect(explained(early)).toMatchObject({ trace: null, sent: 0 });
  });

  it('is one where a connection closes and another takes its place', () => {
    const [first] = NTLM.connections;
    const again = { ...first!, id: 'another' };
    const asked = NTLM.observations.slice(0, 3); // opened, a request, a 401
    const reopened: Recording = {
      ...NTLM,
      connections: [again, ...NTLM.connections],
      observations: [
        ...asked.map((seen) => ({ ...seen, connection: again.id })),
        { what: 'closed', connection: again.id },
        ...NTLM.observations,
      ],
    };
    const { trace } = explained(reopened);
    expect(trace?.map(({ event }) => event.type)).toContain('wire.close');
    const open = withObservations(reopened, (all) =>
      all.filter(({ what, connection }) => what !== 'closed' || connection !== again.id),
    );
    expect(() => explained(open)).toThrow('connection 2: alice has 1 connection to frontEnd');
  });

  it('is none where what answers the mailbox goes to the front end', () => {
    const second = authenticateOf(1);
    const first = NTLM.connections[0]!.id;
    const moved = withObservations(NTLM, (all) => {
      const own = all[second]!;
      return all.map((seen, i) => (i === second ? { ...own, connection: first } : seen));
    });
    expect(explained(moved).trace).toBeNull();
  });

  it('is one where a handshake is made again, with a challenge of its own', () => {
    expect(explained(LOOP).trace).not.toBeNull();
  });

  it('is none where the answer to that is the one given before', () => {
    const [first] = LOOP.connections;
    const answers = LOOP.observations.flatMap((seen, i) =>
      seen.what === 'request' && seen.connection === first!.id && isResponse(seen) ? [i] : [],
    );
    const replayed = withObservations(LOOP, (all) =>
      all.map((seen, i) => (i === answers[1] ? all[answers[0]!]! : seen)),
    );
    expect(answers).toHaveLength(2);
    expect(explained(replayed).trace).toBeNull();
  });
});
