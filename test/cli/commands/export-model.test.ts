/** `double-hop export --promela`: which files, and what they tell whoever runs them. */
import * as fs from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LimitReached } from '../../../checker/explore/limits.ts';
import { exportModels } from '../../../cli/commands/export/export-models.ts';
import { BadInput } from '../../../cli/input/bad-input.ts';
import type { Io } from '../../../cli/output/io.ts';
import pins from '../../../properties/verdicts/goldens.json' with { type: 'json' };
import { ownFolder } from '../running.ts';

const { folder } = ownFolder();

type Asked = Partial<Parameters<typeof exportModels>[1]>;

function exported(name: string, asked: Asked = {}) {
  const out = join(folder, name);
  const lines: string[] = [];
  const io: Io = {
    out: (text) => lines.push(text),
    progress: () => {},
    columns: 100,
    emphasis: (_, text) => text,
  };
  const options = {
    claim: [],
    out,
    force: false,
    maxStates: 10_000,
    maxMemory: 2 ** 30,
    fault: undefined,
    promela: !asked.tla,
    tla: false,
    ...asked,
  };
  const exit = exportModels(undefined, options, io);
  const read = (file: string) => fs.readFileSync(join(out, file), 'utf8');
  return { exit, lines, files: fs.readdirSync(out).sort(), read, out };
}

describe('export --promela', () => {
  const { exit, lines, files, read, out } = exported('article');
  const claims = ['NTLM', 'Basic'].flatMap((mechanism) => {
    const deployment = `article (${mechanism})` as keyof typeof pins.verdicts;
    return Object.keys(pins.verdicts[deployment]).map(
      (claim) => `${claim}-article-${mechanism.toLowerCase()}`,
    );
  });

  it('writes a file for each claim and deployment, and lists them', () => {
    expect(exit).toBe(0);
    expect(lines.toSorted()).toEqual(files.map((file) => join(out, file)));
    const plain = files.filter((file) => !file.includes('-fair'));
    const of = (claim: string) => plain.filter((file) => file.startsWith(`${claim}`));
    for (const claim of claims) expect(of(claim).length, claim).toBeGreaterThan(0);
    expect(plain.every((file) => claims.some((claim) => file.startsWith(claim)))).toBe(true);
  });

  it('writes one for each system of a claim, where it has several', () => {
    expect(files).toContain('every-request-completes-article-ntlm-1.pml');
    expect(files).toContain('every-request-completes-article-ntlm-2-fair.pml');
    expect(files).toContain('deadlock-free-article-ntlm.pml');
  });

  it('says at the head what it is, what is to be found, and how to run it', () => {
    const { states, transitions, depth } = pins.verdicts['article (NTLM)']['deadlock-free'];
    const text = read('deadlock-free-article-ntlm.pml');
    const head = text.slice(0, text.indexOf('*/'));
    expect(head).toContain('deadlock-free: in every reachable state some step is enabled');
    expect(head).toContain(`To be found: ${states} states, ${transitions + 1} transitions`);
    expect(head).toContain(`depth ${depth}; nothing else.`);
    expect(head).toContain(' 1. spin -a deadlock-free-article-ntlm.pml\n');
    expect(head).toMatch(/ 3\. \.\/pan -c0 -m\d+\n/); // with invalid end states
  });

  it('names the monitors and witnesses that are to be found', () => {
    expect(read('confinement-article-basic.pml')).toMatch(
      /depth \d+; violated: own client at frontEnd>mailbox#1\.\n/,
    );
    expect(read('ntlm-accepts-article-ntlm.pml')).toContain('; witnessed: ');
  });

  it('says of a response whether a cycle is to be found, and of what is possible nothing', () => {
    expect(read('sign-in-completes-article-ntlm-fair.pml')).toContain('an acceptance cycle');
    expect(read('sign-in-completes-article-basic-fair.pml')).toContain('To be found: no error.');
    expect(read('can-sign-in-article-ntlm.pml')).toContain('it can only count');
  });

  it('can be of one claim, with a mistake made', () => {
    const { files: made } = exported('mistake', {
      claim: ['three-messages'],
      fault: 'tries-for-ever',
    });
    expect(made).toEqual(['three-messages-article-ntlm-with-tries-for-ever.pml']);
  });
});

describe('export --tla', () => {
  const { files, read } = exported('tla', {
    tla: true,
    claim: ['deadlock-free', 'ntlm-accepts', 'sign-in-completes'],
  });

  it('writes a module and a configuration for each system, named alike', () => {
    expect(files).toHaveLength(10);
    for (const file of files.filter((name) => name.endsWith('.tla'))) {
      const name = file.replace('.tla', '');
      expect(files).toContain(`${name}.cfg`);
      expect(read(file)).toMatch(new RegExp(`^---- MODULE ${name} ----\\n`));
      expect(read(file)).toContain(` -continue ${name}\n`);
    }
  });

  it('says how many states there are, and what is no invariant', () => {
    const { states } = pins.verdicts['article (NTLM)']['deadlock-free'];
    const deadlock = 'M_deadlock_free_article_ntlm';
    expect(read(`${deadlock}.tla`)).toContain(`To be found: ${states} distinct states`);
    expect(read(`${deadlock}.cfg`)).toBe('INIT Init\nNEXT Next\nCHECK_DEADLOCK TRUE\n');
    expect(read('M_ntlm_accepts_article_ntlm.cfg')).toMatch(/\nINVARIANT Never\d+\n/);
    expect(read('M_sign_in_completes_article_ntlm.tla')).toContain('it is no invariant');
  });
});

describe('nothing is written', () => {
  const asking = (name: string, asked: Asked) => () => exported(name, asked);

  it('where something else is, unless it is forced', () => {
    fs.mkdirSync(join(folder, 'full'));
    fs.writeFileSync(join(folder, 'full', 'mine.txt'), 'mine');
    expect(asking('full', { claim: ['deadlock-free'] })).toThrow(BadInput);
    const { files } = exported('full', { claim: ['deadlock-free'], force: true });
    expect(files).toEqual([
      'mine.txt',
      'deadlock-free-article-basic.pml',
      'deadlock-free-article-ntlm.pml',
    ]);
  });

  it('at a limit, which names the claim', () => {
    expect(asking('limited', { maxStates: 100 })).toThrow(LimitReached);
    expect(asking('limited', { maxStates: 100 })).toThrow(/^confinement, article \(NTLM\): more/);
    expect(fs.existsSync(join(folder, 'limited'))).toBe(false);
  });
});
