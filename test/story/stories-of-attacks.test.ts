/** Stories of attacks as the checker finds them, each read by a person before it was pinned. */
import { describe, expect, it } from 'vitest';
import type { Topology } from '../../machines/system/topology.ts';
import { deploymentOf } from '../../properties/deployments/deployments.ts';
import * as attacks from '../../properties/deployments/with-adversary.ts';
import { tellStory } from '../../story/sentences.ts';
import { found, told } from './support/found.ts';

const story = (id: string, topology: Topology) => {
  const deployment = deploymentOf(topology);
  return told(found(id, deployment), deployment);
};

/** The last sentences of a story: what came before is like the relay's. */
const end = (id: string, topology: Topology, lines: number) =>
  story(id, topology)
    .split('\n')
    .slice(-lines - 1)
    .join('\n');

describe('relays', () => {
  it('in the shortest form: accepted on a connection of the adversary', () => {
    expect(story('confinement', attacks.RELAY)).toMatchInlineSnapshot(`
      "alice opens the mailbox page at evil (which is mallory's); their browser opens a connection and sends the request without credentials.
      mallory, as evil, receives alice's request.
      mallory, as evil, asks for a sign-in (401).
      alice's browser is told 401 by evil and asks for the password.
      alice types their password; their browser asks again, still without credentials.
      mallory, as evil, receives alice's request.
      mallory, as evil, asks for a sign-in (401).
      alice's browser is told 401 by evil and opens the handshake with NEGOTIATE.
      mallory, as evil, receives alice's NEGOTIATE.
      mallory, as evil, opens a connection to mailbox and passes alice's NEGOTIATE on to it.
      mailbox answers NEGOTIATE with a challenge for this connection.
      mallory, as evil, receives mailbox's challenge.
      mallory, as evil, passes mailbox's challenge on to alice's browser.
      alice's browser, which means evil, answers mailbox's challenge with a response computed from alice's password (AUTHENTICATE).
      mallory, as evil, receives alice's response.
      mallory, as evil, passes alice's response on to mailbox.
      mailbox accepts alice on a connection that is mallory's and serves alice's mailbox (200). alice meant evil, but whoever is on this connection is now taken for alice.
      No host learned a password; mailbox has a token for alice, which proves nothing elsewhere; mallory was served as alice.
      "
    `);
  });

  it('are told the same without the deployment, as far as the trace tells', () => {
    const deployment = deploymentOf(attacks.RELAY);
    const trace = found('confinement', deployment);
    expect(tellStory(trace)).toEqual(tellStory(trace, deployment));
  });

  it('are refused where the response is bound to another channel', () => {
    expect(end('attack-is-refused', attacks.RELAY_CHANNEL_BINDING, 5)).toMatchInlineSnapshot(`
      "alice's browser, which means evil, answers mailbox's challenge with a response bound to the TLS channel of the certificate evil, computed from alice's password (AUTHENTICATE).
      mallory, as evil, receives alice's response.
      mallory, as evil, passes alice's response on to mailbox.
      mailbox refuses (401): the response is bound to evil's TLS channel.
      No host learned a password.
      "
    `);
  });

  it('go through where two hosts have one certificate', () => {
    expect(end('confinement', attacks.RELAY_SHARED_CERTIFICATE, 5)).toMatchInlineSnapshot(`
      "alice's browser, which means evil, answers mailbox's challenge with a response bound to the TLS channel of the certificate mailbox, computed from alice's password (AUTHENTICATE).
      mallory, as evil, receives alice's response.
      mallory, as evil, passes alice's response on to mailbox.
      mailbox accepts alice on a connection that is mallory's and serves alice's mailbox (200). alice meant evil, but whoever is on this connection is now taken for alice.
      No host learned a password; mailbox has a token for alice, which proves nothing elsewhere; mallory was served as alice.
      "
    `);
  });

  it('of NTLMv1 carry nothing that could be checked', () => {
    expect(end('confinement', attacks.RELAY_NTLMV1, 5)).toMatchInlineSnapshot(`
      "alice's browser, which means evil, answers mailbox's challenge with an NTLMv1 response computed from alice's password (AUTHENTICATE).
      mallory, as evil, receives alice's response.
      mallory, as evil, passes alice's response on to mailbox.
      mailbox accepts alice on a connection that is mallory's and serves alice's mailbox (200). alice meant evil, but whoever is on this connection is now taken for alice.
      No host learned a password; mailbox has a token for alice, which proves nothing elsewhere; mallory was served as alice.
      "
    `);
  });

  it('back to the machine that the user sits at are reflections', () => {
    expect(story('confinement', attacks.REFLECTION)).toMatchInlineSnapshot(`
      "alice opens the mailbox page at evil (which is mallory's); their browser opens a connection and sends the request without credentials.
      mallory, as evil, receives alice's request.
      mallory, as evil, asks for a sign-in (401).
      alice's browser is told 401 by evil and asks for the password.
      alice types their password; their browser asks again, still without credentials.
      mallory, as evil, receives alice's request.
      mallory, as evil, asks for a sign-in (401).
      alice's browser is told 401 by evil and opens the handshake with NEGOTIATE.
      mallory, as evil, receives alice's NEGOTIATE.
      mallory, as evil, opens a connection to workstation and passes alice's NEGOTIATE on to it, back to the machine it comes from.
      workstation answers NEGOTIATE with a challenge for this connection.
      mallory, as evil, receives workstation's challenge.
      mallory, as evil, passes workstation's challenge on to alice's browser.
      alice's browser, which means evil, answers workstation's challenge with a response computed from alice's password (AUTHENTICATE).
      mallory, as evil, receives alice's response.
      mallory, as evil, passes alice's response on to workstation, back to the machine it comes from.
      workstation accepts alice on a connection that is mallory's and serves alice's mailbox (200). alice meant evil, but whoever is on this connection is now taken for alice. The response was computed on workstation itself: it has accepted its own answer.
      No host learned a password; workstation has a token for alice, which proves nothing elsewhere; mallory was served as alice.
      "
    `);
  });

  it('of what is changed: the MIC is dropped, and the server does not miss it', () => {
    expect(end('mic-protects', attacks.MIC_IGNORED, 5)).toMatchInlineSnapshot(`
      "alice's browser, which means evil, answers mailbox's challenge with a response computed from alice's password (AUTHENTICATE).
      mallory, as evil, receives alice's response.
      mallory, as evil, passes alice's response on to mailbox, without its MIC. Nothing then covers the three messages as a whole.
      mailbox accepts alice on a connection that is mallory's and serves alice's mailbox (200). alice meant evil, but whoever is on this connection is now taken for alice. mailbox was promised a MIC, and does not miss it.
      No host learned a password; mailbox has a token for alice, which proves nothing elsewhere; mallory was served as alice.
      "
    `);
  });

  it('of what is changed: the MIC flag is hidden by another', () => {
    expect(end('mic-protects', attacks.MIC_FLAG_HIDDEN, 6)).toMatchInlineSnapshot(`
      "mallory, as evil, passes mailbox's challenge on to alice's browser, with MsvAvFlags put into it. A client that copies them has them twice, and a server may not read that there is a MIC.
      alice's browser, which means evil, answers mailbox's challenge with a response with MsvAvFlags twice, computed from alice's password (AUTHENTICATE).
      mallory, as evil, receives alice's response.
      mallory, as evil, passes alice's response on to mailbox.
      mailbox accepts alice on a connection that is mallory's and serves alice's mailbox (200). alice meant evil, but whoever is on this connection is now taken for alice. MsvAvFlags is there twice, and mailbox reads the pair that promises no MIC.
      No host learned a password; mailbox has a token for alice, which proves nothing elsewhere; mallory was served as alice.
      "
    `);
  });

  it('of what is changed: the LM response covers no binding', () => {
    expect(end('confinement', attacks.LM_ACCEPTED, 5)).toMatchInlineSnapshot(`
      "alice's browser, which means evil, answers mailbox's challenge with a response without a MIC and bound to the TLS channel of the certificate evil, computed from alice's password (AUTHENTICATE).
      mallory, as evil, receives alice's response.
      mallory, as evil, passes alice's response on to mailbox, with the AV pairs that mailbox wants to see written into it. The NT response was computed with others, and no longer fits.
      mailbox accepts alice on a connection that is mallory's and serves alice's mailbox (200). alice meant evil, but whoever is on this connection is now taken for alice. The NT response no longer fits; the LM response does, and covers none of the rest.
      No host learned a password; mailbox has a token for alice, which proves nothing elsewhere; mallory was served as alice.
      "
    `);
  });
});

