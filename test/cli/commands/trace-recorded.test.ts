/** `double-hop trace --recording`: real software, told as a run of the model. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Recording } from '../../../conformance/recording/recording.ts';
import { readVerdicts } from '../../../inspector/story/documents/document.ts';
import { storyOf } from '../../../inspector/story/tell.ts';
import { ownFolder, run } from '../running.ts';

const NTLM = 'examples/recordings/article-ntlm.json';
const LOOP = 'examples/recordings/article-ntlm-loop.json';
const BASIC = 'examples/recordings/article-basic.json';
const { file } = ownFolder();

const traced = (recording: string, claim = 'asked-again', mechanism = 'NTLM', ...more: string[]) =>
  run('trace', claim, '--with', mechanism, '--recording', recording, ...more);

/** The recording with some of it otherwise. */
function altered(name: string, change: (recording: Recording) => Recording): string {
  const recording = JSON.parse(readFileSync(NTLM, 'utf8')) as Recording;
  return file(name, JSON.stringify(change(recording)));
}

describe('a recording of the article', () => {
  it.each([
    [NTLM, 'asked-again', 'NTLM', 17, 2],
    [LOOP, 'prompt-loop', 'NTLM', 31, 4],
    [BASIC, 'mailbox-read', 'Basic', 8, 0],
  ])('%s is the model’s own trace of %s', (recording, claim, mechanism, steps, unseen) => {
    const { exit, stdout, stderr } = traced(recording, claim, mechanism);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(
      new RegExp(`^article \\(${mechanism}\\), as recorded: ${claim} witnes`),
    );
    expect(stdout).toContain(`It is the model's own trace, in all ${steps} steps.`);
    expect(lines.filter((line) => /^ +\d+\. /.test(line))).toHaveLength(steps);
    const [, told = '0'] = /(\d+) messages of it were not sent/.exec(stdout) ?? [];
    expect(Number(told)).toBe(unseen);
    expect(stdout).not.toContain('Wonderland');
  });

  it('is a document of both runs, which the inspector shows beside each other', () => {
    const { deployments, claims } = readVerdicts(
      traced(NTLM, 'asked-again', 'NTLM', '--json').stdout,
    );
    expect(deployments.map(({ name }) => name)).toEqual([
      'article (NTLM)',
      'article (NTLM), as recorded',
    ]);
    const [own, recorded] = claims.map((verdict, i) => storyOf(verdict, deployments[i]!, null));
    expect(own!.steps.map(({ sentence }) => sentence)).toEqual(
      recorded!.steps.map(({ sentence }) => sentence),
    );
  });

  it('says where it is no run of the topology, and what would have come next', () => {
    const { exit, stdout } = traced(NTLM, 'mailbox-read', 'Basic');
    expect(exit).toBe(1);
    expect(
      stdout,
    ).toBe(`${NTLM}: no run of article (Basic) shows mailbox-read and sends what was recorded
  Chromium, and Samba's ntlm_auth at the front end and at the mailbox
  2 of its messages are those of a run; the next would have been:
    alice>frontEnd#1: the connection closes
    alice>frontEnd#1: http.request.basic
`);
  });

  it('says where it goes on after what the model shows', () => {
    const { exit, stdout } = traced(BASIC, 'password-passes-on', 'Basic');
    expect(exit).toBe(0);
    expect(stdout).toContain("It parts from the model's own trace, of 7 steps, after step 7.");
  });

  it('is none where the mailbox lets in whoever the front end calls for', () => {
    const wrong = altered('served.json', (recording) => ({
      ...recording,
      observations: recording.observations.map((observation, i, all) =>
        observation.what === 'reply' && all.findLastIndex(({ what }) => what === 'reply') === i
          ? { ...observation, status: 200 }
          : observation,
      ),
    }));
    const { exit, stdout } = traced(wrong);
    expect(exit).toBe(1);
    expect(stdout).toContain('11 of its messages are those of a run');
    expect(stdout).toContain('alice>frontEnd#1: http.unauthorized');
  });
});

describe('what cannot be told as a run', () => {
  it.each([
    ['nix.json', 'asked-again', [], 'nix.json: no such file'],
    [BASIC, 'confinement', [], '--recording: confinement is no witness'],
    [NTLM, 'asked-again', ['--mermaid'], '--recording goes with --json or alone'],
    [
      NTLM,
      'asked-again',
      ['--host', 'frontend=http://front-end.test'],
      '--host frontend=http://front-end.test: it must be NAME=ORIGIN, and article (NTLM) has ' +
        'frontEnd, mailbox (did you mean "frontEnd"?)',
    ],
    [
      NTLM,
      'asked-again',
      ['--host', 'frontEnd=http://front.test'],
      '--host frontEnd=http://front.test: no such server in the recording; it has ' +
        'http://front-end.test, http://mailbox.test',
    ],
    [
      NTLM,
      'asked-again',
      ['--host', 'frontEnd=http://front-end.test'],
      `${NTLM}: connection 2: http://mailbox.test is no host of article (NTLM) that anybody`,
    ],
  ])('%s as %s, with %j: says why', (recording, claim, more, message) => {
    const { exit, stdout, stderr } = traced(
      recording,
      claim,
      recording === BASIC ? 'Basic' : 'NTLM',
      ...more,
    );
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toContain(`double-hop: ${message}`);
    expect(stderr.split('\n')).toHaveLength(2);
  });

  it.each([
    [['--host', 'frontEnd=http://front-end.test'], '--host goes with --recording'],
    [['--recording', NTLM, '--sabotage', 'any-password'], '--recording goes without --sabotage'],
  ])('%j: says why', (options, message) => {
    const { exit, stderr } = run('trace', 'asked-again', ...options);
    expect(exit).toBe(2);
    expect(stderr).toMatch(new RegExp(`^double-hop: ${message}.*\\n$`));
  });

  it('a file that is no recording', () => {
    const { exit, stderr } = traced(file('other.json', '{"a": 1}'));
    expect(exit).toBe(2);
    expect(stderr).toMatch(/other\.json: is no recording/);
  });

  it('more connections at once than the topology has', () => {
    const second = 'alice>http://front-end.test#3';
    const wrong = altered('two.json', (recording) => ({
      ...recording,
      connections: [...recording.connections, { ...recording.connections[0]!, id: second }],
      observations: [
        ...recording.observations.slice(0, 3),
        { what: 'opened', connection: second },
        ...recording.observations.slice(3),
      ],
    }));
    const { exit, stderr } = traced(wrong);
    expect(exit).toBe(2);
    expect(stderr).toContain('connection 3: alice has 1 to frontEnd in article (NTLM), and all');
  });
});
