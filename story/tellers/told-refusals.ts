/** Why a response is refused, in the standard's words, one for each check of an acceptor. */
import type { ResponseCheck } from '../../machines/ntlm/acceptor.ts';
import { connectionOf } from '../component-names.ts';
import type { Memory } from '../memory.ts';
import type { Named } from '../story-events.ts';

type Rejected = Named<'rejected'>;
type Why = (rejected: Rejected, memory: Memory) => string;

const WHY: { readonly [D in ResponseCheck]: Why } = {
  isUnproven: ({ response: { user, key, challenge, altered }, connection }) => {
    if (user === null) return 'the response proves nobody';
    if (key?.passwordOf !== user) return `the response was not computed from ${user}'s password`;
    if (challenge.connection === connection)
      return altered
        ? 'the response is no longer what it was computed as'
        : 'the response answers another challenge than the one outstanding';
    return 'the response answers a challenge of another connection';
  },
  isOutdated: () => 'an NTLMv1 response is not good enough here',
  isForAnotherServer: ({ response: { pairs } }) =>
    pairs?.computer
      ? `the response names ${pairs.computer} as the server, and the domain controller compares`
      : 'the response names no server, and the domain controller requires one',
  isBoundElsewhere: ({ response }, memory) => {
    const { pairs, altered } = response;
    if (!pairs?.binding) return 'the response is bound to no TLS channel';
    const peer = altered ? null : memory.runOf(response)?.server;
    return peer
      ? `the response is bound to ${peer}'s TLS channel`
      : `the response is bound to the TLS channel of the certificate ${pairs.binding}`;
  },
  isMeantForAnother: ({ response: { pairs } }) =>
    `the response is meant for ${pairs?.target}, by its target name`,
  isTamperedWith: ({ response: { mic } }) =>
    mic === null
      ? 'the response is flagged to have a MIC, and has none'
      : 'the MIC of the response covers other messages than these',
  isFromHere: ({ response: { pairs }, connection }) =>
    `the response was computed on ${connectionOf(connection).to} itself, for ${pairs?.target}`,
};

const IN_SHORT: { readonly [D in ResponseCheck]: (rejected: Rejected) => string } = {
  isUnproven: ({ response: { user } }) =>
    user === null ? 'proves nobody' : `does not prove ${user}`,
  isOutdated: () => 'NTLMv1',
  isForAnotherServer: ({ response: { pairs } }) =>
    pairs?.computer ? `made for ${pairs.computer}` : 'made for no server',
  isBoundElsewhere: ({ response: { pairs } }) =>
    pairs?.binding ? 'bound to another channel' : 'bound to no channel',
  isMeantForAnother: ({ response: { pairs } }) => `meant for ${pairs?.target}`,
  isTamperedWith: ({ response: { mic } }) => (mic === null ? 'MIC missing' : 'MIC does not fit'),
  isFromHere: () => 'computed on this machine',
};

/** For a note in a diagram. */
export const refusedInShort = (rejected: Rejected): string =>
  `refuses: ${IN_SHORT[rejected.why](rejected)}`;

export const whyRefused = (rejected: Rejected, memory: Memory): string =>
  WHY[rejected.why](rejected, memory);
