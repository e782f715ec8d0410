/** httpntlm, one call for each visit. */
import httpntlm from 'httpntlm';
import { type Client, VISIT_MAX, type Visit, type VisitOutcome, withinTime } from '../client.ts';
import { versionOf, WORKSTATION } from './npm-packages.ts';

export const httpntlmClient: Client = {
  name: 'httpntlm',
  use: 'httpntlm.get for each visit, without an agent of ours',
  conduct: 'its own',
  negotiatesAtOnce: true,
  needs: [],
  version: () => versionOf('httpntlm'),
  run: async (visits) => {
    const outcomes: VisitOutcome[] = [];
    for (const visit of visits) outcomes.push(await withinTime(made(visit)));
    return outcomes;
  },
};

const made = ({ url, account }: Visit): Promise<VisitOutcome> =>
  new Promise((resolve, reject) => {
    const { user = '', password = '', domain = '' } = account ?? {};
    const options = { url, username: user, password, domain, workstation: WORKSTATION };
    httpntlm.get({ ...options, timeout: VISIT_MAX - 1_000 }, (error, reply) => {
      if (error !== null && error !== undefined) reject(error);
      else resolve({ status: reply?.statusCode ?? null, trouble: null });
    });
  });
