/** Generated pages are up to date, README examples run, and citations are read as meant. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readTopology } from '../cli/input/topology-file.ts';
import { packageRoot } from '../cli/package.ts';
import { pages } from '../cli/pages/pages.ts';
import { citationsIn } from '../cli/pages/standards-page.ts';
import { deploymentsOf } from '../machines/system/topology.ts';
import { checkClaim } from '../properties/check.ts';
import { confinement } from '../properties/claims/agreement.ts';
import { GOLDENS } from './support/goldens.ts';
import { textOf } from './support/sources.ts';

const cited = (...lines: readonly string[]) =>
  citationsIn('it.ts', `/**\n${lines.map((line) => ` * ${line}\n`).join('')} */\n`).map(
    ({ document, section, explanation }) => [document, section, explanation],
  );

describe('a generated page', () => {
  it.each(Object.entries(pages(GOLDENS)))(
    '%s is what `npm run generate` would write today',
    (path, text) => {
      expect(textOf(path)).toBe(text);
    },
  );
});

/** The first block of README.md in this language that holds this text. */
const readmeBlock = (language: string, holding = '') =>
  [...textOf('README.md').matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, 'g'))]
    .map(([, text]) => text!)
    .find((text) => text.includes(holding)) ?? '';

describe('README.md', () => {
  const folder = mkdtempSync(join(packageRoot, 'dist', 'readme-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('has an example of a topology that can be read', () => {
    const path = join(folder, 'own.yaml');
    writeFileSync(path, readmeBlock('yaml'));
    expect(readTopology(path).hosts.map(({ name }) => name)).toEqual(['intranet', 'reports']);
  });

  it('has an example with an adversary, whom what the file checks does not keep out', () => {
    const path = join(folder, 'relayed.yaml');
    writeFileSync(path, readmeBlock('yaml', 'adversary:'));
    const [deployment] = deploymentsOf(readTopology(path));
    expect(deployment?.adversary?.may).toEqual(['relay', 'strip']);
    expect(checkClaim(confinement, deployment!, { statesMax: 100_000 }).verdict).toBe('violated');
  });

  it('has an example of code that runs as it stands, with the published names', () => {
    const path = join(folder, 'example.mjs');
    writeFileSync(path, readmeBlock('ts', 'search'));
    const { stdout, stderr } = spawnSync(process.execPath, [path], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout).toContain(
      `states: ${GOLDENS.verdicts['article (NTLM)']?.['deadlock-free']?.states},`,
    );
  });
});

describe('the example of the official inspector in README.md', () => {
  /** Enough of a browser: a window that can be opened, and says when it is there. */
  const BROWSER = `
    const listeners = [];
    globalThis.window = {
      addEventListener: (_, listener) => listeners.push(listener),
      removeEventListener: () => {},
      requestIdleCallback: (run) => setTimeout(run),
      open: (url) => {
        const said = (message) => console.log(message.type, message.name ?? '');
        console.log('opens', url);
        setTimeout(() => listeners.forEach((hear) => hear({ data: CONNECTED })));
        return { postMessage: said };
      },
    };
    const CONNECTED = { type: '@statelyai.connected' };
  `;

  it('opens it, and shows it the machine', () => {
    const folder = mkdtempSync(join(packageRoot, 'dist', 'readme-'));
    try {
      const path = join(folder, 'example.mjs');
      writeFileSync(path, readmeBlock('ts', 'createBrowserInspector'));
      writeFileSync(join(folder, 'browser.mjs'), BROWSER);
      const imports = ['--import', join(folder, 'browser.mjs'), path];
      const { stdout, stderr } = spawnSync(process.execPath, imports, { encoding: 'utf8' });
      expect(stderr).toBe('');
      expect(stdout).toContain('opens https://stately.ai/inspect');
      expect(stdout).toContain('@xstate.actor browser');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('a @source', () => {
  it('has entries, entries have sections, and sections have explanations', () => {
    expect(cited('@source MS-NTHT 2.2.1, 3.1.5.1 (it fails); RFC 7617 4; KB Q183545')).toEqual([
      ['MS-NTHT', '2.2.1', null],
      ['MS-NTHT', '3.1.5.1', 'it fails'],
      ['RFC 7617', '4', null],
      ['KB', 'Q183545', null],
    ]);
  });

  it('may have commas and semicolons in an explanation, and commas in a title', () => {
    expect(cited('@source RFC 7617 2 (a, b; c), 4; Lowe, A Hierarchy, 1997, 2.3 (form)')).toEqual([
      ['RFC 7617', '2', 'a, b; c'],
      ['RFC 7617', '4', null],
      ['Papers, books and manuals', 'Lowe, A Hierarchy, 1997, 2.3', 'form'],
    ]);
  });

  it('lasts over several lines, until the next tag', () => {
    expect(
      cited('What it is.', '', '@source RFC 9112 9.3', '  (persistence)', '@throws 1'),
    ).toEqual([['RFC 9112', '9.3', 'persistence']]);
  });

  it('is one of a comment: code and plain comments cite nothing', () => {
    expect(
      citationsIn('it.ts', "// @source RFC 7617 2\nconst tag = '@source RFC 7617 2';"),
    ).toEqual([]);
  });

  it.each(['MS-NLMP', 'RFC 7617', 'RFC 7617 Basic', 'MS-NLMP 3.2.5.1.2 and 3.3.2'])(
    '"%s" is refused, for it names no section',
    (entry) => {
      expect(() => cited(`@source ${entry}`)).toThrow(`it.ts cites "${entry}"`);
    },
  );
});
