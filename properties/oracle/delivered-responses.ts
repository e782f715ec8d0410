/**
 * The responses that, by theory, the adversary can deliver to a server: each response that a victim
 * computes for a challenge that the adversary can send, and each change that it can make.
 *
 * @source MS-NLMP 3.1.5.1.2, 3.2.5.1.2; MS-APDS 3.1.5.2; RFC 5929 4.1 (a certificate, not a server)
 */

import { type Link, linksOf } from '../../machines/system/links.ts';
import { isChallenging } from '../../machines/system/mechanisms.ts';
import type { AcceptingHost, Capability, Deployment } from '../../machines/system/topology.ts';
import { type TargetInfo, ZERO_BINDING } from '../../machines/vocabulary/terms.ts';

type User = Deployment['users'][number];

export const adversaryMay = ({ adversary }: Deployment, capability: Capability): boolean =>
  adversary?.may.includes(capability) ?? false;

export const playing = (deployment: Deployment, role: Link['adversary']): readonly Link[] =>
  linksOf(deployment).filter(({ adversary }) => adversary === role);

export const isStatic = (host: AcceptingHost): boolean =>
  isChallenging(host) && host.defences.challenges === 'static';

/** A response as the server receives it. */
export type Arrival = {
  readonly inbound: Link; // on which its user sent it
  readonly version: User['initiator']['version'];
  readonly computer: string | null;
  readonly binding: string | null;
  readonly target: string;
  readonly isVerified: boolean; // its target name is not flagged as unverified
  readonly machine: string;
  readonly hasLm: boolean;
  readonly says: 'no MIC' | 'a MIC'; // as a server reads its flags
  readonly sent: 'no MIC' | 'a MIC'; // by its client
  readonly covers: TargetInfo | null; // of the challenge under the MIC; null: no MIC
  readonly isAltered: boolean; // its pairs are not the client's
};

const infoOf = ({ name, defences }: AcceptingHost): TargetInfo => ({
  computer: name,
  timestamp: defences.timestamp === 'sent',
  flags: false,
});

const isSame = (one: TargetInfo, other: TargetInfo) =>
  one.computer === other.computer && one.timestamp === other.timestamp && one.flags === other.flags;

/** What a client without a channel sends in place of a binding. */
export const absent = ({ withoutChannel }: User['initiator']): string | null =>
  withoutChannel === 'zeroes' ? ZERO_BINDING : null;

function answered({ name, at, initiator }: User, inbound: Link, info: TargetInfo): Arrival {
  const { version, bindsChannel, sendsMic, trustsTarget, dropsFlags } = initiator;
  const hasMic = version === 'NTLMv2' && sendsMic && info.timestamp;
  return {
    inbound,
    version,
    computer: info.computer,
    binding: (bindsChannel ? inbound.to.certificate : null) ?? absent(initiator),
    target: inbound.to.name,
    isVerified: trustsTarget,
    machine: at ?? name,
    hasLm: version === 'NTLMv1' || !hasMic,
    says: hasMic && (dropsFlags || !info.flags) ? 'a MIC' : 'no MIC',
    sent: hasMic ? 'a MIC' : 'no MIC',
    covers: hasMic ? info : null,
    isAltered: false,
  };
}

/** True where the adversary passes messages unchanged between a victim and a server. */
function passesOn(deployment: Deployment, { at, name }: User, { to }: Link): boolean {
  return adversaryMay(deployment, (at ?? name) === to.name ? 'reflect' : 'relay');
}

/** The challenges that the adversary can send to a victim, for responses to the server. */
function challenges(deployment: Deployment, { to }: Link, isPassed: boolean) {
  const own = infoOf(to);
  const may = (capability: Capability) => adversaryMay(deployment, capability);
  const isIssued = isPassed || may('replay') || may('inject');
  return {
    passed: [
      ...(isPassed ? [own] : []),
      ...(may('strip') && isIssued ? [{ ...own, computer: null }] : []),
      ...(may('strip') && isIssued && own.timestamp ? [{ ...own, timestamp: false }] : []),
      ...(may('inject') ? [{ ...own, flags: true }] : []),
    ],
    chosen: (name: string): readonly TargetInfo[] =>
      may('inject') && isStatic(to)
        ? [name, null].map((computer) => ({ computer, timestamp: false, flags: false }))
        : [],
  };
}

