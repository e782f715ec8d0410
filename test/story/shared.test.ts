/** Stories of connections that are shared and of redirects, each read before it was pinned. */
import { describe, expect, it } from 'vitest';
import { MACHINES } from '../../machines/system/deployment.ts';
import type { Mechanism, Topology } from '../../machines/system/topology.ts';
import { deploymentOf } from '../../properties/deployments/deployments.ts';
import { poolWithout } from '../../properties/deployments/with-pools.ts';
import { POOLING_PROXY } from '../../properties/deployments/with-proxies.ts';
import { REDIRECT, REDIRECT_TO_ADVERSARY } from '../../properties/deployments/with-redirects.ts';
import { FAULTS } from '../../properties/faults/faults.ts';
import { found, told } from './support/found.ts';

const story = (id: string, topology: Topology, mechanism?: Mechanism, machines = MACHINES) => {
  const deployment = deploymentOf(topology, mechanism);
  return told(found(id, deployment, machines), deployment);
};

const end = (id: string, topology: Topology, lines: number) =>
  story(id, topology)
    .split('\n')
    .slice(-lines - 1)
    .join('\n');

describe('shared connections', () => {
  it('a pooling proxy serves one user as another', () => {
    expect(story('served-as-owner', POOLING_PROXY)).toMatchInlineSnapshot(`
      "alice opens the mailbox page at proxy; their browser opens a connection and sends the request without credentials.
      proxy receives alice's request.
      proxy opens a connection to mailbox and passes alice's request on to mailbox.
      bob opens the mailbox page at proxy; their browser opens a connection and sends the request without credentials.
      proxy receives bob's request.
      mailbox sees no credentials and asks for a sign-in (401).
      proxy is told 401 by mailbox and passes the refusal on to alice (401).
      alice's browser is told 401 by proxy and asks for the password.
      alice types their password; their browser asks again, still without credentials.
      proxy receives alice's request.
      proxy passes alice's request on to mailbox.
      mailbox sees no credentials and asks for a sign-in (401).
      proxy is told 401 by mailbox and passes the refusal on to alice (401).
      alice's browser is told 401 by proxy and opens the handshake with NEGOTIATE.
      proxy receives alice's NEGOTIATE.
      proxy passes alice's NEGOTIATE on to mailbox.
      mailbox answers NEGOTIATE with a challenge for this connection.
      proxy receives a challenge from mailbox and passes it on to alice.
      alice's browser answers the challenge with a response computed from alice's password (AUTHENTICATE).
      proxy receives alice's response.
      proxy passes alice's response on to mailbox.
      mailbox accepts alice and serves alice's mailbox (200). All it is left with is a token: it can impersonate alice, but it has nothing to prove it with elsewhere.
      proxy receives alice's page from mailbox and passes it on to alice (200).
      proxy passes bob's request on to mailbox, over the connection that alice signed in.
      mailbox finds alice signed in on this connection and serves alice's mailbox, at bob's request (200).
      No host learned a password; mailbox has a token for alice, which proves nothing elsewhere.
      "
    `);
  });

  it('a pool whose key leaves the credentials out', () => {
    expect(story('pool-keeps-apart', poolWithout('credentials'))).toMatchInlineSnapshot(`
      "service asks mailbox for the mailbox page with alice's credentials, opens a connection and sends the request without credentials.
      mailbox sees no credentials and asks for a sign-in (401).
      service is told 401 by mailbox and opens the handshake with NEGOTIATE.
      mailbox answers NEGOTIATE with a challenge for this connection.
      service answers the challenge with a response computed from alice's password (AUTHENTICATE).
      mailbox accepts alice and serves alice's mailbox (200). All it is left with is a token: it can impersonate alice, but it has nothing to prove it with elsewhere.
      service receives alice's page from mailbox.
      service asks mailbox for the mailbox page with bob's credentials over a connection that was signed in with alice's credentials and sends the request without credentials.
      mailbox finds alice signed in on this connection and serves alice's mailbox, at bob's request (200).
      No host learned a password; mailbox has a token for alice, which proves nothing elsewhere.
      "
    `);
  });

  it('a pool whose key leaves the delegation level out', () => {
    expect(end('pool-keeps-apart', poolWithout('delegation'), 3)).toMatchInlineSnapshot(`
      "service asks mailbox for the mailbox page with the ambient identity operator and unconditional delegation over a connection that was signed in with no delegation and sends the request without credentials.
      mailbox finds operator signed in on this connection and serves operator's mailbox (200).
      No host learned a password; mailbox has a token for operator, which proves nothing elsewhere.
      "
    `);
  });
});

describe('a redirect to another host', () => {
  const { inject } = FAULTS.find(({ id }) => id === 'credentials-follow-redirect')!;
  const carrying = inject(MACHINES);

  it('is followed, and the other host asks for a sign-in', () => {
    expect(story('redirect-followed', REDIRECT, 'Basic')).toMatchInlineSnapshot(`
      "alice opens the mailbox page at frontEnd; their browser opens a connection and sends the request without credentials.
      frontEnd sees no credentials and asks for a sign-in (401).
      alice's browser is told 401 by frontEnd and asks for the password.
      alice types their password; their browser asks again, this time with the password.
      frontEnd accepts alice, now has alice's password and sends alice on to mailbox (302).
      alice's browser is sent on to mailbox by frontEnd (302), opens a connection and sends the request without credentials.
      mailbox sees no credentials and asks for a sign-in (401).
      alice's browser is told 401 by mailbox and asks for the password.
      frontEnd now has alice's password.
      "
    `);
  });

  it('takes the password along, where the browser lets it', () => {
    expect(story('password-within-its-space', REDIRECT, 'Basic', carrying)).toMatchInlineSnapshot(`
      "alice opens the mailbox page at frontEnd; their browser opens a connection and sends the request without credentials.
      frontEnd sees no credentials and asks for a sign-in (401).
      alice's browser is told 401 by frontEnd and asks for the password.
      alice types their password; their browser asks again, this time with the password.
      frontEnd accepts alice, now has alice's password and sends alice on to mailbox (302).
      alice's browser is sent on to mailbox by frontEnd (302), takes alice's password along, opens a connection and sends the request with alice's password. The password was typed for frontEnd, and for nobody else.
      mailbox accepts alice, now has alice's password and serves alice's mailbox (200).
      frontEnd and mailbox now both have alice's password.
      "
    `);
  });

  it('takes it to the adversary, too', () => {
    expect(
      story('password-within-its-space', REDIRECT_TO_ADVERSARY, 'Basic', carrying),
    ).toMatchInlineSnapshot(`
      "alice opens the mailbox page at frontEnd; their browser opens a connection and sends the request without credentials.
      frontEnd sees no credentials and asks for a sign-in (401).
      alice's browser is told 401 by frontEnd and asks for the password.
      alice types their password; their browser asks again, this time with the password.
      frontEnd accepts alice, now has alice's password and sends alice on to evil (302).
      alice's browser is sent on to evil (which is mallory's) by frontEnd (302), takes alice's password along, opens a connection and sends the request with alice's password. The password was typed for frontEnd, and for nobody else.
      mallory, as evil, receives alice's request, alice's password included.
      frontEnd and mallory now both have alice's password.
      "
    `);
  });
});
