/** Reads messages of the inspection protocol. Anything else is refused. */
import { z } from 'zod';
import { type Header, header, step } from '../documents/story-schema.ts';
import type { StoryStep } from '../story.ts';

/** A message of the inspection protocol of `@statelyai/inspect`, or one of ours beside it. */
export type Inspection = {
  readonly type: string; // "@xstate.actor", "@xstate.event", "@xstate.snapshot", "@double-hop.…"
  readonly _version: string;
  readonly [field: string]: unknown;
};

/** Whether it looks like a message of the protocol: receivers check no more than this. */
export function isInspection(data: unknown): data is Inspection {
  const { type, _version } = (data ?? {}) as Partial<Record<string, unknown>>;
  return typeof type === 'string' && typeof _version === 'string';
}

export type Heard = { readonly type: string; readonly [field: string]: unknown };

/** The snapshot of an actor. Undefined: not sent, as is usual for actors that are no machines. */
export type Seen = {
  readonly status?: string | undefined;
  readonly value?: unknown;
  readonly context?: unknown;
  readonly output?: unknown;
  readonly error?: unknown;
};

export type Registration = {
  readonly type: '@xstate.actor';
  readonly sessionId: string;
  readonly name?: string | undefined;
  readonly parentId?: string | undefined;
  readonly definition?: string | undefined; // JSON
  readonly snapshot?: Seen | undefined;
};

export type Sending = {
  readonly type: '@xstate.event';
  readonly sessionId: string; // of the addressee
  readonly sourceId?: string | undefined; // undefined: from outside
  readonly event: Heard;
};

export type Snapshot = {
  readonly type: '@xstate.snapshot';
  readonly sessionId: string;
  readonly event?: Heard | undefined; // its cause
  readonly snapshot?: Seen | undefined;
};

export type Read =
  | Registration
  | Sending
  | Snapshot
  | { readonly type: '@double-hop.story'; readonly story: Header }
  | { readonly type: '@double-hop.step'; readonly step: StoryStep };

const text = z.string().optional().catch(undefined); // a malformed field counts as missing
const heard = z.looseObject({ type: z.string() });
const seen = z
  .object({
    status: text,
    value: z.unknown(),
    context: z.unknown(),
    output: z.unknown(),
    error: z.unknown(),
  })
  .partial()
  .optional()
  .catch(undefined);

const message: z.ZodType<Read> = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('@xstate.actor'),
    sessionId: z.string(),
    name: text,
    parentId: text,
    definition: text,
    snapshot: seen,
  }),
  z.object({
    type: z.literal('@xstate.event'),
    sessionId: z.string(),
    sourceId: text,
    event: heard,
  }),
  z.object({
    type: z.literal('@xstate.snapshot'),
    sessionId: z.string(),
    event: heard.optional().catch(undefined),
    snapshot: seen,
  }),
  z.object({ type: z.literal('@double-hop.story'), story: header }),
  z.object({ type: z.literal('@double-hop.step'), step }),
]);

/** Null where it is no such message, or names no actor or no event. */
export function readInspection(data: unknown): Read | null {
  try {
    return message.safeParse(data).data ?? null;
  } catch {
    return null; // nested deeper than can be read
  }
}
