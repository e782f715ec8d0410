/** The content of the inspector page: claims about a topology, a document, or live actors. */
import type { News } from '../../../inspector/feed.ts';
import type { Assignment } from '../../../inspector/server/prove.ts';
import {
  BadDocument,
  CHARACTERS_MAX,
  readVerdicts,
} from '../../../inspector/story/documents/document.ts';
import type { Mechanism } from '../../../machines/system/topology.ts';
import { expectedVerdict } from '../../../properties/claim.ts';
import type { Verdicts } from '../../../properties/verdicts/verdicts.ts';
import { BadInput, badFile } from '../../input/bad-input.ts';
import { chosenSubject, tasksOf } from '../../input/subject.ts';
import { readText } from '../../input/text-file.ts';

export type PageOptions = {
  readonly claim: readonly string[]; // ids; empty: all
  readonly trace: string | undefined; // a file of `check --json` or `trace --json`
  readonly live: boolean;
  readonly with: Mechanism | undefined; // one that the topology compares
  readonly fault: string | undefined; // a fault's id
  readonly stately: boolean;
  readonly maxStates: number;
};

type Opened = Extract<News, { readonly type: 'opened' }>;

export type PageContent = {
  readonly opened: Opened;
  readonly known: readonly Extract<News, { readonly type: 'verdict' }>[]; // at the start
  readonly assignment: Assignment | null; // null: nothing is to be checked
  /** Fields of the URL's fragment, besides the token: what the page opens with. */
  readonly place: Readonly<Record<string, string>>;
};

/** @throws BadInput for a wrong file, claim, mechanism or fault. */
export function contentFor(path: string | undefined, options: PageOptions): PageContent {
  if (options.trace !== undefined) return documentAt(options.trace, path, options);
  return options.live ? liveRun(path, options) : claimsAbout(path, options);
}

function claimsAbout(path: string | undefined, options: PageOptions): PageContent {
  const subject = chosenSubject(path, options);
  const { topology, deployments } = subject;
  const fault = options.fault ?? null;
  const results = tasksOf(subject, options.claim);
  const tasks = results.map(({ claim, deployment, expected }) => ({
    claim: claim.id,
    deployment,
    fault,
    expected,
  }));
  const first =
    results.find(({ claim, deployment }) =>
      ['violated', 'witnessed'].includes(expectedVerdict(claim, deployment) ?? ''),
    ) ?? results[0]!;
  const story = { claim: first.claim.id, on: first.deployment.name, fault };
  return {
    opened: opened('claims', topology.name, deployments, tasks.length, options),
    known: [],
    assignment: {
      deployments,
      tasks,
      known: [],
      statesMax: options.maxStates,
      lines: subject.lines,
    },
    place: placeOf(options.claim.length === 1 ? story : null, options),
  };
}

function documentAt(file: string, path: string | undefined, options: PageOptions): PageContent {
  if (path !== undefined)
    throw new BadInput(`--trace ${file}: the file has its own topology; leave out ${path}`);
  const { topology, deployments, claims, fault } = documentIn(file);
  const known = claims.map((verdict) => ({
    type: 'verdict' as const,
    deployment: deployments.find(({ name }) => name === verdict.deployment)!,
    fault,
    isRemedy: false,
    verdict,
  }));
  const [only, ...others] = claims;
  const story = only && others.length === 0 ? { claim: only.id, on: only.deployment, fault } : null;
  return {
    opened: opened('trace', topology, deployments, claims.length, options),
    known,
    assignment: {
      deployments,
      tasks: [],
      known: known.map(({ verdict, deployment }) => {
        const { trace: _, ...judged } = verdict;
        return { verdict: judged, deployment, fault };
      }),
      statesMax: options.maxStates,
      lines: null,
    },
    place: placeOf(story, options),
  };
}

function documentIn(file: string): Verdicts {
  const text = readText(file, CHARACTERS_MAX);
  try {
    return readVerdicts(text);
  } catch (error) {
    if (error instanceof BadDocument) throw badFile(file, error.message.split('\n'));
    throw error;
  }
}

function liveRun(path: string | undefined, options: PageOptions): PageContent {
  const { topology, deployments } = chosenSubject(path, options);
  return {
    opened: opened('live', topology.name, deployments.slice(0, 1), 0, options),
    known: [],
    assignment: null,
    place: { view: options.stately ? 'stately' : 'live' },
  };
}

const opened = (
  about: Opened['about'],
  topology: string,
  deployments: Opened['deployments'],
  total: number,
  { claim, stately }: PageOptions,
): Opened => ({ type: 'opened', topology, deployments, about, claims: claim, stately, total });

type OpenedStory = { readonly claim: string; readonly on: string; readonly fault: string | null };

/** @param story - the one to open. Null: the page opens with the list of claims. */
function placeOf(story: OpenedStory | null, { stately }: PageOptions) {
  if (story === null) return { view: 'claims' };
  const { fault, ...where } = story;
  const view = stately ? 'stately' : 'story';
  return { view, ...where, ...(fault === null ? {} : { fault }) };
}
