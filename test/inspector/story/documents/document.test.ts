/** Documents of verdicts: what is written can be read, and of all else it is said what is wrong. */
import { describe, expect, it } from 'vitest';
import {
  BadDocument,
  CHARACTERS_MAX,
  readVerdicts,
} from '../../../../inspector/story/documents/document.ts';
import { DEFENCES } from '../../../../machines/ntlm/acceptor.ts';
import { type Deployment, deploymentsOf } from '../../../../machines/system/topology.ts';
import { CLAIMS } from '../../../../properties/catalogue.ts';
import { checkClaim } from '../../../../properties/check.ts';
import { DEPLOYMENTS } from '../../../../properties/deployments/deployments.ts';
import { SHIPPED } from '../../../../properties/deployments/shipped.ts';
import { type Verdicts, verdictsOf } from '../../../../properties/verdicts/verdicts.ts';
import { BASIC, NTLM } from '../support/verdicts.ts';

const checked = (id: string, deployment: Deployment) =>
  checkClaim(CLAIMS.find((claim) => claim.id === id)!, deployment, { statesMax: 10_000 });
const document = verdictsOf(
  'article',
  [checked('confinement', NTLM), checked('confinement', BASIC), checked('prompt-loop', NTLM)],
  null,
);
const text = JSON.stringify(document, null, 2);

describe('a document of verdicts', () => {
  it('is read as it was written', () => {
    expect(readVerdicts(text)).toEqual(document);
    expect(readVerdicts(JSON.stringify(document))).toEqual(document);
  });

  it('may speak of every deployment of the catalogue', () => {
    const all = { ...document, deployments: DEPLOYMENTS };
    expect(readVerdicts(JSON.stringify(all)).deployments).toEqual(DEPLOYMENTS);
  });

  it('may speak of every topology that is shipped, with adversaries, proxies and programs', () => {
    const deployments = SHIPPED.flatMap(deploymentsOf);
    const all = { ...document, deployments: [...document.deployments, ...deployments.slice(2)] };
    expect(readVerdicts(JSON.stringify(all))).toEqual(all);
  });
});

type Editable = {
  -readonly [Field in keyof Verdicts]: Field extends 'deployments' | 'claims'
    ? Record<string, unknown>[]
    : unknown;
};
function edited(change: (document: Editable) => void): string {
  const copy = JSON.parse(text) as Editable;
  change(copy);
  return JSON.stringify(copy);
}

const line = (of: string) => text.slice(0, text.indexOf(of)).split('\n').length;

describe('what is no such document', () => {
  it.each([
    ['nothing', ' \n', 'it is empty; it must be a document of `check --json` or `trace --json`'],
    [
      'a text that was cut off',
      text.slice(0, text.indexOf('"claims"')),
      `it ends in the middle, at line ${line('"claims"')}, column 3: the rest is cut off`,
    ],
    [
      'a text that was cut off inside a string',
      '{"format": "double-hop-verd',
      'it ends in the middle, at line 1, column 28: the rest is cut off',
    ],
    [
      'a text that was cut off inside a word',
      '{"fault": nul',
      'it ends in the middle, at line 1, column 14: the rest is cut off',
    ],
    [
      'a text that was cut off inside a number',
      '{"depth": 2.',
      'it ends in the middle, at line 1, column 13: the rest is cut off',
    ],
    ['other text', 'topology: article', 'it is not JSON: there is an error at line 1, column 1'],
    [
      'JSON with a fault in it',
      text.replace('"claims"', 'claims'),
      `it is not JSON: there is an error at line ${line('"claims"')}, column 3`,
    ],
    ['text nested without end', '['.repeat(1_000_000), 'it is not JSON'],
    [
      'JSON of something else',
      '{"name":"double-hop"}',
      'this is JSON, but not a document that `check --json` prints: it has no format',
    ],
    ['a list', '[]', 'it has no format'],
    ['a story', '{"format":"double-hop-story/2"}', 'its format is "double-hop-story/2", not'],
    [
      'a document of another version',
      text.replace('verdicts/5', 'verdicts/4'),
      'double-hop-verdicts/4: this inspector reads double-hop-verdicts/5; use the double-hop ' +
        'that wrote it',
    ],
  ])('%s', (_, found, message) => {
    expect(() => readVerdicts(found)).toThrow(BadDocument);
    expect(() => readVerdicts(found)).toThrow(message);
  });

  it('a text that is too long', () => {
    expect(() => readVerdicts(' '.repeat(CHARACTERS_MAX + 1))).toThrow(
      'it has 65 MiB of text; the inspector reads at most 64 MiB',
    );
  });
});

