/**
 * Mutants that no claim can tell from the honest machines, each with the reason why.
 *
 * A reason is no excuse: a test compares these with what was measured, and wants each of them to be
 * a mutant that survives, and each that survives to be here.
 */
import type { Kill } from './mutants.ts';

/** An effect that is nothing but the mark of an event that is taken. */
const NOTHING =
  'It does nothing. It is there so that the event is taken and not refused, and what the mutant ' +
  'has in its place does that as well.';

/** `POLICY_GUARDS` in machines/ntlm/policy.ts: another policy, not another protocol. */
const POLICY =
  'Acceptors differ in this, and the claims about a server hold for each of them. No claim about ' +
  'a deployment rests on it.';

const REFUSED_PASSWORD =
  'A password that was refused is offered again, is refused again, and is asked for again. No ' +
  'claim says how often a password is tried that its user has typed.';

const ANOTHER_PROMPT =
  'The user is asked once more than is needed. No claim counts prompts, and from the prompt ' +
  'everything is still possible.';

const SET_ANEW =
  'It forgets what the state says to be over. The machine sets it anew before it reads it again.';

const FEWER_LEGS =
  'The claim about it is that there are not too many of these messages. To count fewer of them ' +
  'breaks nothing.';

/** Why a mutant is equivalent, by its id. */
export const EQUIVALENTS: Readonly<Record<string, string>> = {
  'browser.isAsking := true':
    'The user may type where nothing asks, and nothing in the browser that sends hears it.',
  'browser.isAsking := false': REFUSED_PASSWORD,
  'browser.wasPresented := true': ANOTHER_PROMPT,
  'browser.wasPresented := false': REFUSED_PASSWORD,
  'browser.canRetry := false': ANOTHER_PROMPT,
  'browser.mayCarry := false':
    'It is false already: a redirect leads to another host, and a protection space is one host.',
  'browser.forget left out': REFUSED_PASSWORD,
  'browser.resume left out':
    'What a prompt was for is kept until the next one, and the user may type in between. That ' +
    'prompt sets it anew, and nothing else sends it.',
  'browser.show left out': NOTHING,
  'wire.unload left out': SET_ANEW,
  'ntlmClientConnection.finish left out': SET_ANEW,
  'ntlmClientConnection.signalMessage left out': FEWER_LEGS,
  'ntlmServerConnection.keepsChallenge := true': POLICY,
  'ntlmServerConnection.keepsChallenge := false': POLICY,
  'ntlmServerConnection.losesConnection := false': POLICY,
  'ntlmServerConnection.renewsChallenge := true': POLICY,
  'ntlmServerConnection.renewsChallenge := false': POLICY,
  'ntlmServerConnection.allowsRequest := true': POLICY,
  'ntlmServerConnection.allowsRequest := false': POLICY,
  'ntlmServerConnection.ignoresHeader := true': POLICY,
  'ntlmServerConnection.ignoresHeader := false': POLICY,
  'ntlmServerConnection.startsAnew := true': POLICY,
  'ntlmServerConnection.startsAnew := false': POLICY,
  'ntlmServerConnection.ignoresBasic := true': POLICY,
  'ntlmServerConnection.ignoresBasic := false': POLICY,
  'ntlmServerConnection.refusesBasic := true': POLICY,
  'ntlmServerConnection.refusesBasic := false': POLICY,
  'ntlmServerConnection.restartSerials left out':
    'Serials go on where they would start again. Which of its numbers a challenge has makes no ' +
    'difference while it differs from those that were outstanding before.',
  'ntlmServerConnection.spendChallenge left out': SET_ANEW,
  'ntlmServerConnection.signalMessage left out': FEWER_LEGS,
  'ntlmServerConnection.signalLearned left out':
    'An NTLM sign-in leaves no secret, so that what is claimed is that nothing was learned.',
  'ntlmServerConnection.ignore left out': NOTHING,
  'basicClientConnection.finish left out': SET_ANEW,
  'basicServerConnection.ignore left out': NOTHING,
  'frontEnd.isForEverybody := false':
    'Pages that are for everybody take a sign-in, and then a call. Claims say who may be let in; ' +
    'none says who must be served without being asked.',
  'frontEnd.isAnonymous := false':
    'Whoever is nobody is refused by the next host instead, and with the same 401.',
  'frontEnd.revert left out': SET_ANEW,
  'frontEnd.ignore left out': NOTHING,
  'mailbox.ignore left out': NOTHING,
  'downstream.drop left out': SET_ANEW,
  'upstreamConnection.finish left out': SET_ANEW,
  'program.take left out': NOTHING,
  'adversary.givesSecretAway := true':
    "It claims to have learned nobody's password, which is no user's secret.",
  'adversary.signalAnswered left out':
    'It alone asks on its own connections, each time as the same. Whoever is taken to be still ' +
    'asking is who asks next.',
  'adversary.noteClosing left out':
    'It calls on where the wire is down, so that it has to wait: an adversary that can do less. ' +
    'Every attack has a run in which nothing closes.',
  'adversary.ignore left out': NOTHING,
};

export const reasonFor = (mutant: string): string | null =>
  Object.hasOwn(EQUIVALENTS, mutant) ? EQUIVALENTS[mutant]! : null;

/** What is wrong with how a mutant is accounted for. Null: nothing. */
export function unaccounted(mutant: string, kill: Kill | null): string | null {
  const reason = reasonFor(mutant);
  if (kill === null && reason === null) return 'survives, and there is no reason why it should';
  if (kill !== null && reason !== null) return 'is killed, though a reason says that it cannot be';
  return null;
}