/** The forms in which the adversary can deliver a response. */
function handedOn(deployment: Deployment, arrival: Arrival, to: AcceptingHost, isPassed: boolean) {
  const may = (capability: Capability) => adversaryMay(deployment, capability);
  const isV2 = arrival.version === 'NTLMv2';
  const forged: Arrival = {
    ...arrival,
    computer: to.name,
    binding: to.certificate,
    target: to.names[0]!,
    isVerified: true,
    says: 'no MIC',
    isAltered: true,
  };
  return [
    ...(isPassed || may('replay') ? [arrival] : []),
    ...(may('strip') && arrival.covers !== null ? [{ ...arrival, covers: null }] : []),
    ...(may('strip') && isV2 && arrival.binding !== null
      ? [{ ...arrival, binding: null, isAltered: true }]
      : []),
    ...(may('inject') && isV2 ? [forged] : []),
  ];
}

/** Users with an NTLM connection to the adversary. */
const victims = (deployment: Deployment) =>
  playing(deployment, 'server').flatMap((inbound) => {
    const victim = deployment.users.find(({ name }) => name === inbound.from);
    return victim === undefined || !isChallenging(inbound.to) ? [] : [{ victim, inbound }];
  });

/** True where the adversary can choose a challenge itself: one that some host repeats. */
export const choosesChallenge = (deployment: Deployment): boolean =>
  adversaryMay(deployment, 'inject') &&
  deployment.hosts.some(({ defences }) => defences.challenges === 'static');

/** True where the adversary has a challenge to send to the user of this link. */
export const isChallenged = (deployment: Deployment, link: Link): boolean =>
  victims(deployment).some(
    ({ victim, inbound }) =>
      inbound === link &&
      (choosesChallenge(deployment) ||
        playing(deployment, 'client').some((outbound) => {
          if (!isChallenging(outbound.to)) return false;
          const isPassed = passesOn(deployment, victim, outbound);
          return challenges(deployment, outbound, isPassed).passed.length > 0;
        })),
  );

/** Every response that can reach the server over a connection of the adversary. */
export function arrivalsAt(deployment: Deployment, outbound: Link): readonly Arrival[] {
  const { to } = outbound;
  if (!isChallenging(to)) return [];
  const inHand = victims(deployment).flatMap(({ victim, inbound }) => {
    const isPassed = passesOn(deployment, victim, outbound);
    const { passed, chosen } = challenges(deployment, outbound, isPassed);
    return [...passed, ...chosen(inbound.to.name)].flatMap((info) =>
      handedOn(deployment, answered(victim, inbound, info), to, isPassed),
    );
  });
  const overheard = playing(deployment, 'tap').flatMap((inbound) => {
    const victim = deployment.users.find(({ name }) => name === inbound.from);
    const isGood = isStatic(inbound.to) && isStatic(to) && adversaryMay(deployment, 'replay');
    return victim === undefined || !isGood ? [] : [answered(victim, inbound, infoOf(inbound.to))];
  });
  return [...inHand, ...overheard];
}

type ResponseCheck = AcceptingHost['defences']['channelBinding'];
const satisfies = (check: ResponseCheck, found: string | null, own: string | null) =>
  check === 'ignored' || (found === null ? check === 'checkedIfPresent' : found === own);

/** True where the check of the channel binding lets the response through. */
export function isBoundRight(
  { defences: { channelBinding }, certificate }: AcceptingHost,
  binding: string | null,
): boolean {
  if (certificate !== null) return satisfies(channelBinding, binding, certificate);
  return channelBinding !== 'required' || (binding !== null && binding !== ZERO_BINDING);
}

export const isChanged = (host: AcceptingHost, { isAltered, covers }: Arrival): boolean =>
  isAltered || covers === null || !isSame(covers, infoOf(host));

/** True where the server accepts the response. */
export function isAccepted(host: AcceptingHost, arrival: Arrival): boolean {
  const { defences, name, names } = host;
  const { version, computer, binding, target, isVerified, machine, hasLm, says, isAltered } =
    arrival;
  if (isAltered && !(defences.lmResponse === 'accepted' && hasLm)) return false;
  if (version === 'NTLMv1') return defences.ntlmv1 === 'allowed';
  return (
    satisfies(defences.serverName, computer, name) &&
    isBoundRight(host, binding) &&
    (defences.targetName === 'unchecked' || !isVerified || names.includes(target)) &&
    (says === 'no MIC' || defences.mic === 'ignored' || !isChanged(host, arrival)) &&
    (defences.loopback === 'unchecked' || machine !== name || names.includes(target))
  );
}