describe('a document that was edited', () => {
  const host = (copy: Editable, index: number) =>
    (copy.deployments[0] as { hosts: Record<string, unknown>[] }).hosts[index]!;

  const relaying = (fields: object) =>
    edited((copy) =>
      Object.assign(copy.deployments[0]!, {
        adversary: {
          name: 'mallory',
          controls: ['frontEnd'],
          may: ['relay'],
          knows: [],
          ...fields,
        },
      }),
    );
  const running = (fields: object) =>
    edited((copy) =>
      Object.assign(copy.deployments[0]!, {
        programs: [{ name: 'service', connectsTo: 'mailbox', poolKey: [], tasks: [], ...fields }],
      }),
    );
  const task = { credentials: null, origin: 'mailbox', proxyCredentials: null, delegation: 'none' };

  it.each([
    [
      'a capability that there is not',
      relaying({ may: ['sniff'] }),
      'deployments[0].adversary.may[0]: Invalid option: expected one of "observe"|"replay"',
    ],
    [
      'an adversary that controls nothing',
      relaying({ controls: [] }),
      'deployments[0].adversary.controls: Too small',
    ],
    [
      'an adversary with the name of a user',
      relaying({ name: 'alice' }),
      'deployments[0]: "alice" is named twice',
    ],
    [
      'control of a wire to nobody',
      relaying({ controls: ['alice>nowhere'] }),
      'deployments[0]: no party is named nowhere',
    ],
    [
      'a defence that there is not',
      edited((copy) =>
        Object.assign(host(copy, 0), { defences: { ...DEFENCES, channelBinding: 'perhaps' } }),
      ),
      'deployments[0].hosts[0].defences.channelBinding: Invalid option',
    ],
    [
      'a redirect that its visitor cannot follow',
      edited((copy) => Object.assign(host(copy, 0), { redirectsTo: 'mailbox' })),
      'deployments[0]: "alice" could not follow "frontEnd" to "mailbox"',
    ],
    [
      'a proxy in front of nobody',
      edited((copy) => Object.assign(host(copy, 1), { paths: ['pooled'] })),
      'deployments[0]: "mailbox" is a proxy without a host behind it',
    ],
    ['a program without tasks', running({}), 'deployments[0].programs[0].tasks: Too small'],
    [
      'a program that connects to nobody',
      running({ connectsTo: 'elsewhere', tasks: [{ ...task, ambientIdentity: 'alice' }] }),
      'deployments[0]: no host is named elsewhere',
    ],
    [
      'a component of a pool key that there is not',
      running({ poolKey: ['cookie'] }),
      'deployments[0].programs[0].poolKey[0]: Invalid option',
    ],
    [
      'a deployment without users',
      edited((copy) => delete copy.deployments[1]!.users),
      'deployments[1].users: Invalid input: expected array, received undefined',
    ],
    [
      'a mechanism that there is not',
      edited((copy) => Object.assign(host(copy, 0), { accepts: 'Kerberos' })),
      'deployments[0].hosts[0].accepts: Invalid option: expected one of "NTLM"|"Basic"',
    ],
    [
      'a field too many',
      edited((copy) => Object.assign(host(copy, 0), { realm: 'x' })),
      'deployments[0].hosts[0]: Unrecognized key: "realm"',
    ],
    [
      'a name that components could not have',
      edited((copy) => Object.assign(host(copy, 0), { name: 'a>b#1' })),
      'deployments[0].hosts[0].name: Invalid string: must match pattern',
    ],
    [
      'bounds beyond those of a topology',
      edited((copy) => Object.assign(copy.deployments[0]!.bounds as object, { connections: 1e9 })),
      'deployments[0].bounds.connections: Too big: expected number to be <=16',
    ],
    [
      'more faults than one wants to read',
      edited((copy) => Object.assign(copy, { claims: Array(7).fill(null) })),
      'and 2 more',
    ],
    [
      'calls in a circle',
      edited((copy) => Object.assign(host(copy, 1), { callsOn: 'frontEnd' })),
      'deployments[0]: calls go in a circle at frontEnd',
    ],
    [
      'a call to nobody',
      edited((copy) => Object.assign(host(copy, 0), { callsOn: 'elsewhere' })),
      'deployments[0]: no host is named elsewhere',
    ],
    [
      'a host with the name of a user',
      edited((copy) => Object.assign(host(copy, 1), { name: 'alice' })),
      'deployments[0]: "alice" is named twice',
    ],
    [
      'two deployments of one name',
      edited((copy) => copy.deployments.push(copy.deployments[0]!)),
      'deployments[2]: "article (NTLM)" is named twice',
    ],
    [
      'a claim that there is not',
      edited((copy) => Object.assign(copy.claims[0]!, { id: 'nothing' })),
      'no claim is called "nothing"',
    ],
    [
      'an unknown fault',
      edited((copy) => Object.assign(copy, { fault: 'nothing' })),
      'no fault is called "nothing"',
    ],
    [
      'a deployment that is missing',
      edited((copy) => copy.deployments.shift()),
      'claims[0], confinement: there is no deployment named "article (NTLM)"',
    ],
    [
      'a violation without evidence',
      edited((copy) => Object.assign(copy.claims[1]!, { trace: null })),
      'claims[1], confinement: it is violated, and its trace is missing',
    ],
  ])('%s', (_, found, message) => {
    expect(() => readVerdicts(found)).toThrow(BadDocument);
    expect(() => readVerdicts(found)).toThrow(message);
  });
});
