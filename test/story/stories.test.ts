/** Stories of real traces, each read by a person before it was pinned. */
import { describe, expect, it } from 'vitest';
import type { Trace } from '../../checker/model/system.ts';
import { answer, INITIATOR } from '../../machines/ntlm/initiator.ts';
import { STANDARD } from '../../machines/ntlm/policy.ts';
import { againstMostGeneralClient } from '../../machines/system/most-general-system.ts';
import type { Secret } from '../../machines/vocabulary/terms.ts';
import { costOf } from '../../story/credential-events.ts';
import { sentencesOf } from '../../story/sentences.ts';
import {
  A,
  article,
  basicTrace,
  calls,
  cancels,
  closes,
  F,
  moves,
  ntlmTrace,
  type Taken,
  traceOf,
  types,
  visits,
} from './support/traces.ts';

const told = (trace: Trace) => `${[...sentencesOf(trace), costOf(trace)].join('\n')}\n`;
const A2 = 'alice>frontEnd#2';
const B = 'bob>frontEnd#1';
const F2 = 'frontEnd>mailbox#2';

describe('the stories of Q183545', () => {
  it('NTLM: authenticated at the first host, anonymous at the second, and asked again', () => {
    expect(told(ntlmTrace)).toMatchInlineSnapshot(`
      "alice opens the mailbox page at frontEnd; their browser opens a connection and sends a request without credentials.
      frontEnd receives a request without credentials and responds 401 to alice.
      alice's browser receives 401 from frontEnd and asks alice for the password.
      alice types their password; their browser sends the request again, without credentials.
      frontEnd receives a request without credentials and responds 401 to alice.
      alice's browser receives 401 from frontEnd and sends a NEGOTIATE_MESSAGE.
      frontEnd sends a challenge on this connection.
      alice's browser sends an AUTHENTICATE_MESSAGE that answers this challenge with a response computed from alice's password.
      frontEnd authenticates alice. It now has a token for alice: it can impersonate alice, but cannot authenticate as alice to another host.
      frontEnd, impersonating alice, calls mailbox, opens a connection and sends a request without credentials.
      mailbox receives a request without credentials and responds 401 to frontEnd.
      frontEnd receives 401 from mailbox and sends a NEGOTIATE_MESSAGE.
      mailbox sends a challenge on this connection.
      frontEnd has no key to answer this challenge, so it sends an anonymous AUTHENTICATE_MESSAGE.
      mailbox responds 401 to frontEnd: the response is anonymous.
      frontEnd receives 401 from mailbox and responds 401 to alice.
      alice's browser receives 401 from frontEnd and asks alice for the password again, although frontEnd had authenticated alice.
      No host learned a password; frontEnd has a token for alice, which authenticates alice to no other host.
      "
    `);
  });

  it('Basic: served, and both hosts have the password', () => {
    expect(told(basicTrace)).toMatchInlineSnapshot(`
      "alice opens the mailbox page at frontEnd; their browser opens a connection and sends a request without credentials.
      frontEnd receives a request without credentials and responds 401 to alice.
      alice's browser receives 401 from frontEnd and asks alice for the password.
      alice types their password; their browser sends the request again, with the password.
      frontEnd authenticates alice and now has alice's password.
      frontEnd, impersonating alice, calls mailbox, opens a connection and sends a request with alice's password.
      mailbox authenticates alice, now has alice's password and serves alice's mailbox (200).
      frontEnd receives the page from mailbox and forwards it to alice (200).
      alice's browser shows the mailbox.
      frontEnd and mailbox now both have alice's password.
      "
    `);
  });

  it('Basic with a network logon: the password is learned, and is of no use', () => {
    const system = article('Basic', { logonMethod: 'Network' });
    const trace = traceOf(system, [
      ...[visits(), ...moves(A, 2), types(), ...moves(A)],
      ...[calls(), ...moves(F, 2), ...moves(A)],
    ]);
    expect(told(trace)).toMatchInlineSnapshot(`
      "alice opens the mailbox page at frontEnd; their browser opens a connection and sends a request without credentials.
      frontEnd receives a request without credentials and responds 401 to alice.
      alice's browser receives 401 from frontEnd and asks alice for the password.
      alice types their password; their browser sends the request again, with the password.
      frontEnd authenticates alice and now has alice's password. Its page has only a token for alice: it can impersonate alice, but cannot authenticate as alice to another host.
      frontEnd, impersonating alice, calls mailbox, opens a connection and sends a request without credentials.
      mailbox receives a request without credentials and responds 401 to frontEnd.
      frontEnd receives 401 from mailbox and responds 401 to alice.
      alice's browser receives 401 from frontEnd and asks alice for the password again, although frontEnd had authenticated alice.
      frontEnd now has alice's password.
      "
    `);
  });
});

