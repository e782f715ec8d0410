/** `double-hop export`: the files that it writes, all or none. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readVerdicts } from '../../../inspector/story/documents/document.ts';
import * as command from '../running.ts';

const { folder } = command.ownFolder();
const run = (...args: readonly string[]) => command.run('export', ...args);

const ended = async (...args: readonly string[]): Promise<number> => {
  const [code] = await once(spawn(process.execPath, [command.MAIN, ...args]), 'exit');
  return code as number;
};

let folders = 0;
function fresh(): string {
  folders += 1;
  return join(folder, `out-${folders}`);
}

describe('export', () => {
  const out = join(folder, 'article');
  let exported: command.Ran;
  let stories: readonly string[];
  beforeAll(async () => {
    exported = await run('--out', out);
    stories = fs.readdirSync(out).filter((name) => name !== 'index.md');
  });
  const read = (...path: readonly string[]) => fs.readFileSync(join(out, ...path), 'utf8');

  it('makes a folder for each story, and lists them', () => {
    expect(exported).toMatchObject({ exit: 0, stderr: '' });
    expect(stories).toContain('confinement-article-basic');
    expect(stories).toContain('prompt-loop-article-ntlm');
    for (const story of stories) {
      expect(read('index.md')).toContain(`(${story}/index.html)`);
      expect(exported.stdout).toContain(join(out, story, 'index.html'));
      expect(fs.readdirSync(join(out, story)).sort()).toEqual([
        'index.html',
        'sequence.svg',
        'statechart.svg',
        'story.itf.json',
        'story.mmd',
        'story.txt',
        'verdicts.json',
      ]);
    }
  });

  it('writes verdicts that can be read again, each with its own trace alone', () => {
    for (const story of stories) {
      const { topology, deployments, claims } = readVerdicts(read(story, 'verdicts.json'));
      expect([topology, deployments.length, claims.length]).toEqual(['article', 1, 1]);
      expect(claims[0]!.trace).not.toBeNull();
    }
  });

  it('writes a page with the same document, in which no tag begins', () => {
    for (const story of stories) {
      const page = read(story, 'index.html');
      const [, data = ''] = /id="document">([^<]*)<\/script>/.exec(page) ?? [];
      expect(readVerdicts(data)).toEqual(readVerdicts(read(story, 'verdicts.json')));
      const outside = page.replace(/<(script|style)\b.*?<\/\1>/gs, '');
      expect(outside).not.toMatch(/\s(?:src|href)="(?!data:|#)/);
    }
  });

  it('writes pictures, a diagram for Mermaid, and states for other tools', () => {
    for (const story of stories) {
      for (const name of ['statechart.svg', 'sequence.svg']) {
        expect(read(story, name)).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
        expect(read(story, name)).not.toContain('undefined');
      }
      expect(read(story, 'story.mmd')).toMatch(/^sequenceDiagram\n/);
      const { claims } = readVerdicts(read(story, 'verdicts.json'));
      const { states } = JSON.parse(read(story, 'story.itf.json'));
      expect(states).toHaveLength(claims[0]!.trace!.length + 1);
    }
  });

  it('tells the story in numbered sentences', () => {
    expect(read('confinement-article-basic', 'story.txt')).toContain(
      '\n  7. mailbox authenticates alice, now has alice',
    );
  });
});

describe('the folder', () => {
  it('is refused if it is not empty, before any claim is checked', async () => {
    const out = fresh();
    fs.mkdirSync(out);
    fs.writeFileSync(join(out, 'mine.txt'), 'mine');
    const { exit, stdout, stderr } = await run('--out', out, '--max-states', '1');
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      /^double-hop: .*: is not empty; .*--force to replace files of the same names\n$/,
    );
    expect(fs.readdirSync(out)).toEqual(['mine.txt']);
  });

  it('keeps its other files with --force, and replaces those of the same names', async () => {
    const out = fresh();
    const story = join(out, 'confinement-article-basic');
    fs.mkdirSync(story, { recursive: true });
    fs.writeFileSync(join(out, 'mine.txt'), 'mine');
    fs.writeFileSync(join(story, 'old.txt'), 'old');
    expect((await run('--claim', 'confinement', '--out', out, '--force')).exit).toBe(0);
    expect(fs.readdirSync(out).sort()).toEqual([
      'confinement-article-basic',
      'index.md',
      'mine.txt',
    ]);
    expect(fs.readdirSync(story)).not.toContain('old.txt');
  });

  it('may exist if it is empty, and is created with its parents', async () => {
    const out = fresh();
    fs.mkdirSync(out);
    expect((await run('--claim', 'confinement', '--out', out)).exit).toBe(0);
    expect((await run('--claim', 'confinement', '--out', join(fresh(), 'a', 'b'))).exit).toBe(0);
  });

  it('must not be a file, nor be in one', async () => {
    const file = fresh();
    fs.writeFileSync(file, '');
    for (const [out, reason] of [
      [file, 'is a file; it must be a folder'],
      [join(file, 'below'), 'cannot be written: not a directory'],
      ['/dev/null/below', 'cannot be written: not a directory'],
    ] as const) {
      const { exit, stderr } = await run('--claim', 'confinement', '--out', out);
      expect([exit, stderr]).toEqual([2, `double-hop: ${out}: ${reason}\n`]);
    }
  });

  it('must not be behind a link to nothing', async () => {
    const link = fresh();
    fs.symlinkSync(join(folder, 'nothing'), link);
    for (const out of [link, join(link, 'below', 'it')]) {
      const { exit, stderr } = await run('--claim', 'confinement', '--out', out);
      expect([exit, stderr]).toEqual([
        2,
        `double-hop: ${out}: ${link} is a link to nothing; name a folder instead\n`,
      ]);
    }
    expect(fs.existsSync(join(folder, 'nothing'))).toBe(false);
  });

  it.runIf(fs.existsSync('/proc/self'))('must not be where none can be created', async () => {
    for (const out of ['/proc/none', '/proc/none/below']) {
      const { exit, stderr } = await run('--claim', 'confinement', '--out', out);
      expect(exit).toBe(2);
      expect(stderr).toMatch(
        /^double-hop: \/proc\/none.*: (no folder can be created in|cannot be)/,
      );
    }
  });

  it('is written by one export at a time', async () => {
    const out = join(fresh(), 'below');
    const both = await Promise.all(
      ['confinement', 'password-stays-secret'].map((claim) =>
        run('--claim', claim, '--out', out, '--force'),
      ),
    );
    expect(both.map(({ exit }) => exit).sort()).toEqual([0, 2]);
    const [refused] = both.filter(({ exit }) => exit === 2);
    expect(refused!.stderr).toContain(`${out}: another export writes into it`);
    expect(fs.readdirSync(out)).toHaveLength(2);
    expect((await run('--claim', 'confinement', '--out', out)).stderr).toContain('is not empty');
    expect((await run('--claim', 'confinement', '--out', out, '--force')).exit).toBe(0);
  });

  it('of two processes at once is that of one of them', async () => {
    const out = join(fresh(), 'below');
    const both = await Promise.all([1, 2].map(() => ended('export', '--out', out)));
    expect(both.sort()).toEqual([0, 2]);
    expect(fs.readdirSync(out)).not.toContain('.unfinished');
  });

  it.skipIf(process.getuid?.() === 0)(
    'is not half-written where the user may not write',
    async () => {
      const locked = fresh();
      fs.mkdirSync(locked, { mode: 0o500 });
      const { exit, stderr } = await run('--claim', 'confinement', '--out', join(locked, 'below'));
      expect(exit).toBe(2);
      expect(stderr).toMatch(/below: cannot be written: permission denied\n$/);
    },
  );
});

describe('otherwise', () => {
  it('a fault can be injected, and is in the name', async () => {
    const out = fresh();
    await run('--claim', 'three-messages', '--fault', 'tries-for-ever', '--out', out);
    const story = 'three-messages-article-ntlm-with-tries-for-ever';
    const text = fs.readFileSync(join(out, story, 'verdicts.json'), 'utf8');
    expect(readVerdicts(text)).toMatchObject({ fault: 'tries-for-ever' });
  });

  it('refuses claims of which none has a trace', async () => {
    const out = fresh();
    const { exit, stderr } = await run('--claim', 'double-hop-stops', '--out', out);
    expect(exit).toBe(2);
    expect(stderr).toMatch(/none has a trace, so there is nothing to export\n$/);
    expect(fs.existsSync(out)).toBe(false);
  });

  it('reports a limit, and writes the stories before it', async () => {
    const out = fresh();
    const ids = ['server-accepts', 'ntlm-accepts'];
    const { exit, stderr } = await run('--claim', ...ids, '--out', out, '--max-states', '200');
    expect(exit).toBe(3);
    expect(stderr).toMatch(/^double-hop: ntlm-accepts, article \(NTLM\): more than 200 states/);
    expect(fs.readdirSync(out).sort()).toEqual(['index.md', 'server-accepts-article-ntlm']);
  });

  it('writes nothing when a limit comes first', async () => {
    const out = fresh();
    expect((await run('--claim', 'confinement', '--out', out, '--max-states', '10')).exit).toBe(3);
    expect(fs.existsSync(out)).toBe(false);
  });

  it('needs a folder', async () => {
    const { exit, stderr } = await run();
    expect(exit).toBe(2);
    expect(stderr).toContain("required option '--out <folder>' not specified");
  });
});
