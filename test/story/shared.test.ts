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
      "alice opens the mailbox page at proxy; their browser opens a connection and sends a request without credentials.
      proxy receives alice's request.
      proxy opens a connection to mailbox and forwards alice's request to mailbox.
      bob opens the mailbox page at proxy; their browser opens a connection and sends a request without credentials.
      proxy receives bob's request.
      mailbox receives a request without credentials and responds 401 to proxy.
      proxy receives 401 from mailbox and forwards it to alice.
      alice's browser receives 401 from proxy and asks alice for the password.
      alice types their password; their browser sends the request again, without credentials.
      proxy receives alice's request.
      proxy forwards alice's request to mailbox.
      mailbox receives a request without credentials and responds 401 to proxy.
      proxy receives 401 from mailbox and forwards it to alice.
      alice's browser receives 401 from proxy and sends a NEGOTIATE_MESSAGE.
      proxy receives alice's NEGOTIATE_MESSAGE.
      proxy forwards alice's NEGOTIATE_MESSAGE to mailbox.
      mailbox sends a challenge on this connection.
      proxy receives a challenge from mailbox and forwards it to alice.
      alice's browser sends an AUTHENTICATE_MESSAGE that answers this challenge with a response computed from alice's password.
      proxy receives alice's response.
      proxy forwards alice's response to mailbox.
      mailbox authenticates alice and serves alice's mailbox (200). It now has a token for alice: it can impersonate alice, but cannot authenticate as alice to another host.
      proxy receives alice's page from mailbox and forwards it to alice (200).
      proxy forwards bob's request to mailbox, over the connection on which alice is authenticated.
      mailbox has authenticated alice on this connection and serves alice's mailbox, in response to bob's request (200).
      No host learned a password; mailbox has a token for alice, which authenticates alice to no other host.
      "
    `);
  });

  it('a pool whose key leaves the credentials out', () => {
    expect(story('pool-keeps-apart', poolWithout('credentials'))).toMatchInlineSnapshot(`
      "service requests the mailbox page from mailbox with alice's credentials, opens a connection and sends a request without credentials.
      mailbox receives a request without credentials and responds 401 to service.
      service receives 401 from mailbox and sends a NEGOTIATE_MESSAGE.
      mailbox sends a challenge on this connection.
      service sends an AUTHENTICATE_MESSAGE that answers this challenge with a response computed from alice's password.
      mailbox authenticates alice and serves alice's mailbox (200). It now has a token for alice: it can impersonate alice, but cannot authenticate as alice to another host.
      service receives alice's page from mailbox.
      service requests the mailbox page from mailbox with bob's credentials over a connection that was authenticated with alice's credentials and sends a request without credentials.
      mailbox has authenticated alice on this connection and serves alice's mailbox, in response to bob's request (200).
      No host learned a password; mailbox has a token for alice, which authenticates alice to no other host.
      "
    `);
  });

  it('a pool whose key leaves the delegation level out', () => {
    expect(end('pool-keeps-apart', poolWithout('delegation'), 3)).toMatchInlineSnapshot(`
      "service requests the mailbox page from mailbox with the ambient identity operator and unconditional delegation over a connection that was authenticated with no delegation and sends a request without credentials.
      mailbox has authenticated operator on this connection and serves operator's mailbox (200).
      No host learned a password; mailbox has a token for operator, which authenticates operator to no other host.
      "
    `);
  });
});

describe('a redirect to another host', () => {
  const { inject } = FAULTS.find(({ id }) => id === 'credentials-follow-redirect')!;
  const carrying = inject(MACHINES);

  it('is followed, and the other host asks for a sign-in', () => {
    expect(story('redirect-followed', REDIRECT, 'Basic')).toMatchInlineSnapshot(`
      "alice opens the mailbox page at frontEnd; their browser opens a connection and sends a request without credentials.
      frontEnd receives a request without credentials and responds 401 to alice.
      alice's browser receives 401 from frontEnd and asks alice for the password.
      alice types their password; their browser sends the request again, with the password.
      frontEnd authenticates alice, now has alice's password and redirects alice to mailbox (302).
      alice's browser receives a redirect to mailbox from frontEnd (302), opens a connection and sends a request without credentials.
      mailbox receives a request without credentials and responds 401 to alice.
      alice's browser receives 401 from mailbox and asks alice for the password.
      frontEnd now has alice's password.
      "
    `);
  });

  it('takes the password along, where the browser lets it', () => {
    expect(story('password-within-its-space', REDIRECT, 'Basic', carrying)).toMatchInlineSnapshot(`
      "alice opens the mailbox page at frontEnd; their browser opens a connection and sends a request without credentials.
      frontEnd receives a request without credentials and responds 401 to alice.
      alice's browser receives 401 from frontEnd and asks alice for the password.
      alice types their password; their browser sends the request again, with the password.
      frontEnd authenticates alice, now has alice's password and redirects alice to mailbox (302).
      alice's browser receives a redirect to mailbox from frontEnd (302), carries alice's password over to mailbox, opens a connection and sends a request with alice's password. alice typed the password for frontEnd only.
      mailbox authenticates alice, now has alice's password and serves alice's mailbox (200).
      frontEnd and mailbox now both have alice's password.
      "
    `);
  });

  it('takes it to the adversary, too', () => {
    expect(
      story('password-within-its-space', REDIRECT_TO_ADVERSARY, 'Basic', carrying),
    ).toMatchInlineSnapshot(`
      "alice opens the mailbox page at frontEnd; their browser opens a connection and sends a request without credentials.
      frontEnd receives a request without credentials and responds 401 to alice.
      alice's browser receives 401 from frontEnd and asks alice for the password.
      alice types their password; their browser sends the request again, with the password.
      frontEnd authenticates alice, now has alice's password and redirects alice to evil (302).
      alice's browser receives a redirect to evil (mallory's host) from frontEnd (302), carries alice's password over to evil, opens a connection and sends a request with alice's password. alice typed the password for frontEnd only.
      mallory, as evil, receives alice's request, alice's password included.
      frontEnd and mallory now both have alice's password.
      "
    `);
  });
});
