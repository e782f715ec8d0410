/** The messages of a step between parties, with the credential of each, and the step's notes. */
import type { Step } from '../../checker/model/system.ts';
import { isStatic } from '../../machines/ntlm/acceptor.ts';
import type { Challenge } from '../../machines/vocabulary/terms.ts';
import { credentialsNamed, responseNamed } from '../../story/clauses/words.ts';
import { connectionBetween, connectionOf } from '../../story/component-names.ts';
import { type Line, linesOf } from '../../story/diagram/arrows.ts';
import { messageText } from '../../story/diagram/labels.ts';
import type { Participants } from '../../story/participants.ts';
import { isReply, type Message, type StoryEvent } from '../../story/story-events.ts';
import type { StoryStep, Travel } from './story.ts';

/** The delivered message is first. The most general client and its server have no wire. */
export function drawnIn(
  step: Step,
  participants: Participants,
): Pick<StoryStep, 'travels' | 'notes'> {
  const lines = linesOf(step, participants);
  return {
    travels: [
      ...lines.flatMap(arrivalOf),
      ...(participants.general ? [] : departuresIn(step, participants)),
    ],
    notes: lines.flatMap(({ parties, message, text }) =>
      message === null ? parties.map((party) => ({ party, text })) : [],
    ),
  };
}

const arrivalOf = ({ parties: [from, to], message, text }: Line): readonly Travel[] =>
  message === null || to === undefined ? [] : [travel(from, to, message, text, true)];

const departuresIn = ({ deliveries }: Step, participants: Participants): readonly Travel[] =>
  deliveries.flatMap((delivery) => {
    const told = delivery.event as StoryEvent; // the only ones there are
    if (told.type !== 'wire.send') return [];
    const connection = connectionBetween(delivery);
    const label = `${messageText(told.message, connection)}${participants.on(connection)}`;
    const ends = [
      participants.party(connection, 'client'),
      participants.party(connection, 'server'),
    ] as const;
    return [
      isReply(told.message)
        ? travel(ends[1], ends[0], told.message, label, false)
        : travel(ends[0], ends[1], told.message, label, false),
    ];
  });

const travel = (
  from: string,
  to: string,
  message: Message,
  label: string,
  delivered: boolean,
): Travel => ({
  from,
  to,
  label,
  isReply: isReply(message),
  delivered,
  credential: credentialIn(message),
});

/** A challenge is no secret, and an anonymous response holds none. */
function credentialIn(message: Message): Travel['credential'] {
  if (message.type === 'http.request.basic') {
    const { credential } = message;
    const isRight = credential.secret?.passwordOf === credential.user;
    return {
      what: credentialsNamed(credential),
      boundTo: isRight
        ? 'nothing: every reader can use it at any host'
        : 'nothing: every reader can try it at any host',
    };
  }
  if (message.type !== 'AUTHENTICATE_MESSAGE' || message.response.user === null) return null;
  const { challenge } = message.response;
  return { what: responseNamed(message.response), boundTo: challengeNamed(challenge) };
}

function challengeNamed(challenge: Challenge): string {
  if (isStatic(challenge)) return 'a challenge that is always the same: it can be sent again';
  const { from, to, number } = connectionOf(challenge.connection);
  return `challenge #${challenge.serial + 1} of ${to} on ${from}'s connection ${number}`;
}
