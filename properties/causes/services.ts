/** Why a request was served as another user: it came over a connection that the user signed in. */
import { clientOf, serverOf } from '../../machines/system/links.ts';
import { isProxy } from '../../machines/system/proxies.ts';
import { POOL_KEY, type Purpose } from '../../machines/vocabulary/purpose.ts';
import type { ConnectionName } from '../../machines/vocabulary/terms.ts';
import { acceptance } from './acceptances.ts';
import { type Account, hostField, type Reason, type Run } from './cause.ts';
import {
  before,
  forwardedBy,
  type Happened,
  hostCalled,
  lastDelivery,
  lastSignal,
  linkOf,
  pathReason,
  type SignalOf,
  signalsOf,
} from './run.ts';

type Taken = SignalOf<'served' | 'acting'>;
type SignIn = Happened<SignalOf<'commit'>>;

/** Of `served-as-owner`. */
export const servedAsAnother = (run: Run): Account => account(run, inUsersWords);

/** Of `pool-keeps-apart`. */
export const servedForAnother = (run: Run): Account => account(run, inPurposesWords);

type Words = (taken: Taken, signIn: SignIn) => { readonly sent: string; readonly signedIn: string };

const inUsersWords: Words = ({ cause }, { what: { user } }) => ({
  sent: `${cause}'s request`,
  signedIn: `${user} signed in`,
});

const inPurposesWords: Words = (taken, signIn) => {
  const [now, then] = [taken.purpose, signIn.what.purpose];
  const differing = differences(now, then);
  const words = (purpose: Purpose | null) =>
    differing.map((part) => `${part} ${purpose?.[part] ?? 'none'}`).join(' and ');
  return then === null || differing.length === 0
    ? inUsersWords(taken, signIn)
    : {
        sent: `the request with ${words(now)}`,
        signedIn: `it had signed in for one with ${words(then)}`,
      };
};

const differences = (one: Purpose | null, other: Purpose | null) =>
  one === null || other === null ? [] : POOL_KEY.filter((part) => one[part] !== other[part]);

function account(run: Run, words: Words): Account {
  const { trace } = run;
  const taken = lastTaken(run);
  if (taken === undefined)
    return { step: trace.length, what: 'A request is served as another user', why: null };
  const { connection, server, user, cause } = taken.what;
  const closed = lastSignal(trace, 'closed', (one) => one.connection === connection)?.step ?? 0;
  const signIn = lastSignal(trace, 'commit', (one) => one.connection === connection);
  if (signIn === undefined || signIn.step < closed || signIn.what.user !== user) {
    const what = `${server} serves ${cause}'s request as ${user}, who is not signed in on that connection`;
    return { step: taken.step, what, why: null };
  }
  if (linkOf(run.deployment, connection)?.adversary === 'client') return acceptance(run, signIn);
  return handedOver(run, taken, signIn, words(taken.what, signIn));
}

function lastTaken({ trace }: Run): Happened<Taken> | undefined {
  const all = [...signalsOf(trace, 'served'), ...signalsOf(trace, 'acting')];
  return all
    .filter(({ what }) => what.user !== null)
    .toSorted((a, b) => a.step - b.step)
    .at(-1);
}

/** The client of the connection sent a request of one party over the sign-in of another. */
function handedOver(
  run: Run,
  taken: Happened<Taken>,
  signIn: SignIn,
  { sent, signedIn }: ReturnType<Words>,
): Account {
  const { deployment, trace } = run;
  const { connection, server } = taken.what;
  const earlier = before(run, taken.step);
  const step = lastDelivery(
    earlier,
    ({ to, event }) =>
      to === clientOf(connection) &&
      (event.type === 'upstream.forward' || event.type === 'client.fetch'),
  );
  const sender = linkOf(deployment, connection)?.from ?? 'a client';
  const kept = keptDespiteRefusal(run, signIn, taken);
  const what = `${sender} sends ${sent} to ${server} over the connection on which ${signedIn}`;
  if (kept !== null) return { step, what, why: kept };
  const downstream = step === 0 ? null : forwardedBy(trace[step - 1]!);
  return {
    step: step || taken.step,
    what,
    why: downstream === null ? keyReason(run, taken, signIn) : sharing(run, downstream, signIn),
  };
}

/** The path of the request, or of the sign-in, which let another client have its connection. */
function sharing(run: Run, downstream: ConnectionName, signIn: SignIn): Reason | null {
  const own = pathReason(run.deployment, downstream);
  if (own?.allowedBy?.value !== 'pinned') return own;
  const forwarding = before(run, signIn.step).findLast(
    ({ event }) => event.type === 'proxy.forward' && event.via === signIn.what.connection,
  );
  const other = forwarding === undefined ? null : forwardedBy(forwarding);
  return other === null ? null : pathReason(run.deployment, other);
}

/** A program compared too little before it reused the connection. */
function keyReason({ deployment }: Run, { what }: Happened<Taken>, signIn: SignIn): Reason | null {
  const from = linkOf(deployment, what.connection)?.from;
  const program = deployment.programs.find(({ name }) => name === from);
  if (program === undefined) return null;
  const [part] = differences(what.purpose, signIn.what.purpose).filter(
    (one) => !program.poolKey.includes(one),
  );
  return part === undefined
    ? null
    : {
        because: `its pool key does not compare ${part}`,
        allowedBy: { path: ['programs', program.name, 'poolKey'], value: `without ${part}` },
      };
}

/** The server's page refused the user in between, and the server kept the sign-in. */
function keptDespiteRefusal(
  { deployment, trace }: Run,
  signIn: SignIn,
  { step, what: { connection, server, user } }: Happened<Taken>,
): Reason | null {
  const host = hostCalled(deployment, server);
  if (host === undefined || isProxy(host) || host.policy.onPageRefusal !== 'keep') return null;
  const refused = trace
    .slice(signIn.step, step)
    .some(({ deliveries }) =>
      deliveries.some(
        ({ to, event }) => to === serverOf(connection) && event.type === 'page.unauthorized',
      ),
    );
  return refused
    ? {
        because: `${server} kept ${user}'s sign-in after its page had refused ${user}`,
        allowedBy: hostField(server, 'policy.onPageRefusal', 'keep'),
      }
    : null;
}