describe('other stories', () => {
  it('a wrong password with NTLM, then the right one', () => {
    const trace = traceOf(article('NTLM'), [
      ...[visits(), ...moves(A, 2), types('alice', null), ...moves(A, 6)],
      ...[types(), ...moves(A, 5)],
    ]);
    expect(told(trace)).toMatchInlineSnapshot(`
      "alice opens the mailbox page at frontEnd; their browser opens a connection and sends a request without credentials.
      frontEnd receives a request without credentials and responds 401 to alice.
      alice's browser receives 401 from frontEnd and asks alice for the password.
      alice mistypes their password; their browser sends the request again, without credentials.
      frontEnd receives a request without credentials and responds 401 to alice.
      alice's browser receives 401 from frontEnd and sends a NEGOTIATE_MESSAGE.
      frontEnd sends a challenge on this connection.
      alice's browser sends an AUTHENTICATE_MESSAGE that answers this challenge with a response computed from the mistyped password.
      frontEnd responds 401 to alice: the response was not computed from alice's password.
      alice's browser receives 401 from frontEnd and asks alice for the password again.
      alice types their password; their browser sends the request again, without credentials.
      frontEnd receives a request without credentials and responds 401 to alice.
      alice's browser receives 401 from frontEnd and sends a NEGOTIATE_MESSAGE.
      frontEnd sends a new challenge on this connection.
      alice's browser sends an AUTHENTICATE_MESSAGE that answers this challenge with a response computed from alice's password.
      frontEnd authenticates alice. It now has a token for alice: it can impersonate alice, but cannot authenticate as alice to another host.
      No host learned a password; frontEnd has a token for alice, which authenticates alice to no other host.
      "
    `);
  });

  it('a wrong password with Basic, and the user cancels', () => {
    const trace = traceOf(article('Basic'), [
      ...[visits(), ...moves(A, 2), types('alice', null), ...moves(A, 2), cancels],
    ]);
    expect(told(trace)).toMatchInlineSnapshot(`
      "alice opens the mailbox page at frontEnd; their browser opens a connection and sends a request without credentials.
      frontEnd receives a request without credentials and responds 401 to alice.
      alice's browser receives 401 from frontEnd and asks alice for the password.
      alice mistypes their password; their browser sends the request again, with the mistyped password.
      frontEnd responds 401 to alice: the password is not alice's.
      alice's browser receives 401 from frontEnd and asks alice for the password again.
      alice cancels the prompt.
      No host learned a password.
      "
    `);
  });

  it('a page without a sign-in', () => {
    const trace = traceOf(article('NTLM'), [visits('alice', A, 'logonForm'), ...moves(A, 2)]);
    expect(told(trace)).toMatchInlineSnapshot(`
      "alice opens the logon form at frontEnd; their browser opens a connection and sends a request without credentials.
      frontEnd serves the logon form, which needs no sign-in (200).
      alice's browser shows the logon form.
      No host learned a password.
      "
    `);
  });

  it('connections close in mid-handshake and in mid-call', () => {
    const trace = traceOf(article('NTLM'), [
      ...[visits(), ...moves(A, 2), types(), ...moves(A, 3), closes(A)],
      ...[visits(), ...moves(A, 5), calls(), ...moves(F), closes(F)],
      ...[calls(), closes(A), ...moves(F, 6)],
    ]);
    expect(told(trace)).toMatchInlineSnapshot(`
      "alice opens the mailbox page at frontEnd; their browser opens a connection and sends a request without credentials.
      frontEnd receives a request without credentials and responds 401 to alice.
      alice's browser receives 401 from frontEnd and asks alice for the password.
      alice types their password; their browser sends the request again, without credentials.
      frontEnd receives a request without credentials and responds 401 to alice.
      alice's browser receives 401 from frontEnd and sends a NEGOTIATE_MESSAGE.
      frontEnd sends a challenge on this connection.
      The connection from alice to frontEnd closes; the challenge in transit is lost; alice's browser stops loading the page.
      alice opens the mailbox page at frontEnd; their browser opens a connection and sends a request without credentials.
      frontEnd receives a request without credentials and responds 401 to alice.
      alice's browser receives 401 from frontEnd and sends a NEGOTIATE_MESSAGE.
      frontEnd sends a challenge on this connection.
      alice's browser sends an AUTHENTICATE_MESSAGE that answers this challenge with a response computed from alice's password.
      frontEnd authenticates alice. It now has a token for alice: it can impersonate alice, but cannot authenticate as alice to another host.
      frontEnd, impersonating alice, calls mailbox, opens a connection and sends a request without credentials.
      mailbox receives a request without credentials and responds 401 to frontEnd.
      The connection from frontEnd to mailbox closes; the 401 in transit is lost; frontEnd receives no answer for alice and may call again.
      frontEnd, impersonating alice, calls mailbox, opens a connection and sends a request without credentials.
      The connection from alice to frontEnd closes; alice's browser stops loading the page; frontEnd drops alice's request.
      mailbox receives a request without credentials and responds 401 to frontEnd.
      frontEnd receives 401 from mailbox and sends a NEGOTIATE_MESSAGE.
      mailbox sends a challenge on this connection.
      frontEnd has no key to answer this challenge, so it sends an anonymous AUTHENTICATE_MESSAGE.
      mailbox responds 401 to frontEnd: the response is anonymous.
      frontEnd receives 401 from mailbox and drops it, because its client has disconnected.
      No host learned a password; frontEnd has a token for alice, which authenticates alice to no other host.
      "
    `);
  });

  it('two connections a pair', () => {
    const trace = traceOf(article('NTLM', { connections: 2 }), [
      ...[visits(), visits('alice', A2), ...moves(A, 2), types(), ...moves(A2, 7)],
      ...[...moves(A, 5), calls(A2, F2), calls(A, F), ...moves(F2, 6), ...moves(A2)],
    ]);
    expect(told(trace)).toMatchInlineSnapshot(`
      "alice opens the mailbox page at frontEnd on connection 1; their browser opens that connection and sends a request without credentials.
      alice opens the mailbox page at frontEnd on connection 2; their browser opens that connection and sends a request without credentials.
      frontEnd receives a request without credentials on connection 1 and responds 401 to alice.
      alice's browser receives 401 from frontEnd on connection 1 and asks alice for the password.
      alice types their password; their browser sends the request again, without credentials.
      frontEnd receives a request without credentials on connection 2 and responds 401 to alice.
      alice's browser receives 401 from frontEnd on connection 2, already has the password and sends the request again, without credentials.
      frontEnd receives a request without credentials on connection 2 and responds 401 to alice.
      alice's browser receives 401 from frontEnd on connection 2 and sends a NEGOTIATE_MESSAGE.
      frontEnd sends a challenge on connection 2.
      alice's browser sends an AUTHENTICATE_MESSAGE on connection 2 that answers this challenge with a response computed from alice's password.
      frontEnd authenticates alice on connection 2. It now has a token for alice: it can impersonate alice, but cannot authenticate as alice to another host.
      frontEnd receives a request without credentials on connection 1 and responds 401 to alice.
      alice's browser receives 401 from frontEnd on connection 1 and sends a NEGOTIATE_MESSAGE.
      frontEnd sends a challenge on connection 1.
      alice's browser sends an AUTHENTICATE_MESSAGE on connection 1 that answers this challenge with a response computed from alice's password.
      frontEnd authenticates alice on connection 1.
      frontEnd, impersonating alice on connection 2, calls mailbox on its own connection 2, opens that connection and sends a request without credentials.
      frontEnd, impersonating alice on connection 1, calls mailbox on its own connection 1, opens that connection and sends a request without credentials.
      mailbox receives a request without credentials on connection 2 and responds 401 to frontEnd.
      frontEnd receives 401 from mailbox on connection 2 and sends a NEGOTIATE_MESSAGE.
      mailbox sends a challenge on connection 2.
      frontEnd has no key to answer this challenge on connection 2, so it sends an anonymous AUTHENTICATE_MESSAGE.
      mailbox responds 401 to frontEnd on connection 2: the response is anonymous.
      frontEnd receives 401 from mailbox on connection 2 and responds 401 to alice on connection 2.
      alice's browser receives 401 from frontEnd on connection 2 and asks alice for the password again, although frontEnd had authenticated alice.
      No host learned a password; frontEnd has a token for alice, which authenticates alice to no other host.
      "
    `);
  });

  it('two users of one front end', () => {
    const trace = traceOf(article('Basic', { users: ['alice', 'bob'] }), [
      ...[visits(), visits('bob', B), ...moves(A, 2), types(), ...moves(B, 2), types('bob')],
      ...[...moves(B), ...moves(A), calls(B), ...moves(F, 2), ...moves(B)],
      ...[calls(A), ...moves(F, 2), ...moves(A)],
    ]);
    expect(told(trace)).toMatchInlineSnapshot(`
      "alice opens the mailbox page at frontEnd; their browser opens a connection and sends a request without credentials.
      bob opens the mailbox page at frontEnd; their browser opens a connection and sends a request without credentials.
      frontEnd receives a request without credentials on alice's connection and responds 401 to alice.
      alice's browser receives 401 from frontEnd and asks alice for the password.
      alice types their password; their browser sends the request again, with the password.
      frontEnd receives a request without credentials on bob's connection and responds 401 to bob.
      bob's browser receives 401 from frontEnd and asks bob for the password.
      bob types their password; their browser sends the request again, with the password.
      frontEnd authenticates bob and now has bob's password.
      frontEnd authenticates alice and now has alice's password.
      frontEnd, impersonating bob, calls mailbox, opens a connection and sends a request with bob's password.
      mailbox authenticates bob, now has bob's password and serves bob's mailbox (200).
      frontEnd receives the page from mailbox and forwards it to bob (200).
      bob's browser shows the mailbox.
      frontEnd, impersonating alice, calls mailbox and sends a request with alice's password.
      mailbox authenticates alice, now has alice's password and serves alice's mailbox (200).
      frontEnd receives the page from mailbox and forwards it to alice (200).
      alice's browser shows the mailbox.
      frontEnd and mailbox now both have bob's password; frontEnd and mailbox now both have alice's password.
      "
    `);
  });

  it('a client that says anything', () => {
    const path = 'mailbox';
    const says = (to: string, event: object): Taken => [
      'client',
      { type: 'client.says', to, event },
    ];
    const negotiates = (to: string): Taken => ['client', { type: 'client.negotiates', to, path }];
    const info = { computer: 'frontEnd', timestamp: true, flags: false };
    const vantage = {
      initiator: INITIATOR,
      machine: 'client',
      target: 'frontEnd',
      certificate: null,
    };
    const response = (secret: Secret | null) => ({
      ...{ type: 'AUTHENTICATE_MESSAGE', path },
      response: answer({ user: 'alice', secret }, { connection: A, serial: 0 }, info, vantage),
    });
    const request = { type: 'http.request', path };
    const right = response({ passwordOf: 'alice' });
    const basic = { user: 'alice', secret: { passwordOf: 'alice' } };
    const trace = traceOf(againstMostGeneralClient(STANDARD, 2), [
      says(A, request),
      ...[A, B].flatMap((to) => [says(to, { type: 'connection.opened' }), negotiates(to)]),
      says(B, right),
      says(A, right),
      says(A, request),
      says(A, { type: 'page.unauthorized' }),
      says(A, { type: 'page.ready' }),
      says(A, response({ passwordOf: null })),
      says(A, response(null)),
      says(A, { type: 'http.request.basic', path, credential: basic }),
      says(A, { type: 'connection.closed' }),
    ]);
    expect(told(trace)).toMatchInlineSnapshot(`
      "The most general client sends a request without credentials on alice's connection; frontEnd ignores it.
      The most general client opens alice's connection.
      The most general client sends a NEGOTIATE_MESSAGE on alice's connection; frontEnd sends challenge 1 on this connection.
      The most general client opens bob's connection.
      The most general client sends a NEGOTIATE_MESSAGE on bob's connection; frontEnd sends challenge 1 on this connection.
      The most general client sends a response computed from alice's password, to challenge 1 of alice's connection, on bob's connection; frontEnd responds 401: the response answers challenge 1 of alice's connection to frontEnd, and the outstanding one is challenge 1 of this connection.
      The most general client sends a response computed from alice's password, to challenge 1 of alice's connection, on alice's connection; frontEnd authenticates alice. It now has a token for alice: it can impersonate alice, but cannot authenticate as alice to another host.
      The most general client sends a request without credentials on alice's connection; frontEnd takes the request as alice's.
      The most general client reports that the page behind alice's connection was refused; frontEnd responds 401.
      The most general client reports that the page behind alice's connection is ready; frontEnd responds 200.
      The most general client sends a response computed from a wrong password for alice, to challenge 1 of alice's connection, on alice's connection; frontEnd responds 401.
      The most general client sends an anonymous response, to challenge 1 of alice's connection, on alice's connection; frontEnd responds 401.
      The most general client sends a request with alice's password on alice's connection; frontEnd responds 401.
      The most general client closes alice's connection.
      No host learned a password; frontEnd has a token for alice, which authenticates alice to no other host.
      "
    `);
  });
});
