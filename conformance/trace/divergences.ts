/**
 * Known differences between implementations and the model, as data in `divergences.json`, each with
 * its reason and source.
 *
 * A divergence lets the judge read one observation in one more way. It is reported if a recording
 * is a behaviour only with it, so an unused divergence can be found.
 */
import * as z from 'zod';
import shipped from '../divergences.json' with { type: 'json' };

const MESSAGE = z.enum([
  'http.request',
  'http.request.basic',
  'NEGOTIATE_MESSAGE',
  'AUTHENTICATE_MESSAGE',
]);
const text = z.string().trim().min(1);

const common = {
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  implementation: text,
  reason: text, // why it differs, if known
  source: text, // the measurement or the document
};

/** A reply to `after` with this status, or the end of the connection, may mean a 401. */
const READING = z.strictObject({
  ...common,
  side: z.literal('server'),
  pattern: z.strictObject({
    after: z.union([MESSAGE, z.literal('anything')]),
    seen: z.union([z.number().int().min(100).max(599), z.literal('closed')]),
  }),
  effect: z.strictObject({ readAs: z.literal(401) }),
});

/**
 * `seen` without the messages of `asIf` before it: at the start of a connection, or after a 401
 * that made the client ask its user for a password.
 */
const SKIPPING = z.strictObject({
  ...common,
  side: z.literal('client'),
  pattern: z.strictObject({
    after: z.enum(['nothing', 'http.unauthorized']),
    seen: z.literal('NEGOTIATE_MESSAGE'),
  }),
  effect: z.strictObject({
    asIf: z.tuple([z.literal('http.request'), z.literal('http.unauthorized')]),
  }),
});

export type RefusalDivergence = z.infer<typeof READING>;
export type HandshakeDivergence = z.infer<typeof SKIPPING>;
export type Divergence = Readonly<RefusalDivergence | HandshakeDivergence>;

const LIST = z
  .array(z.discriminatedUnion('side', [READING, SKIPPING]))
  .superRefine((list, context) => {
    for (const [i, { id }] of list.entries())
      if (list.findIndex((other) => other.id === id) !== i)
        context.addIssue({
          code: 'custom',
          path: [i, 'id'],
          message: `the id ${id} is used twice`,
        });
  });

/** @throws ZodError for data that is not a list of divergences, or has an id twice. */
export const parseDivergences = (data: unknown): readonly Divergence[] => LIST.parse(data);

/** Those that ship with the model. */
export const DIVERGENCES: readonly Divergence[] = parseDivergences(shipped);

/** A request, and the status or end of connection that may mean a 401 to it. */
export type RefusalPattern = {
  readonly after: z.infer<typeof MESSAGE>;
  readonly seen: number | 'closed';
};

/** The refusals of servers that a divergence permits. None: it is about clients. */
export const refusingIn = ({ side, pattern }: Divergence): readonly RefusalPattern[] =>
  side === 'client'
    ? []
    : MESSAGE.options
        .filter((type) => pattern.after === type || pattern.after === 'anything')
        .map((after) => ({ after, seen: pattern.seen as RefusalPattern['seen'] }));

export type Excuses = {
  /** Why a reply of that status, or `closed` in its place, may mean a 401: ids of divergences. */
  readonly refusals: (after: string, seen: number | 'closed') => readonly string[];
  /** Why a handshake may begin at once: ids of divergences. */
  readonly headStarts: readonly string[];
  /** Why a client may continue a request after it asked its user for a password: ids. */
  readonly continuations: readonly string[];
};

const skippingAfter = (divergences: readonly Divergence[], after: string) =>
  divergences
    .filter(({ side, pattern }) => side === 'client' && pattern.after === after)
    .map(({ id }) => id);

export const excusesOf = (divergences: readonly Divergence[]): Excuses => ({
  refusals: (after, seen) =>
    divergences
      .filter((one) => refusingIn(one).some((it) => it.after === after && it.seen === seen))
      .map(({ id }) => id),
  headStarts: skippingAfter(divergences, 'nothing'),
  continuations: skippingAfter(divergences, 'http.unauthorized'),
});

/**
 * Divergences that no recording needed. In the lab there must be none.
 */
export const unusedOf = (
  divergences: readonly Divergence[],
  used: readonly string[],
): readonly Divergence[] => divergences.filter(({ id }) => !used.includes(id));