describe('whoever listens', () => {
  it('sends a response again where the challenge is always the same', () => {
    expect(story('confinement', attacks.STATIC_CHALLENGE)).toMatchInlineSnapshot(`
      "alice opens the mailbox page at mailbox; their browser opens a connection and sends the request without credentials.
      mailbox sees no credentials on alice's connection and asks for a sign-in (401).
      alice's browser is told 401 by mailbox and asks for the password.
      alice types their password; their browser asks again, still without credentials.
      mailbox sees no credentials on alice's connection and asks for a sign-in (401).
      alice's browser is told 401 by mailbox and opens the handshake with NEGOTIATE.
      mailbox answers NEGOTIATE on alice's connection with the challenge that it always gives.
      alice's browser answers the challenge with a response computed from alice's password (AUTHENTICATE); mallory, who listens between alice and mailbox, hears alice's response.
      mallory opens a connection to mailbox and opens the handshake with it (NEGOTIATE).
      mailbox answers NEGOTIATE on mallory's connection with the challenge that it always gives.
      mallory receives mailbox's challenge.
      mallory sends mailbox alice's response, as it was heard.
      mailbox accepts alice on a connection that is mallory's and serves alice's mailbox (200). The challenge is always the same, and so is the answer: whoever is on this connection is now taken for alice.
      No host learned a password; mailbox has a token for alice, which proves nothing elsewhere; mallory was served as alice.
      "
    `);
  });

  it('has the password of Basic', () => {
    expect(end('no-secret-overheard', attacks.OVERHEARD_BASIC, 2)).toMatchInlineSnapshot(`
      "alice types their password; their browser asks again, this time with the password; mallory, who listens between alice and mailbox, hears alice's password.
      mallory now has alice's password.
      "
    `);
  });

  it('guesses a weak one', () => {
    expect(end('no-secret-overheard', attacks.OVERHEARD_WEAK, 2)).toMatchInlineSnapshot(`
      "alice's browser answers the challenge with a response computed from alice's password (AUTHENTICATE); mallory, who listens between alice and mailbox, hears alice's response and guesses alice's password from it.
      mallory now has alice's password.
      "
    `);
  });

  it('needs no user where it has their hash already', () => {
    expect(story('confinement', attacks.STOLEN_HASH)).toMatchInlineSnapshot(`
      "mallory, as evil, opens a connection to mailbox and opens the handshake with it (NEGOTIATE).
      mailbox answers NEGOTIATE with a challenge for this connection.
      mallory, as evil, receives mailbox's challenge.
      mallory, as evil, answers the challenge of mailbox with a response computed from alice's password, which it has.
      mailbox accepts alice on a connection that is mallory's and serves alice's mailbox (200). It took nobody but mallory: the password, or its hash, is enough.
      No host learned a password; mailbox has a token for alice, which proves nothing elsewhere; mallory was served as alice.
      "
    `);
  });
});

describe('refusals', () => {
  const refusals = [
    attacks.RELAY_CHANNEL_BINDING,
    attacks.BINDING_REQUIRED_NOT_THERE,
    attacks.TARGET_CHECKED,
    attacks.LOOPBACK_CHECKED,
    attacks.MIC_CHECKED,
    attacks.FRESH_CHALLENGE,
  ];

  it('say whom the response was for, or what it lacks', () => {
    const sentences = refusals.map((topology) => {
      const deployment = deploymentOf(topology);
      return tellStory(found('attack-is-refused', deployment), deployment).at(-1);
    });
    expect(sentences).toMatchInlineSnapshot(`
      [
        "mailbox refuses (401): the response is bound to evil's TLS channel.",
        "mailbox refuses (401): the response is bound to no TLS channel.",
        "mailbox refuses (401): the response is meant for evil, by its target name.",
        "workstation refuses (401): the response was computed on workstation itself, for evil.",
        "mailbox refuses (401): the response is flagged to have a MIC, and has none.",
        "mailbox refuses on mallory's connection (401): the response answers a challenge of another connection.",
      ]
    `);
  });
});
