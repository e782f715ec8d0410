/** For the machines of a reverse proxy: how they are tested against themselves as a model. */
import { expect } from 'vitest';
import { downstreamConnection } from '../../../machines/proxy/downstream.ts';
import type { Upstream } from '../../../machines/proxy/proxy-effects.ts';
import { upstreamConnection } from '../../../machines/proxy/upstream.ts';
import type {
  DownstreamEvent,
  Reply,
  Request,
  UpstreamEvent,
} from '../../../machines/vocabulary/messages.ts';
import type { Plan } from './model-based.ts';

const CHALLENGE = { connection: 'proxy>mailbox#1', serial: 0 };
const UPSTREAMS = ['proxy>mailbox#1', 'proxy>mailbox#2'] as const;
const DOWNSTREAMS = ['alice>proxy#1', 'bob>proxy#1'] as const;

/** Every field of the context is as it is said here. */
const is = (fields: Record<string, unknown>) => (context: Record<string, unknown>) =>
  expect(context).toMatchObject(fields);

/** What a wire delivers is stamped with the port it came by. */
const delivered = <E extends Request | Reply>(events: readonly E[]) =>
  events.map((event) => ({ ...event, from: 'wire' }));

const requests: readonly Request[] = [
  { type: 'http.request', path: 'mailbox' },
  {
    type: 'http.request.basic',
    path: 'mailbox',
    credential: { user: 'alice', secret: { passwordOf: 'alice' } },
  },
  { type: 'NEGOTIATE_MESSAGE', path: 'mailbox' },
  {
    type: 'AUTHENTICATE_MESSAGE',
    path: 'mailbox',
    response: {
      user: 'alice',
      key: { passwordOf: 'alice' },
      challenge: CHALLENGE,
      pairs: null,
      altered: false,
      lm: true,
      mic: null,
    },
  },
];
const downstreamEvents: readonly DownstreamEvent[] = [
  { type: 'connection.opened' },
  { type: 'connection.closed' },
  ...delivered(requests),
  ...UPSTREAMS.map((via) => ({ type: 'proxy.forward', via }) as const),
  { type: 'downstream.returned', from: UPSTREAMS[0], message: { type: 'http.ok' } },
  { type: 'downstream.broken', from: UPSTREAMS[0] },
];

const downstreamPlan = (upstream: Upstream): Plan => ({
  model: downstreamConnection,
  input: { party: 'alice', upstream },
  events: downstreamEvents,
  states: {
    closed: is({ request: null, via: null }),
    idle: is(upstream === 'pinned' ? { request: null } : { request: null, via: null }),
    holding: ({ request }) => expect(requests).toContainEqual(request), // as they were sent
    waiting: is({ request: null, via: expect.any(String) }),
    draining: is({ request: null, via: expect.any(String) }),
  },
});

const replies: readonly Reply[] = [
  { type: 'http.ok' },
  { type: 'http.redirect', to: 'frontEnd' },
  { type: 'http.forbidden' },
  { type: 'http.unauthorized' },
  {
    type: 'CHALLENGE_MESSAGE',
    challenge: CHALLENGE,
    info: { computer: 'mailbox', timestamp: true, flags: false },
  },
];
const upstreamEvents: readonly UpstreamEvent[] = [
  ...DOWNSTREAMS.flatMap((from) => [
    ...[true, false].map(
      (pin) =>
        ({
          type: 'upstream.forward',
          from,
          message: { type: 'http.request', path: 'mailbox' },
          pin,
        }) as const,
    ),
    { type: 'upstream.release', from } as const,
  ]),
  ...delivered(replies),
  { type: 'connection.closed' },
];

export const PROXY_PLANS: Readonly<
  Record<'downstreamConnection' | 'upstreamConnection', readonly Plan[]>
> = {
  downstreamConnection: (['pinned', 'pooled', 'closing'] as const).map(downstreamPlan),
  upstreamConnection: [
    {
      model: upstreamConnection,
      input: undefined,
      events: upstreamEvents,
      states: {
        closed: is({ owner: null, downstream: null }),
        free: is({ owner: null, downstream: null }),
        kept: is({ owner: expect.any(String), downstream: null }),
        busy: is({ downstream: expect.any(String) }),
      },
    },
  ],
};
