/** curl: all visits in one process, so that it may keep connections. */
import { REQUIREMENTS } from '../../requirements.ts';
import {
  type Client,
  inWords,
  nameOf,
  VISIT_MAX,
  type Visit,
  type VisitOutcome,
} from '../client.ts';
import { ended } from './processes.ts';

const CURL = '/usr/bin/curl';
const REDIRECTS_MAX = 10;

/**
 * @param option - which schemes it may use: NTLM at once, or the best that the server offers.
 * @param redirectsMax - of each visit. Requests repeated after a 401 count, too.
 */
export const curl = (
  option: '--ntlm' | '--anyauth',
  redirectsMax: number = REDIRECTS_MAX,
): Client => ({
  name: `curl ${option}`,
  use: `one process; ${option} -u, -L --max-redirs ${redirectsMax}, --next between visits`,
  conduct: 'its own',
  negotiatesAtOnce: true,
  needs: [REQUIREMENTS.curl],
  version: async () => (await ended(CURL, ['--version'], VISIT_MAX)).out.split(' (')[0]!,
  run: async (visits) => {
    const args = visits.flatMap((visit, i) => [
      ...(i === 0 ? [] : ['--next']),
      ...of(visit, option, redirectsMax),
    ]);
    const { out } = await ended(CURL, args, VISIT_MAX * visits.length);
    const lines = out.split('\n');
    return visits.map((_, i) => outcomeIn(lines[i] ?? ''));
  },
});

const of = ({ url, account }: Visit, option: string, redirectsMax: number): readonly string[] => [
  ...['--silent', '--output', '/dev/null', '--max-time', String(VISIT_MAX / 1000)],
  ...['--location', '--max-redirs', String(redirectsMax)],
  ...['--write-out', '%{http_code} %{errormsg}\\n'],
  ...(account === null ? [] : [option, '--user', `${nameOf(account)}:${account.password}`]),
  url,
];

function outcomeIn(line: string): VisitOutcome {
  const [status = '000', ...words] = line.split(' ');
  const said = words.join(' ').trim();
  return {
    status: Number(status) === 0 ? null : Number(status),
    trouble: said === '' ? null : inWords(said),
  };
}
