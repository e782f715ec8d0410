/**
 * Reasons for which a server refuses a response, one for each check, in the standard's words. Each
 * says what the response has, and the server's own value that it was compared with.
 */
import { isStatic, type ResponseCheck } from '../../machines/ntlm/acceptor.ts';
import { type Challenge, type TargetInfo, ZERO_BINDING } from '../../machines/vocabulary/terms.ts';
import { connectionIn } from '../component-names.ts';
import type { Named } from '../story-events.ts';
import { listed } from './words.ts';

type Rejected = Named<'rejected'>;

const WHY: { readonly [D in ResponseCheck]: (rejected: Rejected) => string } = {
  isUnproven: ({ response: { user, key, challenge }, own, connection }) => {
    if (user === null) return 'the response is anonymous';
    if (key?.passwordOf !== user) return `the response was not computed from ${user}'s password`;
    if (own.challenge === null || isSame(challenge, own.challenge))
      return 'the response was changed after it was computed';
    const [answered, outstanding] = [challenge, own.challenge].map(challengeNamed(connection));
    return `the response answers ${answered}, and the outstanding one is ${outstanding}`;
  },
  isOutdated: ({ own }) => `the response is NTLMv1, and ${own.server} requires NTLMv2`,
  isForAnotherServer: ({ response: { pairs }, own: { server } }) =>
    pairs?.computer
      ? `the response names ${pairs.computer} as the server, and the domain controller compares it with ${server}`
      : `the response names no server, and the domain controller requires ${server}`,
  isBoundElsewhere: ({ response: { pairs }, own: { server, certificate } }) => {
    const has =
      certificate === null
        ? `${server} requires a binding`
        : `${server} has the certificate ${certificate}`;
    if (!pairs?.binding)
      return `the response is bound to no TLS channel, and ${server} requires a binding`;
    return pairs.binding === ZERO_BINDING
      ? `the channel binding of the response is all zero, and ${has}`
      : `the response is bound to the TLS channel of the certificate ${pairs.binding}, and ${has}`;
  },
  isMeantForAnother: ({ response: { pairs }, own: { server, names } }) => {
    const own = `${server}'s ${names.length === 1 ? 'only name is' : 'names are'} ${listed(names)}`;
    return pairs?.target
      ? `the response is meant for ${pairs.target}, by its target name; ${own}`
      : `the response has no target name; ${own}`;
  },
  isTamperedWith: ({ response: { mic, altered }, own: { server, info } }) => {
    if (mic === null) return 'the response promises a MIC and has none';
    const [seen, sent] = differences(mic, info);
    return altered || seen.length === 0
      ? 'the response was changed after its MIC was computed'
      : `the MIC of the response covers a challenge ${listed(seen)}, and ${server} sent one ${listed(sent)}`;
  },
  isFromHere: ({ response: { pairs }, own: { server, names } }) =>
    `the response was computed on ${server} itself, for ${pairs?.target}, and ` +
    `${server}'s ${names.length === 1 ? 'only name is' : 'names are'} ${listed(names)}`,
};

const isSame = (one: Challenge, other: Challenge) =>
  one.connection === other.connection && one.serial === other.serial;

/** From where the challenge is, seen from `here`. */
const challengeNamed = (here: string) => (challenge: Challenge) => {
  if (isStatic(challenge)) return 'the static challenge';
  const which = `challenge ${challenge.serial + 1}`;
  if (challenge.connection === here) return `${which} of this connection`;
  const there = connectionIn(challenge.connection);
  return there === null
    ? 'an unknown challenge'
    : `${which} of ${there.from}'s connection to ${there.to}`;
};

/** The parts in which two challenges differ: as the client saw it, and as the server sent it. */
function differences(seen: TargetInfo, sent: TargetInfo): readonly [string[], string[]] {
  const parts: ((info: TargetInfo) => string)[] = [
    ({ computer }) => (computer === null ? 'without a computer name' : `that names ${computer}`),
    ({ timestamp }) => `${timestamp ? 'with' : 'without'} a timestamp`,
    ({ flags }) => `${flags ? 'with' : 'without'} MsvAvFlags`,
  ];
  const differing = parts.filter((part) => part(seen) !== part(sent));
  return [differing.map((part) => part(seen)), differing.map((part) => part(sent))];
}

const IN_SHORT: { readonly [D in ResponseCheck]: (rejected: Rejected) => string } = {
  isUnproven: ({ response: { user } }) => (user === null ? 'anonymous' : `does not prove ${user}`),
  isOutdated: () => 'NTLMv1',
  isForAnotherServer: ({ response: { pairs } }) =>
    pairs?.computer ? `names ${pairs.computer}` : 'names no server',
  isBoundElsewhere: ({ response: { pairs } }) =>
    pairs?.binding === ZERO_BINDING
      ? 'all-zero binding'
      : pairs?.binding
        ? `bound to ${pairs.binding}`
        : 'bound to no channel',
  isMeantForAnother: ({ response: { pairs } }) => `target name ${pairs?.target || 'missing'}`,
  isTamperedWith: ({ response: { mic } }) => (mic === null ? 'no MIC' : 'wrong MIC'),
  isFromHere: () => 'computed on this machine',
};

/** For a note in a diagram. */
export const refusedInShort = (rejected: Rejected): string =>
  `refuses: ${IN_SHORT[rejected.why](rejected)}`;

export const whyRefused = (rejected: Rejected): string => WHY[rejected.why](rejected);
