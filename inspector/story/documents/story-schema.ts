/** The schema of a story from any source, checked before it is shown. */
import { z } from 'zod';
import type { Chart, ChartNode, Story, StoryStep } from '../story.ts';

export type Header = Omit<Story, 'steps'>;

const names = z.array(z.string());
const event = z.looseObject({ type: z.string() });
const delivery = z.object({ from: z.string(), to: z.string(), event });
const state = z.object({ active: names, context: z.unknown() });

const node: z.ZodType<ChartNode> = z.object({
  id: z.string(),
  key: z.string(),
  description: z.string().nullable(),
  type: z.enum(['atomic', 'compound', 'parallel', 'final', 'history']),
  initial: z.string().nullable(),
  entry: names,
  exit: names,
  get children() {
    return z.array(node);
  },
});

const chart: z.ZodType<Chart> = z.object({
  machine: z.string(),
  root: node,
  transitions: z.array(
    z.object({
      id: z.string(),
      source: z.string(),
      targets: names,
      event: z.string(),
      guard: z.string().nullable(),
      actions: names,
    }),
  ),
});

const component = z.object({
  name: z.string(),
  machine: z.string(),
  party: z.string(),
  role: z.enum(['browser', 'client', 'wire', 'server', 'page', 'monitor', 'other']),
  connection: z.string().nullable(),
});

const verdict = z.enum(['holds', 'violated', 'witnessed', 'unwitnessed']);

const checked = z.object({
  claim: z.string(),
  name: z.string(),
  kind: z.enum(['always', 'sometimes', 'reachable', 'response', 'deadlock-free']),
  given: z.string(),
  source: z.string(),
  fault: z.string().nullable(),
  expected: z.nullable(verdict),
  verdict,
  states: z.number(),
  transitions: z.number(),
  depth: z.number(),
  milliseconds: z.number(),
});

const fields = z.object({
  format: z.literal('double-hop-story/2'),
  title: z.string(),
  sentence: z.string(),
  deployment: z.string(),
  summary: z.string(),
  bounds: z.string(),
  checked: checked.nullable(),
  parties: names,
  charts: z.array(chart),
  components: z.array(component),
  initial: z.record(z.string(), state),
  decisive: z.number().nullable(),
  mark: z.object({ text: z.string(), isViolation: z.boolean() }).nullable(),
  loop: z.number().nullable().default(null),
  cost: z.string(),
});

/** All but the steps. Every chart and party that a component refers to is there. */
export const header: z.ZodType<Header> = fields.refine(({ components, charts, parties, initial }) =>
  components.every(
    ({ name, machine, party }) =>
      Object.hasOwn(initial, name) &&
      (party === '' || parties.includes(party)) &&
      charts.some((one) => one.machine === machine),
  ),
);

const credential = z.object({
  kind: z.enum(['password', 'response', 'token']),
  user: z.string().nullable(),
});

export const step: z.ZodType<StoryStep> = z.object({
  sentence: z.string(),
  reactions: z
    .array(
      z.object({
        component: z.string(),
        event,
        from: z.string(),
        taken: names.nullable(),
        guards: z.array(z.object({ name: z.string(), held: z.boolean() })),
        actions: names,
        after: state,
      }),
    )
    .min(1),
  signals: z.array(delivery),
  travels: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      label: z.string(),
      isReply: z.boolean(),
      delivered: z.boolean(),
      credential: z.object({ what: z.string(), boundTo: z.string() }).nullable(),
    }),
  ),
  notes: z.array(z.object({ party: z.string(), text: z.string() })),
  credentials: z.array(
    z.object({
      party: z.string(),
      credential,
      did: z.enum(['typed', 'sent', 'received', 'accepted', 'learned', 'refused', 'served']),
    }),
  ),
});
