/**
 * The sections of documents that each file cites, read from its `@source` tags.
 *
 * A tag lasts until the next tag or the end of its comment. It holds entries separated by `;`: a
 * document, its sections separated by commas, and after a section perhaps an explanation, in
 * parentheses.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../package.ts';
import { markdownTable, page } from './markdown.ts';

export type Citation = {
  readonly document: string; // 'MS-NLMP', 'RFC 7617', 'KB'; or OTHERS
  readonly section: string; // of a KB, the article; of others, the whole citation
  readonly explanation: string | null;
  readonly path: string; // of the citing file, from the root of the package
};

const FOLDERS = ['machines', 'properties', 'story', 'checker', 'conformance'];
const OTHERS = 'Papers, books and manuals';

const outsideParentheses = (separator: string) => new RegExp(`\\s*${separator}(?![^(]*\\))\\s*`);
const ENTRIES = outsideParentheses(';');
const SECTIONS = outsideParentheses(',');
const EXPLAINED = /^(.+?)(?: \(([^)]+)\))?$/;

/**
 * What the `@source` tags of one file cite.
 *
 * @throws TypeError for a standard without the number of a section.
 */
export function citationsIn(path: string, text: string): readonly Citation[] {
  const comments = text.match(/\/\*\*.*?\*\//gs) ?? [];
  const tags = comments.flatMap((comment) =>
    [...comment.matchAll(/@source\s(.*?)(?=\n\s*\* @|\s*\*\/)/gs)].map(([, tag]) =>
      tag!.replace(/\s*\n\s*\*\s*/g, ' ').trim(),
    ),
  );
  return tags.flatMap((tag) =>
    tag.split(ENTRIES).flatMap((entry) => {
      const [, document = OTHERS, rest = entry] =
        /^(MS-\w+|RFC \d+|KB)(?: (.*))?$/.exec(entry) ?? [];
      return (document === OTHERS ? [rest] : rest.split(SECTIONS)).map((cited) => {
        const [, section = '', explanation = null] = EXPLAINED.exec(cited) ?? [];
        if (/^(MS|RFC)/.test(document) && !/^(\d+|[A-Z])(\.\d+)*$/.test(section))
          throw new TypeError(`${path} cites "${entry}", which names no section`);
        return { document, section, explanation, path };
      });
    }),
  );
}

function groupedBy(key: 'document' | 'section', citations: readonly Citation[]) {
  const groups = new Map<string, Citation[]>();
  for (const citation of citations)
    groups.set(citation[key], [...(groups.get(citation[key]) ?? []), citation]);
  return [...groups];
}

const byNumber = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true });

/** Standards first, then articles, then the rest. */
const byDocument = (a: string, b: string) => {
  const rank = (document: string) => ['KB', OTHERS].indexOf(document);
  return rank(a) - rank(b) || byNumber(a, b);
};

function table(document: string, citations: readonly Citation[]): string {
  const heading = document === 'KB' ? 'article' : document === OTHERS ? 'work' : 'section';
  return markdownTable(
    [heading, 'cited by'],
    groupedBy('section', citations)
      .toSorted(([a], [b]) => byNumber(a, b))
      .map(([section, all]) => [
        section,
        all
          .map(({ path, explanation }) => {
            const link = `[\`${path}\`](../${path})`;
            return explanation === null ? link : `${link} (${explanation})`;
          })
          .join(', '),
      ]),
  );
}

export function standardsPage(): string {
  const paths = FOLDERS.flatMap((folder) =>
    readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
      .sort(),
  );
  const citations = paths.flatMap((path) =>
    citationsIn(path, readFileSync(join(packageRoot, path), 'utf8')),
  );
  return page(
    'Standards',
    'For readers who want to trace a file to the standard behind it. Each row lists the files ' +
      'whose `@source` tags cite a section.',
    ...groupedBy('document', citations)
      .toSorted(([a], [b]) => byDocument(a, b))
      .flatMap(([document, all]) => [
        `## ${document === 'KB' ? 'Microsoft Knowledge Base' : document}`,
        table(document, all),
      ]),
  );
}
