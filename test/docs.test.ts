/** Generated pages are up to date, examples and commands of the docs run, citations are read. */
import { describe, expect, it } from 'vitest';
import { pages } from '../cli/pages/pages.ts';
import { citationsIn } from '../cli/pages/standards-page.ts';
import { CLAIMS } from '../properties/catalogue.ts';
import { THEOREMS } from '../properties/unbounded/theorems.ts';
import { GOLDENS } from './support/goldens.ts';
import { packed } from './support/packed.ts';
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

describe('docs/proof.md', () => {
  const text = textOf('docs/proof.md');
  const rows = [...text.matchAll(/^\| `([\w-]+)` \| (\w+)[^|]*\| (\w+)[^|]*\|$/gm)];
  const isProved = (id: string, network: string) =>
    THEOREMS.some((theorem) => theorem.claim.id === id && theorem.network.id === network);

  it('says of the plain networks what is proved, and of no other claim', () => {
    expect(rows.map(([, id]) => id)).toEqual([
      ...new Set(
        THEOREMS.filter(({ network: { id } }) => ['ntlm', 'mixed'].includes(id)).map(
          ({ claim }) => claim.id,
        ),
      ),
    ]);
    for (const [, id, ntlm, mixed] of rows)
      expect([id, ntlm === 'proved', mixed === 'proved']).toEqual([
        id,
        isProved(id!, 'ntlm'),
        isProved(id!, 'mixed'),
      ]);
  });

  it('names each claim that is proved, and no other before what is not covered', () => {
    const before = text.slice(text.indexOf('## The theorem'), text.indexOf('## How'));
    const named = CLAIMS.filter(({ id }) => before.includes(`\`${id}\``));
    expect(named.map(({ id }) => id).sort()).toEqual(
      [...new Set(THEOREMS.map(({ claim }) => claim.id))].sort(),
    );
  });
});

/** The first block of a page in this language that holds this text. */
const blockOf = (page: string, language: string, holding = '') =>
  [...textOf(page).matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, 'g'))]
    .map(([, text]) => text!)
    .find((text) => text.includes(holding)) ?? '';

const installed = packed('@statelyai/inspect');

describe('README.md', () => {
  it('shows lines that `npm start` prints, in their order', () => {
    const lines = blockOf('README.md', 'text').trimEnd().split('\n');
    const printed = installed().doubleHop('check').stdout.split('\n');
    let from = 0;
    for (const line of lines.filter((line) => line !== '...')) {
      const found = printed.findIndex((one, i) => i >= from && one.startsWith(line));
      expect(found, `"${line}" is printed after line ${from}`).not.toBe(-1);
      from = found + 1;
    }
  });

  const symptoms = [...textOf('README.md').matchAll(/^\| .*\| `npx double-hop (trace .*)` \|$/gm)];

  it.each([
    ['ANONYMOUS LOGON', 'sends an anonymous AUTHENTICATE_MESSAGE'],
    ['another user', 'over the connection on which alice is authenticated'],
    ['401 after 401', 'repeat for ever'],
    [
      'again and again',
      'asks alice for the password again, although frontEnd had authenticated alice',
    ],
    ['extended protection', 'bound to the TLS channel of the certificate edge'],
  ])('has a command for "%s", whose run shows it', (symptom, shown) => {
    const [, command = ''] = symptoms.find(([row]) => row.includes(symptom)) ?? [];
    const { exit, stdout } = installed().doubleHop(...command.split(' '));
    expect(exit).toBe(0);
    expect(stdout).toContain(shown);
  });

  it('has a topology of its own to check, which keeps the password from no server', () => {
    const path = installed().file('own.yaml', blockOf('README.md', 'yaml'));
    const { exit, stdout } = installed().doubleHop('check', path, '--json');
    expect(exit).toBe(1);
    const { claims } = JSON.parse(stdout) as { claims: { id: string; verdict: string }[] };
    expect(claims.filter(({ verdict }) => verdict === 'violated').map(({ id }) => id)).toEqual([
      'password-stays-secret',
      'sign-in-completes',
    ]);
  });
});

describe('docs/library.md', () => {
  it('has an example of a search that runs as it stands', () => {
    const { file, node } = installed();
    const { stdout, stderr } = node(file('search.mjs', blockOf('docs/library.md', 'ts', 'search')));
    expect(stderr).toBe('');
    expect(stdout).toContain(
      `states: ${GOLDENS.verdicts['article (NTLM)']?.['deadlock-free']?.states},`,
    );
  });

  it('has an example of live actors that hears a signal', () => {
    const { file, node } = installed();
    const example = blockOf('docs/library.md', 'ts', "actor.on('");
    const { stdout, stderr } = node(file('live.mjs', example));
    expect(stderr).toBe('');
    expect(stdout).toContain("type: 'issued'");
  });
});

describe('the example of the official inspector in docs/library.md', () => {
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
    const { file, node } = installed();
    const example = blockOf('docs/library.md', 'ts', 'createBrowserInspector(');
    file('browser.mjs', BROWSER);
    const { stdout, stderr } = node('--import', './browser.mjs', file('inspect.mjs', example));
    expect(stderr).toBe('');
    expect(stdout).toContain('opens https://stately.ai/inspect');
    expect(stdout).toContain('@xstate.actor browser');
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
