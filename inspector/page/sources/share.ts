/** A story in forms that leave the page: pictures, texts, data. */

import { documentOf } from '../../../properties/verdicts/verdicts.ts';
import { toMermaid } from '../../../story/diagram/mermaid.ts';
import { sequenceSvg, statechartSvg } from '../../draw/svg.tsx';
import { itfOf } from '../../story/itf.ts';
import type { Story } from '../../story/story.ts';
import type { Entry } from './session.ts';

export type Export = {
  readonly name: string; // of the button
  readonly file: string;
  readonly type: string; // media type
  readonly text: () => string;
};

/** @param entry - the verdict whose story it is. Null: of a live run, or of steps by hand. */
export function exportsOf(story: Story, position: number, entry: Entry | null): readonly Export[] {
  const base = slug(story.title);
  const everywhere: readonly Export[] = [
    {
      name: 'Sequence diagram, SVG',
      file: `${base}-sequence.svg`,
      type: 'image/svg+xml',
      text: () => sequenceSvg(story),
    },
    {
      name: 'Statechart, SVG',
      file: `${base}-statechart-${position}.svg`,
      type: 'image/svg+xml',
      text: () => statechartSvg(story, position),
    },
    {
      name: 'States, ITF JSON',
      file: `${base}.itf.json`,
      type: 'application/json',
      text: () => asJson(itfOf(story)),
    },
  ];
  if (entry === null) return everywhere;
  const trace = entry.verdict.trace ?? [];
  return [
    ...everywhere,
    {
      name: 'Sequence diagram, Mermaid',
      file: `${base}.mmd`,
      type: 'text/plain',
      text: () => toMermaid(trace, story.title, story.loop, entry.deployment),
    },
    {
      name: 'Verdict and trace, JSON',
      file: `${base}.json`,
      type: 'application/json',
      text: () => asJson(documentOfEntry(entry)),
    },
  ];
}

/** A document that the page, and `export`, can open. */
export const documentOfEntry = ({ ref, verdict, deployment }: Entry) =>
  documentOf(deployment.name, { verdict, deployment, fault: ref.fault });

const asJson = (data: unknown) => `${JSON.stringify(data, null, 2)}\n`;

/** "confinement violated, article (Basic)": "confinement-violated-article-basic". */
export const slug = (title: string) =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '') || 'story';

/** Hands it to the browser's downloads. */
export function download({ file, type, text }: Export): void {
  const url = URL.createObjectURL(new Blob([text()], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
