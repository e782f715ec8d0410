/** Verdicts as they come: those that were asked for, then what is shown beside them. */
import { describe, expect, it } from 'vitest';
import type { News, Progress } from '../../../inspector/feed.ts';
import { type ClaimRow, groupsOf } from '../../../inspector/page/run/table-rows.ts';
import { type Assignment, prove, type Task } from '../../../inspector/server/prove.ts';
import { rowOf } from '../../../inspector/story/overview.ts';
import { verdictSentence } from '../../../inspector/story/verdict-story.ts';
import { deploymentsOf } from '../../../machines/system/topology.ts';
import { ARTICLE } from '../../../properties/deployments/plain.ts';
import { FAULTS } from '../../../properties/faults/faults.ts';

const DEPLOYMENTS = deploymentsOf(ARTICLE);
const [NTLM, BASIC] = DEPLOYMENTS as [Task['deployment'], Task['deployment']];

function proved(assignment: Partial<Assignment>) {
  const news: News[] = [];
  const progress: Progress[] = [];
  prove(
    {
      ...{ deployments: DEPLOYMENTS, tasks: [], known: [], statesMax: 1_000_000, lines: null },
      ...assignment,
    },
    { publish: (one) => news.push(one), progress: (one) => progress.push(one) },
  );
  const verdicts = news.filter((one) => one.type === 'verdict');
  const told = verdicts.map(
    ({ verdict, deployment, fault, isRemedy }) =>
      `${isRemedy ? 'beside: ' : ''}${verdict.id} ${verdict.verdict}, ${deployment.name}` +
      `${fault === null ? '' : `, ${fault}`}`,
  );
  return { news, progress, verdicts, told };
}

const task = (claim: string, deployment = NTLM, fault: string | null = null): Task => ({
  claim,
  deployment,
  fault,
  expected: null,
});

describe('prove', () => {
  it('tells a verdict with its trace, what holds in its place, and that it is done', () => {
    const { news, verdicts, told } = proved({ tasks: [task('confinement', BASIC)] });
    expect(told.slice(0, 2)).toEqual([
      'confinement violated, article (Basic)',
      'beside: confinement holds, article (NTLM)',
    ]);
    expect(verdicts[0]!.verdict.trace).not.toBeNull();
    expect(verdicts.slice(2).some(({ verdict }) => verdict.verdict === 'witnessed')).toBe(true);
    expect(news.at(-1)).toEqual({ type: 'finished' });
  });

  it('shows beside what holds that it is not vacuous', () => {
    const { told } = proved({ tasks: [task('double-hop-stops')] });
    expect(told[0]).toBe('double-hop-stops holds, article (NTLM)');
    expect(told.slice(1)).not.toEqual([]);
    for (const line of told.slice(1)) expect(line).toMatch(/^beside: .* witnessed, /);
  });

  it('says of a claim that holds vacuously what never happens', () => {
    const [user] = NTLM.users;
    const old = { ...user!.initiator, version: 'NTLMv1' } as const;
    const refused = { ...NTLM, users: [{ ...user!, initiator: old }] };
    const { verdicts } = proved({ tasks: [task('confinement', refused), task('confinement')] });
    const [vacuous, plain] = verdicts.map(({ verdict }) => verdict);
    expect(vacuous).toMatchObject({ verdict: 'holds', vacuity: { isVacuous: true } });
    expect(verdictSentence(vacuous!, 'article (NTLM)', null)).toMatch(
      / holds in every reachable state of article \(NTLM\), but vacuously: no user is ever accept/,
    );
    expect(plain).toMatchObject({ verdict: 'holds', vacuity: { isVacuous: false } });
    const row = { ref: {}, ...rowOf(vacuous!, refused, null, []) } as ClaimRow;
    expect(groupsOf([row], '', 'verdict').map(({ title }) => title)).toEqual(['Holds vacuously']);
  });

  it('checks nothing twice', () => {
    const tasks = [task('confinement', BASIC), task('confinement'), task('asked-again')];
    const { told } = proved({ tasks });
    const plain = told.map((line) => line.replace('beside: ', ''));
    expect(new Set(plain).size).toBe(plain.length);
  });

  it('checks the machines without the fault beside a claim that the fault breaks', () => {
    const { id, deployment } = FAULTS.find((each) => each.id === 'tries-for-ever')!;
    const { told } = proved({ tasks: [task('three-messages', deployment, id)] });
    expect(told.slice(0, 2)).toEqual([
      'three-messages violated, article (NTLM), tries-for-ever',
      'beside: three-messages holds, article (NTLM)',
    ]);
  });

  it('checks the companions of what a document holds, and not that again', () => {
    const { verdicts } = proved({ tasks: [task('confinement', BASIC)] });
    const { verdict, deployment, fault } = verdicts[0]!;
    const { told } = proved({ known: [{ verdict, deployment, fault }] });
    expect(told[0]).toBe('beside: confinement holds, article (NTLM)');
  });

  it('tells a limit, in which claim and where, and that nothing more will be checked', () => {
    const { news } = proved({ tasks: [task('confinement'), task('asked-again')], statesMax: 5 });
    expect(news).toEqual([
      {
        type: 'limit',
        message: expect.stringMatching(
          /^confinement, article \(NTLM\): more than 5 states: nothing was proved/,
        ),
      },
      { type: 'finished' },
    ]);
  });

  it('reports where it is before it starts with a claim', () => {
    const { progress } = proved({ tasks: [task('asked-again'), task('ntlm-accepts')] });
    expect(progress).toContainEqual({
      type: 'progress',
      done: 1,
      total: 2,
      claim: 'ntlm-accepts',
      deployment: 'article (NTLM)',
      states: 0,
      depth: 0,
    });
  });
});
