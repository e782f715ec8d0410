/** One story as files. Each can be sent and opened alone. */
import { sequenceSvg, statechartSvg } from '../../inspector/draw/svg.tsx';
import { itfOf } from '../../inspector/story/itf.ts';
import type { Story } from '../../inspector/story/story.ts';
import { storyOf } from '../../inspector/story/verdict-story.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import {
  type ClaimVerdict,
  documentOf,
  type Verdicts,
} from '../../properties/verdicts/verdicts.ts';
import { toMermaid } from '../../story/diagram/mermaid.ts';
import { numbered } from './layout.ts';
import { plainName, type TextFile } from './write-files.ts';

/** A verdict that has a trace, with its deployment. */
export type StoryToWrite = {
  readonly verdict: ClaimVerdict;
  readonly deployment: Deployment;
  readonly fault: string | null; // id
  readonly topology: string; // name
};

const COLUMNS = 100;
const PART_MAX = 80; // letters

/** The name of the story's folder. */
export const folderOf = ({ verdict, deployment, fault }: StoryToWrite): string =>
  [verdict.id, deployment.name, ...(fault === null ? [] : ['with', fault])]
    .map((part) => plainName(part, PART_MAX))
    .filter((part) => part !== '')
    .join('-');

/** @param template - the built page, with a place for the document. */
export function storyFiles(written: StoryToWrite, template: string): readonly TextFile[] {
  const story = storyOf(written.verdict, written.deployment, written.fault);
  const document = documentOf(written.topology, written);
  return [
    { path: 'index.html', text: standalone(template, document) },
    { path: 'statechart.svg', text: statechartSvg(story, story.decisive ?? story.steps.length) },
    { path: 'sequence.svg', text: sequenceSvg(story) },
    {
      path: 'story.mmd',
      text: toMermaid(written.verdict.trace!, story.title, story.loop, written.deployment),
    },
    { path: 'story.txt', text: asText(story) },
    { path: 'story.itf.json', text: asJson(itfOf(story)) },
    { path: 'verdicts.json', text: asJson(document) },
  ];
}

const asJson = (data: unknown) => `${JSON.stringify(data, null, 2)}\n`;

const PLACE = /(<script type="application\/json" id="document">)[^<]*(?=<\/script>)/;

/** Escapes "<", so that no tag can begin in the document. */
function standalone(template: string, document: Verdicts): string {
  if (!PLACE.test(template)) throw new Error('the standalone page has no place for a document');
  const data = JSON.stringify(document).replaceAll('<', '\\u003c');
  return template.replace(PLACE, (_, opening: string) => `${opening}${data}`);
}

const asText = ({ title, sentence, summary, bounds, steps, loop, cost }: Story) =>
  [
    title,
    sentence,
    summary,
    ...(bounds === '' ? [] : [bounds]),
    '',
    ...numbered(
      steps.map((step) => step.sentence),
      COLUMNS,
      loop,
    ),
    '',
    cost,
    '',
  ].join('\n');
