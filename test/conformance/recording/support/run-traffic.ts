/** Runs of the model as recordings: each message as the bytes that a party would send. */
import type { Trace } from '../../../../checker/model/system.ts';
import { zeros } from '../../../../conformance/codec/bytes.ts';
import { type Account, VERSION } from '../../../../conformance/codec/initiate.ts';
import { FLAGS, flagsOf } from '../../../../conformance/codec/messages/flags.ts';
import { encode } from '../../../../conformance/codec/messages/message.ts';
import type { Recording } from '../../../../conformance/recording/recording.ts';
import type { Deployment } from '../../../../machines/system/topology.ts';
import type { Reply, Request } from '../../../../machines/vocabulary/messages.ts';
import type { Challenge, Secret } from '../../../../machines/vocabulary/terms.ts';
import { ALICE, BOB, making } from '../../trace/support/making.ts';
import { sightOfTrace } from '../../trace/support/model-runs.ts';

type Slot = ReturnType<ReturnType<typeof making>['on']>;

const ACCOUNTS: readonly Account[] = [ALICE, BOB];
const accountOf = (user: string, secret: Secret | null): Account => {
  const account = ACCOUNTS.find((one) => one.user === user)!;
  return secret?.passwordOf === user ? account : { ...account, password: 'mistyped' };
};

const ANONYMOUS = Buffer.from(
  encode({
    type: 'AUTHENTICATE_MESSAGE',
    flags: (flagsOf('UNICODE', 'NTLM', 'ESS') | FLAGS.ANONYMOUS) >>> 0,
    lmResponse: Uint8Array.of(0),
    ntResponse: zeros(0),
    domain: '',
    user: '',
    workstation: '',
    encryptedRandomSessionKey: zeros(0),
    version: VERSION,
    mic: null,
  }),
).toString('base64');

/** Of deployments with the users alice and bob, fresh challenges and one page. */
export function recordingOfRun(trace: Trace, deployment: Deployment): Recording {
  const maker = making();
  const servers = deployment.hosts.map(({ name }) => name);
  const slots = new Map<string, Slot>();
  const issued = new Map<string, Uint8Array>();
  const keyOf = ({ connection, serial }: Challenge) => `${connection} ${serial}`;
  const { seen, connections } = sightOfTrace(trace, deployment);
  for (const one of seen) {
    if (one.what === 'opened') {
      const { id, client, server } = connections.find(({ id }) => id === one.connection)!;
      slots.set(id, maker.on(client, `http://10.9.0.${servers.indexOf(server) + 1}`));
      continue;
    }
    const slot = slots.get(one.connection)!;
    if (one.what === 'closed') slot.closed();
    if (one.what === 'request') ask(slot, one.readings[0]!, issued, keyOf);
    if (one.what === 'reply') answer(slot, one.reply, issued, keyOf);
  }
  return maker.recording();
}

type Issued = Map<string, Uint8Array>;
type KeyOf = (challenge: Challenge) => string;

function ask(slot: Slot, request: Request, issued: Issued, keyOf: KeyOf): void {
  switch (request.type) {
    case 'http.request':
      slot.bare();
      return;
    case 'http.request.basic':
      slot.basic(accountOf(request.credential.user, request.credential.secret));
      return;
    case 'NEGOTIATE_MESSAGE':
      slot.negotiate();
      return;
    case 'AUTHENTICATE_MESSAGE': {
      const { user, key, challenge } = request.response;
      if (user === null) slot.say(`NTLM ${ANONYMOUS}`);
      else slot.authenticate(accountOf(user, key), issued.get(keyOf(challenge))!);
    }
  }
}

function answer(slot: Slot, reply: Reply, issued: Issued, keyOf: KeyOf): void {
  switch (reply.type) {
    case 'http.ok':
      slot.ok();
      return;
    case 'http.forbidden':
      slot.reply(403);
      return;
    case 'http.redirect':
      slot.reply(302, [], null, `http://${reply.to}/`);
      return;
    case 'http.unauthorized':
      slot.reply(401, ['NTLM', 'Basic realm="x"']);
      return;
    case 'CHALLENGE_MESSAGE':
      slot.challenges();
      issued.set(keyOf(reply.challenge), slot.challenge());
  }
}
