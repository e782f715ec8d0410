/**
 * The server side of Basic on one connection slot. It keeps no sign-in: each request brings its
 * password, and the server learns it. The machine answers every event in every state.
 *
 * @source RFC 7617 2, 4; RFC 9110 11.6.1 (401); IIS basicAuthentication logonMethod
 */
import { setup } from 'xstate';
import * as server from '../http/server-side.ts';
import { ghostOf } from '../vocabulary/ghost.ts';
import { type PageEvent, type ServerEvent, sends, type WireEvent } from '../vocabulary/messages.ts';
import { theEvent } from '../vocabulary/reading.ts';
import { type Signal, signals } from '../vocabulary/signals.ts';
import { type Credential, isPasswordOf } from '../vocabulary/terms.ts';

export type BasicServerInput = server.ServerInput & {
  /** ClearText: the logon keeps the password for the next hop. Network: it keeps the SIDs only. */
  readonly logonMethod: 'ClearText' | 'Network';
};
/** Whether a logon keeps the password for the next hop. */
export const keepsPassword = ({ logonMethod }: Pick<BasicServerInput, 'logonMethod'>): boolean =>
  logonMethod === 'ClearText';

type Password = { readonly credential: Credential };
type Now = {
  readonly context: BasicServerInput;
  readonly event: Extract<ServerEvent, { type: 'http.request.basic' }>;
};

const reject = { type: 'reject', params: server.unauthorized } as const;
const commit = ({ context: { server, connection }, event }: Now) => ({
  type: 'commit' as const,
  ...event.credential,
  server,
  connection,
  challenge: null,
  response: null,
  ...ghostOf(event),
});
const learned = ({ context: { server }, event: { credential } }: Now) => ({
  type: 'learned' as const,
  secret: credential.secret,
  by: server,
});
const page = ({ context, event }: Now) =>
  server.askPage(
    event,
    keepsPassword(context) ? event.credential : { ...event.credential, secret: null },
  );

export const basicServerConnection = setup({
  types: {
    context: {} as BasicServerInput,
    events: {} as ServerEvent,
    input: {} as BasicServerInput,
    emitted: {} as Signal,
  },
  actions: {
    sendPage: sends<WireEvent>(),
    sendRedirect: sends<WireEvent>(),
    forbid: sends<WireEvent>(),
    reject: sends<WireEvent>(),
    requestPage: sends<PageEvent>(),
    abandonPage: sends<PageEvent>(),
    signalCommit: signals('commit'),
    signalLearned: signals('learned'),
    signalClosed: signals('closed'),
    ignore: () => {},
  },
  guards: {
    isPassword: (_, { credential }: Password) => isPasswordOf(credential.secret, credential.user),
  },
}).createMachine({
  id: 'basicServerConnection',
  description:
    'The server side of Basic on one connection. It learns the password of each request.',
  context: ({ input }) => input,
  initial: 'closed',
  states: {
    closed: {
      description: 'There is no TCP connection.',
      on: { 'connection.opened': 'open', '*': { actions: 'ignore' } },
    },
    open: {
      description: 'The connection is open. No user is bound to it.',
      on: {
        'http.request': {
          actions: {
            type: 'requestPage',
            params: ({ event }) => server.askPage(event, null),
          },
        },
        'http.request.basic': [
          {
            guard: { type: 'isPassword', params: theEvent },
            actions: [
              { type: 'signalLearned', params: learned }, // it reads the password to check it
              { type: 'signalCommit', params: commit },
              { type: 'requestPage', params: page },
            ],
          },
          { actions: [{ type: 'signalLearned', params: learned }, reject] },
        ],
        'page.ready': { actions: { type: 'sendPage', params: server.ok } },
        'page.moved': { actions: { type: 'sendRedirect', params: server.redirect } },
        'page.forbidden': { actions: { type: 'forbid', params: server.forbidden } },
        'connection.closed': {
          target: 'closed',
          actions: [
            { type: 'abandonPage', params: server.abandonPage },
            { type: 'signalClosed', params: server.closed },
          ],
        },
      },
    },
  },
  on: { '*': { actions: reject } },
});
