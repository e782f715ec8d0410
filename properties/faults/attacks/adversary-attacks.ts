/** Attacks of the adversary, each with the guard that would stop it. */

import { micProtects, secretStaysWithItsUser } from '../../claims/against-adversary.ts';
import { confinement, servedAsTheConnectionsIdentity } from '../../claims/agreement.ts';
import { challengeAcceptedOnce } from '../../claims/challenges.ts';
import * as at from '../../deployments/with-adversary.ts';
import { type Attack, between } from './attack.ts';

const RELAYS: readonly Attack[] = [
  between(at.RELAY_CHANNEL_BINDING, at.RELAY_OVER_TLS, {
    id: 'relay',
    name: 'NTLM relay',
    seenIn: 'PetitPotam with ESC8, CVE-2021-36942; Exchange, CVE-2024-21410',
    dropped: 'channel binding required (EPA: Require)',
    claim: confinement,
  }),
  between(at.TARGET_CHECKED, at.RELAY, {
    id: 'relay-any-name',
    name: 'NTLM relay to a server that checks no target name',
    seenIn: 'IIS, NoServiceNameCheck',
    dropped: 'target name checked',
    claim: confinement,
  }),
  between(at.RELAY_CHANNEL_BINDING, at.RELAY_SHARED_CERTIFICATE, {
    id: 'relay-shared-certificate',
    name: 'NTLM relay between servers that share a certificate',
    seenIn: 'RFC 5929 4.1: the binding names the certificate, not the server',
    dropped: 'different servers have different certificates',
    claim: confinement,
  }),
  between(at.NTLMV1_REFUSED, at.RELAY_NTLMV1, {
    id: 'relay-ntlmv1',
    name: 'NTLM relay of NTLMv1, which has no AV pairs',
    seenIn: 'impacket issue 860',
    dropped: 'NTLMv1 refused (LmCompatibilityLevel 5)',
    claim: confinement,
  }),
  between(at.BINDING_IF_PRESENT, at.BINDING_NOT_THERE, {
    id: 'strip-binding',
    name: 'NTLM relay from a victim without TLS, who has no binding to send',
    seenIn: 'EPA set to Allow: Synacktiv, Dissecting NTLM EPA, 2022',
    dropped: 'every client uses TLS (binding checked if present)',
    claim: confinement,
  }),
  between(at.BINDING_REQUIRED_NOT_THERE, at.BINDING_NOT_THERE, {
    id: 'binding-allowed',
    name: 'NTLM relay of a response without a binding',
    seenIn: 'EPA set to Allow',
    dropped: 'channel binding required, not only checked if present',
    claim: confinement,
  }),
  between(at.BINDING_IF_PRESENT, at.BINDING_NOT_SENT, {
    id: 'client-binds-nothing',
    name: 'NTLM relay from a client that sends no binding',
    seenIn: "Firefox's own NTLM; sspi-rs issue 695",
    dropped: 'clients send the binding of their channel (binding checked if present)',
    claim: confinement,
  }),
  between(at.TARGET_CHECKED, at.TARGET_UNVERIFIED, {
    id: 'target-unverified',
    name: 'NTLM relay with the target name flagged as unverified',
    seenIn: 'gss-ntlmssp issue 67 (MsvAvFlags 0x4)',
    dropped: 'clients trust the target names that they send',
    claim: confinement,
  }),
  between(at.LOOPBACK_CHECKED, at.REFLECTION, {
    id: 'reflection',
    name: "NTLM reflection: relay to the victim's own machine",
    seenIn: 'MS08-068, CVE-2008-4037; CVE-2025-33073',
    dropped: 'loopback check',
    claim: confinement,
  }),
];

const TAMPERING: readonly Attack[] = [
  between(at.PAIRS_COVERED, at.LM_ACCEPTED, {
    id: 'lm-or-nt',
    name: 'NTLM relay with a rewritten binding, accepted for its LM response',
    seenIn: 'CVE-2019-1338; MS-NLMP 3.2.5.1.2, read literally',
    dropped: 'the NT response must be right (a right LM response is not enough)',
    claim: confinement,
  }),
  between(at.MIC_CHECKED, at.MIC_IGNORED, {
    id: 'drop-the-mic',
    name: 'Drop the MIC',
    seenIn: 'CVE-2019-1040',
    dropped: 'MIC checked where the response has the MIC flag',
    claim: micProtects,
  }),
  between(at.MIC_FLAG_SEEN, at.MIC_FLAG_HIDDEN, {
    id: 'drop-the-mic-2',
    name: 'Drop the MIC 2: the MIC flag hidden behind another',
    seenIn: 'CVE-2019-1166',
    dropped: 'clients remove unexpected flags from a challenge',
    claim: micProtects,
  }),
];

const REPLAYS: readonly Attack[] = [
  between(at.FRESH_CHALLENGE, at.STATIC_CHALLENGE, {
    id: 'replay',
    name: 'replay against a static challenge',
    seenIn: 'acceptors without a nonce; 1122334455667788 in capture tools',
    dropped: 'challenges are fresh',
    claim: confinement,
  }),
  between(at.FRESH_CHALLENGE, at.STATIC_CHALLENGE, {
    id: 'replay-at-server',
    name: 'replay against a static challenge, seen from the server',
    seenIn: 'as above',
    dropped: 'challenges are fresh',
    claim: challengeAcceptedOnce,
  }),
  between(at.NAMES_REQUIRED, at.NAMES_IGNORED, {
    id: 'replay-elsewhere',
    name: 'a response for one server, sent to another',
    seenIn: 'CVE-2015-0005 (MS15-027): the domain controller did not compare the server name',
    dropped: 'the domain controller compares the name of the server (MS-APDS 3.1.5.2)',
    claim: confinement,
  }),
  between(at.NAMES_REQUIRED, at.NAMES_EMPTY, {
    id: 'remove-target',
    name: 'a challenge without names, which leaves nothing to compare',
    seenIn: 'CVE-2019-1019',
    dropped: 'the domain controller requires names (empty ones are refused)',
    claim: confinement,
  }),
];

const LISTENING: readonly Attack[] = [
  between(at.OVERHEARD_NTLM, at.OVERHEARD_BASIC, {
    id: 'password-on-the-wire',
    name: 'a password in the clear',
    seenIn: 'RFC 7617 4',
    dropped: 'NTLM rather than Basic',
    claim: secretStaysWithItsUser,
  }),
  between(at.OVERHEARD_NTLM, at.OVERHEARD_WEAK, {
    id: 'offline-guessing',
    name: 'a captured response, from which the password is guessed',
    seenIn: 'Responder, hashcat',
    dropped: 'passwords cannot be guessed',
    claim: secretStaysWithItsUser,
  }),
  between(at.NO_SECRET, at.STOLEN_HASH, {
    id: 'pass-the-hash',
    name: 'pass the hash',
    seenIn: 'MS-NLMP 3.3.2: NTOWFv2 is computed from NTOWFv1, not from the password',
    dropped: "only the user has the user's NTOWF",
    claim: confinement,
  }),
  between(at.WIRE_TLS, at.WIRE_OPEN, {
    id: 'in-the-middle',
    name: 'a sign-in taken over on the wire',
    seenIn: 'RFC 4559 6: such authentication needs a secured connection',
    dropped: 'TLS',
    claim: servedAsTheConnectionsIdentity,
  }),
];

export const ADVERSARY_ATTACKS: readonly Attack[] = [
  ...RELAYS,
  ...TAMPERING,
  ...REPLAYS,
  ...LISTENING,
];
