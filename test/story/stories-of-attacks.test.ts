/** Stories of attacks as the checker finds them, each read by a person before it was pinned. */
import { describe, expect, it } from 'vitest';
import type { Topology } from '../../machines/system/topology.ts';
import { deploymentOf } from '../../properties/deployments/deployments.ts';
import * as attacks from '../../properties/deployments/with-adversary.ts';
import { sentencesOf } from '../../story/sentences.ts';
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
      "alice opens the mailbox page at evil (mallory's host); their browser opens a connection and sends a request without credentials.
      mallory, as evil, receives alice's request.
      mallory, as evil, responds 401 to alice.
      alice's browser receives 401 from evil and asks alice for the password.
      alice types their password; their browser sends the request again, without credentials.
      mallory, as evil, receives alice's request.
      mallory, as evil, responds 401 to alice.
      alice's browser receives 401 from evil and sends a NEGOTIATE_MESSAGE.
      mallory, as evil, receives alice's NEGOTIATE_MESSAGE.
      mallory, as evil, opens a connection to mailbox and forwards alice's NEGOTIATE_MESSAGE to it.
      mailbox sends a challenge on this connection.
      mallory, as evil, receives mailbox's challenge.
      mallory, as evil, forwards mailbox's challenge to alice's browser.
      alice's browser sends evil an AUTHENTICATE_MESSAGE that answers mailbox's challenge with a response computed from alice's password.
      mallory, as evil, receives alice's response.
      mallory, as evil, forwards alice's response to mailbox.
      mailbox authenticates alice on mallory's connection and serves alice's mailbox (200). alice was signing in to evil, but mailbox now takes mallory for alice.
      No host learned a password; mailbox has a token for alice, which authenticates alice to no other host; mallory was served as alice.
      "
    `);
  });

  it('have the same sentences without the deployment', () => {
    const deployment = deploymentOf(attacks.RELAY);
    const trace = found('confinement', deployment);
    expect(sentencesOf(trace)).toEqual(sentencesOf(trace, deployment));
  });

  it('are refused where the response is bound to another channel', () => {
    expect(end('attack-is-refused', attacks.RELAY_CHANNEL_BINDING, 5)).toMatchInlineSnapshot(`
      "alice's browser sends evil an AUTHENTICATE_MESSAGE that answers mailbox's challenge with a response bound to the TLS channel of the certificate evil, computed from alice's password.
      mallory, as evil, receives alice's response.
      mallory, as evil, forwards alice's response to mailbox.
      mailbox responds 401 to evil: the response is bound to the TLS channel of the certificate evil, and mailbox has the certificate mailbox.
      No host learned a password.
      "
    `);
  });

  it('go through where two hosts have one certificate', () => {
    expect(end('confinement', attacks.RELAY_SHARED_CERTIFICATE, 5)).toMatchInlineSnapshot(`
      "alice's browser sends evil an AUTHENTICATE_MESSAGE that answers mailbox's challenge with a response bound to the TLS channel of the certificate mailbox, computed from alice's password.
      mallory, as evil, receives alice's response.
      mallory, as evil, forwards alice's response to mailbox.
      mailbox authenticates alice on mallory's connection and serves alice's mailbox (200). alice was signing in to evil, but mailbox now takes mallory for alice.
      No host learned a password; mailbox has a token for alice, which authenticates alice to no other host; mallory was served as alice.
      "
    `);
  });

  it('of NTLMv1 carry nothing that could be checked', () => {
    expect(end('confinement', attacks.RELAY_NTLMV1, 5)).toMatchInlineSnapshot(`
      "alice's browser sends evil an AUTHENTICATE_MESSAGE that answers mailbox's challenge with an NTLMv1 response computed from alice's password.
      mallory, as evil, receives alice's response.
      mallory, as evil, forwards alice's response to mailbox.
      mailbox authenticates alice on mallory's connection and serves alice's mailbox (200). alice was signing in to evil, but mailbox now takes mallory for alice.
      No host learned a password; mailbox has a token for alice, which authenticates alice to no other host; mallory was served as alice.
      "
    `);
  });

  it('back to the machine that the user sits at are reflections', () => {
    expect(story('confinement', attacks.REFLECTION)).toMatchInlineSnapshot(`
      "alice opens the mailbox page at evil (mallory's host); their browser opens a connection and sends a request without credentials.
      mallory, as evil, receives alice's request.
      mallory, as evil, responds 401 to alice.
      alice's browser receives 401 from evil and asks alice for the password.
      alice types their password; their browser sends the request again, without credentials.
      mallory, as evil, receives alice's request.
      mallory, as evil, responds 401 to alice.
      alice's browser receives 401 from evil and sends a NEGOTIATE_MESSAGE.
      mallory, as evil, receives alice's NEGOTIATE_MESSAGE.
      mallory, as evil, opens a connection to workstation and forwards alice's NEGOTIATE_MESSAGE to it, back to the machine that sent it.
      workstation sends a challenge on this connection.
      mallory, as evil, receives workstation's challenge.
      mallory, as evil, forwards workstation's challenge to alice's browser.
      alice's browser sends evil an AUTHENTICATE_MESSAGE that answers workstation's challenge with a response computed from alice's password.
      mallory, as evil, receives alice's response.
      mallory, as evil, forwards alice's response to workstation, back to the machine that sent it.
      workstation authenticates alice on mallory's connection and serves alice's mailbox (200). alice was signing in to evil, but workstation now takes mallory for alice. The response was computed on workstation itself: workstation accepts its own response.
      No host learned a password; workstation has a token for alice, which authenticates alice to no other host; mallory was served as alice.
      "
    `);
  });

  it('with a change: the MIC is removed, and the server does not check it', () => {
    expect(end('mic-protects', attacks.MIC_IGNORED, 5)).toMatchInlineSnapshot(`
      "alice's browser sends evil an AUTHENTICATE_MESSAGE that answers mailbox's challenge with a response computed from alice's password.
      mallory, as evil, receives alice's response.
      mallory, as evil, forwards alice's response to mailbox, without its MIC. Without a MIC, nothing protects the three messages as a whole.
      mailbox authenticates alice on mallory's connection and serves alice's mailbox (200). alice was signing in to evil, but mailbox now takes mallory for alice. The response promises a MIC and has none, and mailbox does not check.
      No host learned a password; mailbox has a token for alice, which authenticates alice to no other host; mallory was served as alice.
      "
    `);
  });

  it('with a change: the MIC flag is hidden by another', () => {
    expect(end('mic-protects', attacks.MIC_FLAG_HIDDEN, 6)).toMatchInlineSnapshot(`
      "mallory, as evil, forwards mailbox's challenge to alice's browser, with MsvAvFlags added. A client that copies them sends the flags twice, and a server may overlook the MIC flag.
      alice's browser sends evil an AUTHENTICATE_MESSAGE that answers mailbox's challenge with a response with MsvAvFlags twice, computed from alice's password.
      mallory, as evil, receives alice's response.
      mallory, as evil, forwards alice's response to mailbox.
      mailbox authenticates alice on mallory's connection and serves alice's mailbox (200). alice was signing in to evil, but mailbox now takes mallory for alice. MsvAvFlags occurs twice, and mailbox reads the pair that promises no MIC.
      No host learned a password; mailbox has a token for alice, which authenticates alice to no other host; mallory was served as alice.
      "
    `);
  });

  it('with a change: the LM response covers no binding', () => {
    expect(end('confinement', attacks.LM_ACCEPTED, 5)).toMatchInlineSnapshot(`
      "alice's browser sends evil an AUTHENTICATE_MESSAGE that answers mailbox's challenge with a response without a MIC and bound to the TLS channel of the certificate evil, computed from alice's password.
      mallory, as evil, receives alice's response.
      mallory, as evil, forwards alice's response to mailbox, with the AV pairs that mailbox expects. The NT response was computed with other AV pairs and no longer verifies.
      mailbox authenticates alice on mallory's connection and serves alice's mailbox (200). alice was signing in to evil, but mailbox now takes mallory for alice. The NT response no longer verifies; the LM response does, and covers no AV pairs.
      No host learned a password; mailbox has a token for alice, which authenticates alice to no other host; mallory was served as alice.
      "
    `);
  });
});

describe('a listener', () => {
  it('sends a response again where the challenge is always the same', () => {
    expect(story('confinement', attacks.STATIC_CHALLENGE)).toMatchInlineSnapshot(`
      "alice opens the mailbox page at mailbox; their browser opens a connection and sends a request without credentials.
      mailbox receives a request without credentials on alice's connection and responds 401 to alice.
      alice's browser receives 401 from mailbox and asks alice for the password.
      alice types their password; their browser sends the request again, without credentials.
      mailbox receives a request without credentials on alice's connection and responds 401 to alice.
      alice's browser receives 401 from mailbox and sends a NEGOTIATE_MESSAGE.
      mailbox sends its static challenge on alice's connection.
      alice's browser sends an AUTHENTICATE_MESSAGE that answers this challenge with a response computed from alice's password; mallory, who listens between alice and mailbox, overhears alice's response.
      mallory opens a connection to mailbox and sends it a NEGOTIATE_MESSAGE.
      mailbox sends its static challenge on mallory's connection.
      mallory receives mailbox's challenge.
      mallory sends mailbox the response of alice that it overheard.
      mailbox authenticates alice on mallory's connection and serves alice's mailbox (200). The challenge is always the same, so an old response answers it: mailbox now takes mallory for alice.
      No host learned a password; mailbox has a token for alice, which authenticates alice to no other host; mallory was served as alice.
      "
    `);
  });

  it('has the password of Basic', () => {
    expect(end('no-secret-overheard', attacks.OVERHEARD_BASIC, 2)).toMatchInlineSnapshot(`
      "alice types their password; their browser sends the request again, with the password; mallory, who listens between alice and mailbox, overhears alice's password.
      mallory now has alice's password.
      "
    `);
  });

  it('guesses a weak one', () => {
    expect(end('no-secret-overheard', attacks.OVERHEARD_WEAK, 2)).toMatchInlineSnapshot(`
      "alice's browser sends an AUTHENTICATE_MESSAGE that answers this challenge with a response computed from alice's password; mallory, who listens between alice and mailbox, overhears alice's response and guesses alice's password from it.
      mallory now has alice's password.
      "
    `);
  });

  it('needs no user where it has the hash already', () => {
    expect(story('confinement', attacks.STOLEN_HASH)).toMatchInlineSnapshot(`
      "mallory, as evil, opens a connection to mailbox and sends it a NEGOTIATE_MESSAGE.
      mailbox sends a challenge on this connection.
      mallory, as evil, receives mailbox's challenge.
      mallory, as evil, sends mailbox a response computed from alice's password, which it knows.
      mailbox authenticates alice on mallory's connection and serves alice's mailbox (200). alice took no part: the password, or its hash, is enough.
      No host learned a password; mailbox has a token for alice, which authenticates alice to no other host; mallory was served as alice.
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

  it('name the intended server, or the missing part of the response', () => {
    const sentences = refusals.map((topology) => {
      const deployment = deploymentOf(topology);
      return sentencesOf(found('attack-is-refused', deployment), deployment).at(-1);
    });
    expect(sentences).toMatchInlineSnapshot(`
      [
        "mailbox responds 401 to evil: the response is bound to the TLS channel of the certificate evil, and mailbox has the certificate mailbox.",
        "mailbox responds 401 to evil: the response is bound to no TLS channel, and mailbox requires a binding.",
        "mailbox responds 401 to evil: the response is meant for evil, by its target name; mailbox's only name is mailbox.",
        "workstation responds 401 to evil: the response was computed on workstation itself, for evil, and workstation's only name is workstation.",
        "mailbox responds 401 to evil: the response promises a MIC and has none.",
        "mailbox responds 401 to mallory: the response answers challenge 1 of alice's connection to mailbox, and the outstanding one is challenge 1 of this connection.",
      ]
    `);
  });
});
