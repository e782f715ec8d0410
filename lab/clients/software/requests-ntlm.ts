/** requests_ntlm, by a program in Python: one Session of requests, each visit with its account. */
import { REQUIREMENTS } from '../../requirements.ts';
import { type Client, inWords, VISIT_MAX, type VisitOutcome } from '../client.ts';
import { ended } from './processes.ts';

const PYTHON = '/usr/bin/python3'; // Debian's, which has Debian's modules

/** MD4, without which there is no NTLM, is in a provider that OpenSSL 3 does not load by itself. */
const PROGRAM = `
import ctypes, json, sys
for provider in (b'legacy', b'default'):
    ctypes.CDLL('libcrypto.so.3').OSSL_PROVIDER_load(None, provider)
import requests
from requests_ntlm import HttpNtlmAuth

session = requests.Session()
session.trust_env = False
for visit in json.load(sys.stdin):
    account = visit['account']
    auth = account and HttpNtlmAuth(account['domain'] + '\\\\' + account['user'], account['password'])
    try:
        reply = session.get(visit['url'], auth=auth, timeout=visit['seconds'])
        outcome = {'status': reply.status_code, 'trouble': None}
    except Exception as error:
        outcome = {'status': None, 'trouble': type(error).__name__ + ': ' + str(error)}
    print(json.dumps(outcome), flush=True)
`;

const VERSION = `
from importlib.metadata import version
print('requests_ntlm', version('requests_ntlm') + ', ntlm-auth', version('ntlm-auth') + ', requests',
      version('requests'))
`;

export const requestsNtlm: Client = {
  name: 'requests_ntlm',
  use: 'one process; one Session for all users, auth=HttpNtlmAuth(...) each time; MD4 enabled',
  conduct: 'its own',
  negotiatesAtOnce: false,
  needs: [REQUIREMENTS.requestsNtlm],
  version: async () => (await ended(PYTHON, ['-c', VERSION], VISIT_MAX)).out.trim(),
  run: async (visits) => {
    const input = JSON.stringify(visits.map((visit) => ({ ...visit, seconds: VISIT_MAX / 1000 })));
    const { out } = await ended(PYTHON, ['-c', PROGRAM], VISIT_MAX * (visits.length + 1), input);
    const lines = out.split('\n').filter((line) => line !== '');
    return visits.map((_, i): VisitOutcome => {
      if (lines[i] === undefined) return { status: null, trouble: 'no answer in time' };
      const { status, trouble } = JSON.parse(lines[i]) as VisitOutcome;
      return { status, trouble: trouble === null ? null : inWords(trouble) };
    });
  },
};
