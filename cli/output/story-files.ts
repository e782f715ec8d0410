/** One story as files, each of which can be sent to somebody and opened as it is. */
import { sequenceSvg, statechartSvg } from '../../inspector/draw/svg.tsx';
import { itfOf } from '../../inspector/story/itf.ts';
import type { Story } from '../../inspector/story/story.ts';
import { storyOf } from '../../inspector/story/tell.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import {
  type ClaimVerdict,
  documentOf,
  type Verdicts,
} from '../../properties/verdicts/verdicts.ts';
import { toMermaid } from '../../story/diagram/mermaid.ts';
import { numbered } from './told.ts';
import { plainName, type TextFile } from './write-folder.ts';

/** A verdict that has a trace, and where it was judged. */
export type Tale = {
  readonly verdict: ClaimVerdict;
  readonly deployment: Deployment;
  readonly fault: string | null; // id
  readonly topology: string; // name
};

const COLUMNS = 100;
const PART_MAX = 80; // letters

/** The name of its folder: of plain letters, whatever the topology is called. */
export const folderOf = ({ verdict, deployment, fault }: Tale): string =>
  [verdict.id, deployment.name, ...(fault === null ? [] : ['with', fault])]
    .map((part) => plainName(part, PART_MAX))
    .filter((part) => part !== '')
    .join('-');

/** @param template - the page that shows the document it holds, as it is built. */
export function storyFiles(tale: Tale, template: string): readonly TextFile[] {
  const story = storyOf(tale.verdict, tale.deployment, tale.fault);
  const document = documentOf(tale.topology, tale);
  return [
    { path: 'index.html', text: standalone(template, document) },
    { path: 'statechart.svg', text: statechartSvg(story, story.decisive ?? story.steps.length) },
    { path: 'sequence.svg', text: sequenceSvg(story) },
    {
      path: 'story.mmd',
      text: toMermaid(tale.verdict.trace!, story.title, story.loop, tale.deployment),
    },
    { path: 'story.txt', text: asText(story) },
    { path: 'story.itf.json', text: asJson(itfOf(story)) },
    { path: 'verdicts.json', text: asJson(document) },
  ];
}

const asJson = (data: unknown) => `${JSON.stringify(data, null, 2)}\n`;

const PLACE = /(<script type="application\/json" id="document">)[^<]*(?=<\/script>)/;

/** The document stays data whatever it says: no tag can begin in it. */
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
