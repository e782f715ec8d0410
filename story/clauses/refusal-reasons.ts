/** Reasons for which a server refuses a response, one for each check, in the standard's words. */
import type { ResponseCheck } from '../../machines/ntlm/acceptor.ts';
import { connectionOf } from '../component-names.ts';
import type { Memory } from '../memory.ts';
import type { Named } from '../story-events.ts';

type Rejected = Named<'rejected'>;
type Reason = (rejected: Rejected, memory: Memory) => string;

const WHY: { readonly [D in ResponseCheck]: Reason } = {
  isUnproven: ({ response: { user, key, challenge, altered }, connection }) => {
    if (user === null) return 'the response is anonymous';
    if (key?.passwordOf !== user) return `the response was not computed from ${user}'s password`;
    if (challenge.connection === connection)
      return altered
        ? 'the response was changed after it was computed'
        : 'the response answers another challenge than the outstanding one';
    return 'the response answers a challenge of another connection';
  },
  isOutdated: () => 'it requires NTLMv2, and the response is NTLMv1',
  isForAnotherServer: ({ response: { pairs } }) =>
    pairs?.computer
      ? `the response names ${pairs.computer} as the server, and the domain controller compares`
      : 'the response names no server, and the domain controller requires one',
  isBoundElsewhere: ({ response }, memory) => {
    const { pairs, altered } = response;
    if (!pairs?.binding) return 'the response is bound to no TLS channel';
    const peer = altered ? null : memory.originOf(response)?.server;
    return peer === pairs.binding // certificates are named for their hosts, unless they are shared
      ? `the response is bound to ${peer}'s TLS channel`
      : `the response is bound to the TLS channel of the certificate ${pairs.binding}`;
  },
  isMeantForAnother: ({ response: { pairs } }) =>
    `the target name of the response is ${pairs?.target}`,
  isTamperedWith: ({ response: { mic } }) =>
    mic === null
      ? 'the response promises a MIC and has none'
      : 'the MIC of the response was computed over other messages',
  isFromHere: ({ response: { pairs }, connection }) =>
    `the response was computed on ${connectionOf(connection).to} itself, for ${pairs?.target}`,
};

const IN_SHORT: { readonly [D in ResponseCheck]: (rejected: Rejected) => string } = {
  isUnproven: ({ response: { user } }) => (user === null ? 'anonymous' : `does not prove ${user}`),
  isOutdated: () => 'NTLMv1',
  isForAnotherServer: ({ response: { pairs } }) =>
    pairs?.computer ? `names ${pairs.computer}` : 'names no server',
  isBoundElsewhere: ({ response: { pairs } }) =>
    pairs?.binding ? 'bound to another channel' : 'bound to no channel',
  isMeantForAnother: ({ response: { pairs } }) => `target name ${pairs?.target}`,
  isTamperedWith: ({ response: { mic } }) => (mic === null ? 'no MIC' : 'wrong MIC'),
  isFromHere: () => 'computed on this machine',
};

/** For a note in a diagram. */
export const refusedInShort = (rejected: Rejected): string =>
  `refuses: ${IN_SHORT[rejected.why](rejected)}`;

export const whyRefused = (rejected: Rejected, memory: Memory): string =>
  WHY[rejected.why](rejected, memory);
