/** Stories of real traces, each read by a person before it was pinned. */
import { describe, expect, it } from 'vitest';
import type { Trace } from '../../checker/model/system.ts';
import { answer, INITIATOR } from '../../machines/ntlm/initiator.ts';
import { STANDARD } from '../../machines/ntlm/policy.ts';
import { againstMostGeneralClient } from '../../machines/system/most-general-system.ts';
import type { Secret } from '../../machines/vocabulary/terms.ts';
import { costOf } from '../../story/credentials-told.ts';
import { tellStory } from '../../story/sentences.ts';
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

const told = (trace: Trace) => `${[...tellStory(trace), costOf(trace)].join('\n')}\n`;
const A2 = 'alice>frontEnd#2';
const B = 'bob>frontEnd#1';
const F2 = 'frontEnd>mailbox#2';

describe('the stories of Q183545', () => {
  it('NTLM: accepted at the first host, nobody at the second, and asked again', () => {
    expect(told(ntlmTrace)).toMatchInlineSnapshot(`
      "alice opens the mailbox page at frontEnd; their browser opens a connection and sends the request without credentials.
      frontEnd sees no credentials and asks for a sign-in (401).
      alice's browser is told 401 by frontEnd and asks for the password.
      alice types their password; their browser asks again, still without credentials.
      frontEnd sees no credentials and asks for a sign-in (401).
      alice's browser is told 401 by frontEnd and opens the handshake with NEGOTIATE.
      frontEnd answers NEGOTIATE with a challenge for this connection.
      alice's browser answers the challenge with a response computed from alice's password (AUTHENTICATE).
      frontEnd accepts alice. All it is left with is a token: it can impersonate alice, but it has nothing to prove it with elsewhere.
      frontEnd, impersonating alice, calls on mailbox, opens a connection and sends the request without credentials.
      mailbox sees no credentials and asks for a sign-in (401).
      frontEnd is told 401 by mailbox and opens the handshake with NEGOTIATE.
      mailbox answers NEGOTIATE with a challenge for this connection.
      frontEnd has no key to answer the challenge with: it answers as nobody (ANONYMOUS LOGON).
      mailbox refuses (401): the response proves nobody.
      frontEnd is told 401 by mailbox and passes the refusal on to alice (401).
      alice's browser is told 401 by frontEnd and asks for the password again, although frontEnd had accepted it.
      No host learned a password; frontEnd has a token for alice, which proves nothing elsewhere.
      "
    `);
  });

  it('Basic: served, and both hosts have the password', () => {
    expect(told(basicTrace)).toMatchInlineSnapshot(`
      "alice opens the mailbox page at frontEnd; their browser opens a connection and sends the request without credentials.
      frontEnd sees no credentials and asks for a sign-in (401).
      alice's browser is told 401 by frontEnd and asks for the password.
      alice types their password; their browser asks again, this time with the password.
      frontEnd accepts alice and now has alice's password.
      frontEnd, impersonating alice, calls on mailbox, opens a connection and sends the request with alice's password.
      mailbox accepts alice, now has alice's password and serves alice's mailbox (200).
      frontEnd receives the page from mailbox and passes it on to alice (200).
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
      "alice opens the mailbox page at frontEnd; their browser opens a connection and sends the request without credentials.
      frontEnd sees no credentials and asks for a sign-in (401).
      alice's browser is told 401 by frontEnd and asks for the password.
      alice types their password; their browser asks again, this time with the password.
      frontEnd accepts alice and now has alice's password. Its page is left with a token alone: it can impersonate alice, but it has nothing to prove it with elsewhere.
      frontEnd, impersonating alice, calls on mailbox, opens a connection and sends the request without credentials.
      mailbox sees no credentials and asks for a sign-in (401).
      frontEnd is told 401 by mailbox and passes the refusal on to alice (401).
      alice's browser is told 401 by frontEnd and asks for the password again, although frontEnd had accepted it.
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
      "alice opens the mailbox page at frontEnd; their browser opens a connection and sends the request without credentials.
      frontEnd sees no credentials and asks for a sign-in (401).
      alice's browser is told 401 by frontEnd and asks for the password.
      alice mistypes their password; their browser asks again, still without credentials.
      frontEnd sees no credentials and asks for a sign-in (401).
      alice's browser is told 401 by frontEnd and opens the handshake with NEGOTIATE.
      frontEnd answers NEGOTIATE with a challenge for this connection.
      alice's browser answers the challenge with a response computed from the mistyped password (AUTHENTICATE).
      frontEnd refuses (401): the response was not computed from alice's password.
      alice's browser is told 401 by frontEnd and asks for the password again.
      alice types their password; their browser asks again, still without credentials.
      frontEnd sees no credentials and asks for a sign-in (401).
      alice's browser is told 401 by frontEnd and opens the handshake with NEGOTIATE.
      frontEnd answers NEGOTIATE with a new challenge for this connection.
      alice's browser answers the challenge with a response computed from alice's password (AUTHENTICATE).
      frontEnd accepts alice. All it is left with is a token: it can impersonate alice, but it has nothing to prove it with elsewhere.
      No host learned a password; frontEnd has a token for alice, which proves nothing elsewhere.
      "
    `);
  });

  it('a wrong password with Basic, and the user cancels', () => {
    const trace = traceOf(article('Basic'), [
      ...[visits(), ...moves(A, 2), types('alice', null), ...moves(A, 2), cancels],
    ]);
    expect(told(trace)).toMatchInlineSnapshot(`
      "alice opens the mailbox page at frontEnd; their browser opens a connection and sends the request without credentials.
      frontEnd sees no credentials and asks for a sign-in (401).
      alice's browser is told 401 by frontEnd and asks for the password.
      alice mistypes their password; their browser asks again, this time with the mistyped password.
      frontEnd refuses (401): that is not alice's password.
      alice's browser is told 401 by frontEnd and asks for the password again.
      alice cancels the prompt.
      No host learned a password.
      "
    `);
  });

  it('a page for everybody', () => {
    const trace = traceOf(article('NTLM'), [visits('alice', A, 'logonForm'), ...moves(A, 2)]);
    expect(told(trace)).toMatchInlineSnapshot(`
      "alice opens the logon form at frontEnd; their browser opens a connection and sends the request without credentials.
      frontEnd shows the logon form, as it does to anybody (200).
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
      "alice opens the mailbox page at frontEnd; their browser opens a connection and sends the request without credentials.
      frontEnd sees no credentials and asks for a sign-in (401).
      alice's browser is told 401 by frontEnd and asks for the password.
      alice types their password; their browser asks again, still without credentials.
      frontEnd sees no credentials and asks for a sign-in (401).
      alice's browser is told 401 by frontEnd and opens the handshake with NEGOTIATE.
      frontEnd answers NEGOTIATE with a challenge for this connection.
      The connection from alice to frontEnd closes; the challenge on its way is lost; alice's browser gives up on the page.
      alice opens the mailbox page at frontEnd; their browser opens a connection and sends the request without credentials.
      frontEnd sees no credentials and asks for a sign-in (401).
      alice's browser is told 401 by frontEnd and opens the handshake with NEGOTIATE.
      frontEnd answers NEGOTIATE with a challenge for this connection.
      alice's browser answers the challenge with a response computed from alice's password (AUTHENTICATE).
      frontEnd accepts alice. All it is left with is a token: it can impersonate alice, but it has nothing to prove it with elsewhere.
      frontEnd, impersonating alice, calls on mailbox, opens a connection and sends the request without credentials.
      mailbox sees no credentials and asks for a sign-in (401).
      The connection from frontEnd to mailbox closes; the refusal on its way (401) is lost; frontEnd is left without an answer for alice, and may call again.
      frontEnd, impersonating alice, calls on mailbox, opens a connection and sends the request without credentials.
      The connection from alice to frontEnd closes; alice's browser gives up on the page; frontEnd drops alice's request.
      mailbox sees no credentials and asks for a sign-in (401).
      frontEnd is told 401 by mailbox and opens the handshake with NEGOTIATE.
      mailbox answers NEGOTIATE with a challenge for this connection.
      frontEnd has no key to answer the challenge with: it answers as nobody (ANONYMOUS LOGON).
      mailbox refuses (401): the response proves nobody.
      frontEnd is told 401 by mailbox and has nobody left to pass it on to.
      No host learned a password; frontEnd has a token for alice, which proves nothing elsewhere.
      "
    `);
  });

  it('two connections a pair', () => {
    const trace = traceOf(article('NTLM', { connections: 2 }), [
      ...[visits(), visits('alice', A2), ...moves(A, 2), types(), ...moves(A2, 7)],
      ...[...moves(A, 5), calls(A2, F2), calls(A, F), ...moves(F2, 6), ...moves(A2)],
    ]);
    expect(told(trace)).toMatchInlineSnapshot(`
      "alice opens the mailbox page at frontEnd on connection 1; their browser opens that connection and sends the request without credentials.
      alice opens the mailbox page at frontEnd on connection 2; their browser opens that connection and sends the request without credentials.
      frontEnd sees no credentials on connection 1 and asks for a sign-in (401).
      alice's browser is told 401 by frontEnd on connection 1 and asks for the password.
      alice types their password; their browser asks again, still without credentials.
      frontEnd sees no credentials on connection 2 and asks for a sign-in (401).
      alice's browser is told 401 by frontEnd on connection 2, has a password by now and asks again, still without credentials.
      frontEnd sees no credentials on connection 2 and asks for a sign-in (401).
      alice's browser is told 401 by frontEnd on connection 2 and opens the handshake with NEGOTIATE.
      frontEnd answers NEGOTIATE on connection 2 with a challenge for this connection.
      alice's browser answers the challenge on connection 2 with a response computed from alice's password (AUTHENTICATE).
      frontEnd accepts alice on connection 2. All it is left with is a token: it can impersonate alice, but it has nothing to prove it with elsewhere.
      frontEnd sees no credentials on connection 1 and asks for a sign-in (401).
      alice's browser is told 401 by frontEnd on connection 1 and opens the handshake with NEGOTIATE.
      frontEnd answers NEGOTIATE on connection 1 with a challenge for this connection.
      alice's browser answers the challenge on connection 1 with a response computed from alice's password (AUTHENTICATE).
      frontEnd accepts alice on connection 1.
      frontEnd, impersonating alice on connection 2, calls on mailbox on its own connection 2, opens that connection and sends the request without credentials.
      frontEnd, impersonating alice on connection 1, calls on mailbox on its own connection 1, opens that connection and sends the request without credentials.
      mailbox sees no credentials on connection 2 and asks for a sign-in (401).
      frontEnd is told 401 by mailbox on connection 2 and opens the handshake with NEGOTIATE.
      mailbox answers NEGOTIATE on connection 2 with a challenge for this connection.
      frontEnd has no key to answer the challenge on connection 2 with: it answers as nobody (ANONYMOUS LOGON).
      mailbox refuses on connection 2 (401): the response proves nobody.
      frontEnd is told 401 by mailbox on connection 2 and passes the refusal on to alice on connection 2 (401).
      alice's browser is told 401 by frontEnd on connection 2 and asks for the password again, although frontEnd had accepted it.
      No host learned a password; frontEnd has a token for alice, which proves nothing elsewhere.
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
      "alice opens the mailbox page at frontEnd; their browser opens a connection and sends the request without credentials.
      bob opens the mailbox page at frontEnd; their browser opens a connection and sends the request without credentials.
      frontEnd sees no credentials on alice's connection and asks for a sign-in (401).
      alice's browser is told 401 by frontEnd and asks for the password.
      alice types their password; their browser asks again, this time with the password.
      frontEnd sees no credentials on bob's connection and asks for a sign-in (401).
      bob's browser is told 401 by frontEnd and asks for the password.
      bob types their password; their browser asks again, this time with the password.
      frontEnd accepts bob and now has bob's password.
      frontEnd accepts alice and now has alice's password.
      frontEnd, impersonating bob, calls on mailbox, opens a connection and sends the request with bob's password.
      mailbox accepts bob, now has bob's password and serves bob's mailbox (200).
      frontEnd receives the page from mailbox and passes it on to bob (200).
      bob's browser shows the mailbox.
      frontEnd, impersonating alice, calls on mailbox and sends the request with alice's password.
      mailbox accepts alice, now has alice's password and serves alice's mailbox (200).
      frontEnd receives the page from mailbox and passes it on to alice (200).
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
      The most general client sends NEGOTIATE on alice's connection; frontEnd issues challenge 1 for this connection.
      The most general client opens bob's connection.
      The most general client sends NEGOTIATE on bob's connection; frontEnd issues challenge 1 for this connection.
      The most general client sends a response computed from alice's password, to challenge 1 of alice's connection, on bob's connection; frontEnd refuses (401): the response answers a challenge of another connection.
      The most general client sends a response computed from alice's password, to challenge 1 of alice's connection, on alice's connection; frontEnd accepts alice. All it is left with is a token: it can impersonate alice, but it has nothing to prove it with elsewhere.
      The most general client sends a request without credentials on alice's connection; frontEnd takes the request for alice's.
      The most general client answers for the page behind alice's connection that it is refused; frontEnd answers 401.
      The most general client answers for the page behind alice's connection that it is ready; frontEnd answers 200.
      The most general client sends a response computed from a wrong password for alice, to challenge 1 of alice's connection, on alice's connection; frontEnd answers 401.
      The most general client sends a response as nobody (ANONYMOUS LOGON), to challenge 1 of alice's connection, on alice's connection; frontEnd answers 401.
      The most general client sends a request with alice's password on alice's connection; frontEnd answers 401.
      The most general client closes alice's connection.
      No host learned a password; frontEnd has a token for alice, which proves nothing elsewhere.
      "
    `);
  });
});
