/** `double-hop export --promela` and `--tla`: the files, and their instructions. */
import * as fs from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LimitReached } from '../../../checker/explore/limits.ts';
import { exportModels } from '../../../cli/commands/export/export-models.ts';
import { BadInput } from '../../../cli/input/bad-input.ts';
import goldens from '../../../properties/verdicts/goldens.json' with { type: 'json' };
import { ioInto, ownFolder } from '../running.ts';

const { folder } = ownFolder();

type Asked = Partial<Parameters<typeof exportModels>[1]>;

function exported(name: string, asked: Asked = {}) {
  const out = join(folder, name);
  const lines: string[] = [];
  const io = ioInto(lines);
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
    const deployment = `article (${mechanism})` as keyof typeof goldens.verdicts;
    return Object.keys(goldens.verdicts[deployment]).map(
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

  it('states the claim, the expected counts and the commands at its head', () => {
    const { states, transitions, depth } = goldens.verdicts['article (NTLM)']['deadlock-free'];
    const text = read('deadlock-free-article-ntlm.pml');
    const head = text.slice(0, text.indexOf('*/'));
    expect(head).toContain('deadlock-free: in every reachable state some step is enabled');
    expect(head).toContain(`Expected: ${states} states, ${transitions + 1} transitions`);
    expect(head).toContain(`depth ${depth}; nothing else.`);
    expect(head).toContain(' 1. spin -a deadlock-free-article-ntlm.pml\n');
    expect(head).toMatch(/ 3\. \.\/pan -c0 -m\d+\n/); // with invalid end states
  });

  it('names the expected violations and witnesses', () => {
    expect(read('confinement-article-basic.pml')).toMatch(
      /depth \d+; violated: own client on frontEnd>mailbox#1\.\n/,
    );
    expect(read('ntlm-accepts-article-ntlm.pml')).toContain('; witnessed: ');
  });

  it('says whether it expects a cycle for a response, and that SPIN only counts for reachability', () => {
    expect(read('sign-in-completes-article-ntlm-fair.pml')).toContain('an acceptance cycle');
    expect(read('sign-in-completes-article-basic-fair.pml')).toContain('Expected: no error.');
    expect(read('can-sign-in-article-ntlm.pml')).toContain('it only counts');
  });

  it('can be of one claim, with a fault', () => {
    const { files: made } = exported('fault', {
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

  it('states the expected counts, and which claims are not invariants', () => {
    const { states } = goldens.verdicts['article (NTLM)']['deadlock-free'];
    const deadlock = 'M_deadlock_free_article_ntlm';
    expect(read(`${deadlock}.tla`)).toContain(`Expected: ${states} distinct states`);
    expect(read(`${deadlock}.cfg`)).toBe('INIT Init\nNEXT Next\nCHECK_DEADLOCK TRUE\n');
    expect(read('M_ntlm_accepts_article_ntlm.cfg')).toMatch(/\nINVARIANT Never\d+\n/);
    expect(read('M_sign_in_completes_article_ntlm.tla')).toContain('it is not an invariant');
  });
});

describe('nothing is written', () => {
  const asking = (name: string, asked: Asked) => () => exported(name, asked);

  it('into a folder that is not empty, unless forced', () => {
    fs.mkdirSync(join(folder, 'full'));
    fs.writeFileSync(join(folder, 'full', 'mine.txt'), 'mine');
    expect(asking('full', { claim: ['deadlock-free'] })).toThrow(BadInput);
    const { files } = exported('full', { claim: ['deadlock-free'], force: true });
    expect(files).toEqual([
      'deadlock-free-article-basic.pml',
      'deadlock-free-article-ntlm.pml',
      'mine.txt',
    ]);
  });

  it('at a limit, which names the claim', () => {
    expect(asking('limited', { maxStates: 100 })).toThrow(LimitReached);
    expect(asking('limited', { maxStates: 100 })).toThrow(/^confinement, article \(NTLM\): more/);
    expect(fs.existsSync(join(folder, 'limited'))).toBe(false);
  });
});
