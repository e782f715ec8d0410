/** What leaves the page, and comes back into it. */
import { describe, expect, it } from 'vitest';
import { openFile } from '../../../../inspector/page/sources/files.ts';
import { documentOfEntry, exportsOf, slug } from '../../../../inspector/page/sources/share.ts';
import { storyOf } from '../../../../inspector/story/verdict-story.ts';
import { confinement, storyFor } from '../page-stories.ts';

const story = storyFor(confinement);
const fileOf = (text: string, size = text.length) => ({
  ...{ name: 'some.json', size },
  text: () => Promise.resolve(text),
});

describe('a story', () => {
  it('is exported in every form, under a name of its own each', () => {
    const exports = exportsOf(story, 7, confinement);
    const texts = exports.map(({ text }) => text());
    expect(new Set(exports.map(({ file }) => file)).size).toBe(exports.length);
    const textOf = (end: string) => texts[exports.findIndex(({ file }) => file.endsWith(end))];
    expect(textOf('-sequence.svg')).toMatch(/^<svg [^>]*xmlns=/);
    expect(textOf('-statechart-7.svg')).toMatch(/^<svg [^>]*xmlns=/);
    expect(textOf('.mmd')).toMatch(/^sequenceDiagram\n/);
    expect(JSON.parse(textOf('.itf.json')!)).toMatchObject({ '#meta': { format: 'ITF' } });
  });

  it('of no verdict has no trace to export', () => {
    const files = exportsOf(story, 7, null).map(({ file }) => file);
    expect(files.some((file) => /\.mmd$|\d\.json$/.test(file))).toBe(false);
  });

  it('comes back as it went', async () => {
    const text = JSON.stringify(documentOfEntry(confinement));
    const opening = await openFile(fileOf(text));
    if (opening.kind !== 'document') throw new Error(opening.problem);
    const { claims, deployments } = opening.verdicts;
    expect(storyOf(claims[0]!, deployments[0]!, null)).toEqual(story);
  });

  it.each([
    ['confinement violated, article (Basic)', 'confinement-violated-article-basic'],
    ['../..', 'story'],
  ])('called %j has files called %j', (title, name) => {
    expect(slug(title)).toBe(name);
  });
});

describe('a file that is no document', () => {
  it.each([
    ['{"format":', 'it ends in the middle'],
    ['{}', 'it has no format'],
    ['', 'it is empty'],
  ])('%j is told as what it is', async (text, problem) => {
    expect(await openFile(fileOf(text))).toMatchObject({
      kind: 'problem',
      name: 'some.json',
      problem: expect.stringContaining(problem),
    });
  });

  it('and is too large is not even read', async () => {
    const opening = await openFile({
      ...fileOf('', 2 ** 40),
      text: () => Promise.reject(new Error('it was read')),
    });
    expect(opening).toMatchObject({ kind: 'problem', problem: 'it is too large to be read' });
  });
});
