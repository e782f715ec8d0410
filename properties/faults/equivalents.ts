/**
 * Mutants that no claim can tell from the unmutated machines, each with the reason.
 *
 * A test compares these with the measured results: each mutant here survives, and each mutant that
 * survives is here.
 */
import type { Kill } from './mutants.ts';

/** An effect that only marks an event as taken. */
const NOTHING =
  'It does nothing. It is there so that the event is taken and not refused, and the action that ' +
  'the mutant has instead does the same.';

/** `POLICY_GUARDS` in machines/ntlm/policy.ts: another policy, not another protocol. */
const POLICY =
  'Acceptors differ in this, and the claims about a server hold for each of them. No claim about ' +
  'a deployment depends on it.';

const REFUSED_PASSWORD =
  'The browser offers a refused password again, the server refuses it again, and the browser ' +
  'prompts again. No claim counts how often a typed password is tried.';

const ANOTHER_PROMPT =
  'The browser prompts once more than is needed. No claim counts prompts, and every goal can ' +
  'still be reached from the prompt.';

const SET_ANEW =
  'It clears a value that is no longer used. The machine sets the value before it reads it again.';

const FEWER_MESSAGES =
  'The claim about these messages is an upper bound. Counting fewer of them violates nothing.';

const KEEPS_ALIVE =
  'Every client of the catalogue keeps its connections alive; the machines differ for one that ' +
  'does not, which a test of its own has.';

const MOVED =
  'A request is lost with its handshake. Where handshakes may move to another connection, ' +
  '`sign-in-completes` is violated already, and no other claim waits for that request.';

/** Why a mutant is equivalent, by its id. */
export const EQUIVALENTS: Readonly<Record<string, string>> = {
  'browser.isAsking := true':
    'The user may type without a prompt, and no sending state of the browser handles that.',
  'browser.isAsking := false': REFUSED_PASSWORD,
  'browser.wasPresented := true': ANOTHER_PROMPT,
  'browser.wasPresented := false': REFUSED_PASSWORD,
  'browser.canRetry := false': ANOTHER_PROMPT,
  'browser.mayCarry := false':
    'It is false already: a redirect leads to another host, and a protection space is one host.',
  'browser.forget left out': REFUSED_PASSWORD,
  'browser.resume left out':
    'The browser keeps the purpose of a prompt until the next prompt, which sets it again. ' +
    'Nothing in between sends it.',
  'browser.show left out': NOTHING,
  'wire.isLast := false': KEEPS_ALIVE,
  'wire.unload left out': SET_ANEW,
  'ntlmClientConnection.isDone := false': KEEPS_ALIVE,
  'ntlmClientConnection.hangUp left out': KEEPS_ALIVE,
  'ntlmClientConnection.finish left out': SET_ANEW,
  'ntlmClientConnection.signalMessage left out': FEWER_MESSAGES,
  'ntlmClientConnection.handOver left out': MOVED,
  'ntlmClientConnection.signalMoved left out': MOVED,
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
  'ntlmServerConnection.keepsSignIn := true': POLICY,
  'ntlmServerConnection.ignoresBasic := true': POLICY,
  'ntlmServerConnection.ignoresBasic := false': POLICY,
  'ntlmServerConnection.refusesBasic := true': POLICY,
  'ntlmServerConnection.refusesBasic := false': POLICY,
  'ntlmServerConnection.restartSerials left out':
    'Serials continue where they would restart. The number of a challenge makes no difference as ' +
    'long as it differs from the challenges outstanding before.',
  'ntlmServerConnection.spendChallenge left out': SET_ANEW,
  'ntlmServerConnection.signalMessage left out': FEWER_MESSAGES,
  'ntlmServerConnection.signalLearned left out':
    'An NTLM sign-in leaves no secret: the signal says that nothing was learned.',
  'ntlmServerConnection.ignore left out': NOTHING,
  'basicClientConnection.isDone := false': KEEPS_ALIVE,
  'basicClientConnection.hangUp left out': KEEPS_ALIVE,
  'basicClientConnection.finish left out': SET_ANEW,
  'basicServerConnection.ignore left out': NOTHING,
  'frontEnd.isForEverybody := false':
    'Public pages then need a sign-in and a call. Claims restrict who is served; none says that ' +
    'a page must be served without a sign-in.',
  'frontEnd.revert left out': SET_ANEW,
  'frontEnd.ignore left out': NOTHING,
  'mailbox.ignore left out': NOTHING,
  'downstreamConnection.drop left out': SET_ANEW,
  'upstreamConnection.finish left out': SET_ANEW,
  'program.take left out': NOTHING,
  'adversary.givesSecretAway := true':
    'It signals that it learned a mistyped password, which is no secret of a user.',
  'adversary.signalAsked left out':
    'Claims hear who caused a request from the request itself. The signal is for stories.',
  'adversary.signalRunning left out':
    'Claims hear from the proof in which run it was made. The signal is for stories.',
  'adversary.signalAnswered left out':
    'Only the adversary asks on its own connections, and always as the same user. The user that ' +
    'the monitor takes to be asking is the one that asks next.',
  'adversary.noteClosing left out':
    'The adversary then also sends on a closed wire and has to wait, so that it can do less. ' +
    'Every attack has a run in which nothing closes.',
  'adversary.ignore left out': NOTHING,
};

export const reasonFor = (mutant: string): string | null =>
  Object.hasOwn(EQUIVALENTS, mutant) ? EQUIVALENTS[mutant]! : null;

/** The inconsistency between the measured result of a mutant and this list. Null: none. */
export function unaccounted(mutant: string, kill: Kill | null): string | null {
  const reason = reasonFor(mutant);
  if (kill === null && reason === null) return 'survives, and no reason is given';
  if (kill !== null && reason !== null)
    return 'is killed, although a reason says that it cannot be';
  return null;
}
