/** `double-hop trace --recording`: tells a recording of real software as a run of the model. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Recording } from '../../../conformance/recording/recording.ts';
import { readVerdicts } from '../../../inspector/story/documents/document.ts';
import { storyOf } from '../../../inspector/story/verdict-story.ts';
import { ownFolder, run } from '../running.ts';

const NTLM = 'examples/recordings/article-ntlm.json';
const LOOP = 'examples/recordings/article-ntlm-loop.json';
const BASIC = 'examples/recordings/article-basic.json';
const { file } = ownFolder();

const traced = (recording: string, claim = 'asked-again', mechanism = 'NTLM', ...more: string[]) =>
  run('trace', claim, '--with', mechanism, '--recording', recording, ...more);

/** A changed copy of the recording. */
function altered(name: string, change: (recording: Recording) => Recording): string {
  const recording = JSON.parse(readFileSync(NTLM, 'utf8')) as Recording;
  return file(name, JSON.stringify(change(recording)));
}

describe('a recording of the article', () => {
  it.each([
    [NTLM, 'asked-again', 'NTLM', 17, 2],
    [LOOP, 'prompt-loop', 'NTLM', 31, 4],
    [BASIC, 'mailbox-read', 'Basic', 8, 0],
  ])('%s is the model’s own trace of %s', async (recording, claim, mechanism, steps, unseen) => {
    const { exit, stdout, stderr } = await traced(recording, claim, mechanism);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(
      new RegExp(`^article \\(${mechanism}\\), as recorded: ${claim} witnes`),
    );
    expect(stdout).toContain(`It is the model's own trace, in all ${steps} steps.`);
    expect(lines.filter((line) => /^ +\d+\. /.test(line))).toHaveLength(steps);
    const [, told = '0'] = /The recording lacks (\d+) messages of this run/.exec(stdout) ?? [];
    expect(Number(told)).toBe(unseen);
    expect(stdout).not.toContain('Wonderland');
  });

  it('is a document of both runs, which the inspector shows beside each other', async () => {
    const { deployments, claims } = readVerdicts(
      (await traced(NTLM, 'asked-again', 'NTLM', '--json')).stdout,
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

  it('says up to where it is a run of the topology, and what the next message would be', async () => {
    const { exit, stdout } = await traced(NTLM, 'mailbox-read', 'Basic');
    expect(exit).toBe(1);
    expect(
      stdout,
    ).toBe(`${NTLM}: no run of article (Basic) shows mailbox-read and sends these messages
  Chromium, and Samba's ntlm_auth at the front end and at the mailbox
  A run of the model sends the first 2 messages. The next one would be:
    alice>frontEnd#1: the connection closes
    alice>frontEnd#1: http.request.basic
`);
  });

  it('says up to which step it is the model’s own trace', async () => {
    const { exit, stdout } = await traced(BASIC, 'password-passes-on', 'Basic');
    expect(exit).toBe(0);
    expect(stdout).toContain("It is the same as the model's own trace, of 7 steps, up to step 7.");
  });

  it('is not a run if the mailbox accepts the front end’s anonymous response', async () => {
    const wrong = altered('served.json', (recording) => ({
      ...recording,
      observations: recording.observations.map((observation, i, all) =>
        observation.what === 'reply' && all.findLastIndex(({ what }) => what === 'reply') === i
          ? { ...observation, status: 200 }
          : observation,
      ),
    }));
    const { exit, stdout } = await traced(wrong);
    expect(exit).toBe(1);
    expect(stdout).toContain('A run of the model sends the first 11 messages.');
    expect(stdout).toContain('alice>frontEnd#1: http.unauthorized');
  });
});

describe('what cannot be told as a run', () => {
  it.each([
    ['nix.json', 'asked-again', [], 'nix.json: no such file'],
    [NTLM, 'asked-again', ['--mermaid'], '--recording cannot be used with --mermaid'],
    [
      NTLM,
      'asked-again',
      ['--host', 'frontend=http://front-end.test'],
      '--host frontend=http://front-end.test: it must be NAME=ORIGIN; the hosts of article (NTLM) ' +
        'are frontEnd, mailbox (did you mean "frontEnd"?)',
    ],
    [
      NTLM,
      'asked-again',
      ['--host', 'frontEnd=http://front.test'],
      '--host frontEnd=http://front.test: the recording has no such server; its servers are ' +
        'http://front-end.test, http://mailbox.test',
    ],
    [
      NTLM,
      'asked-again',
      ['--host', 'frontEnd=http://front-end.test'],
      `${NTLM}: connection 2: no host of article (NTLM) connects to http://mailbox.test`,
    ],
  ])('%s as %s, with %j: says why', async (recording, claim, more, message) => {
    const { exit, stdout, stderr } = await traced(
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
    [['--host', 'frontEnd=http://front-end.test'], '--host needs --recording'],
    [['--recording', NTLM, '--fault', 'any-password'], '--recording cannot be used with --fault'],
  ])('%j: says why', async (options, message) => {
    const { exit, stderr } = await run('trace', 'asked-again', ...options);
    expect(exit).toBe(2);
    expect(stderr).toMatch(new RegExp(`^double-hop: ${message}.*\\n$`));
  });

  it('a file that is no recording', async () => {
    const { exit, stderr } = await traced(file('other.json', '{"a": 1}'));
    expect(exit).toBe(2);
    expect(stderr).toMatch(/other\.json: is no recording/);
  });

  it('more connections at once than the topology has', async () => {
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
    const { exit, stderr } = await traced(wrong);
    expect(exit).toBe(2);
    expect(stderr).toContain('connection 3: alice has 1 connection to frontEnd in article (NTLM),');
  });
});
