/**
 * Deployments that the field reports, as their operators would write them, each with what happens
 * there: the verdict, and the reason that its story gives.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseTopology } from '../../../cli/input/topology-data.ts';
import { type Deployment, deploymentsOf } from '../../../machines/system/topology.ts';
import { causeOf } from '../../../properties/causes/cause-of.ts';
import { checkClaim } from '../../../properties/check.ts';
import { type Claim, expectedVerdict } from '../../../properties/claim.ts';
import { servedAsTheConnectionsIdentity } from '../../../properties/claims/agreement.ts';
import { signInCompletes } from '../../../properties/claims/liveness.ts';
import { persistentAuthFlag } from '../../../properties/claims/persistence.ts';
import { canSignIn } from '../../../properties/claims/reachable.ts';
import { proxyServes } from '../../../properties/claims/through-proxies.ts';
import { sentencesOf } from '../../../story/sentences.ts';

type HostEdit = Readonly<Record<string, unknown>>;

/** The deployment of a file, with other values for some fields of some hosts. */
function deploymentIn(file: string, edits: Readonly<Record<string, HostEdit>> = {}): Deployment {
  const text = readFileSync(new URL(`field/${file}.yaml`, import.meta.url), 'utf8');
  const data = parse(text) as { hosts: { name: string }[] };
  const hosts = data.hosts.map((host) => ({ ...host, ...edits[host.name] }));
  const { topology, issues } = parseTopology({ ...data, hosts }, file);
  expect(issues).toEqual([]);
  return deploymentsOf(topology!)[0]!;
}

const judged = (claim: Claim, deployment: Deployment) =>
  checkClaim(claim, deployment, { statesMax: 20_000 });

/** The sentences of the counterexample in which a host answers 401 and says why. */
function reasonsIn(deployment: Deployment): readonly string[] {
  const { verdict, trace } = judged(signInCompletes, deployment);
  expect(verdict).toBe('violated');
  const why = sentencesOf(trace!, deployment).filter((sentence) => / 401 .*: /.test(sentence));
  expect(why).not.toEqual([]);
  return [...new Set(why)];
}

function completes(deployment: Deployment): void {
  expect(judged(signInCompletes, deployment).verdict).toBe('holds');
  expect(judged(proxyServes, deployment).verdict).toBe('witnessed');
}

describe('a proxy that ends TLS with a certificate of its own', () => {
  const bridge =
    'mail responds 401 to balancer: the response is bound to the TLS channel of the certificate ' +
    'edge, and mail has the certificate mail.';

  it.each(['epa-bridge', 'epa-bridge-allow'])(
    'is why the server refuses, and says so: %s',
    (file) => expect(reasonsIn(deploymentIn(file))).toEqual([bridge]),
  );

  it('does no harm with the certificate of the server', () =>
    completes(deploymentIn('epa-bridge-fixed')));

  it('does no harm before a server that has no TLS, and so nothing to compare', () =>
    completes(deploymentIn('epa-offload')));

  it('does no harm even where that server requires that there is a binding', () =>
    completes(deploymentIn('epa-offload', { mail: { defences: { channelBinding: 'required' } } })));

  it('is refused without TLS of its own, where the server requires a binding', () => {
    const plain = deploymentIn('epa-bridge', { balancer: { certificate: undefined } });
    expect(reasonsIn(plain)).toEqual([
      'mail responds 401 to balancer: the response is bound to no TLS channel, and mail requires a binding.',
    ]);
  });
});

describe('a client behind a proxy means the proxy', () => {
  const NAMED =
    'app responds 401 to portal: the response is meant for portal, by its target name; ' +
    "app's only name is app.";

  it('so a server that knows only its own name refuses it', () =>
    expect(reasonsIn(deploymentIn('target-name-via-proxy'))).toEqual([NAMED]));

  it('whatever certificate they share', () =>
    expect(reasonsIn(deploymentIn('target-name-and-binding'))).toEqual([NAMED]));

  it.each([[['app', 'portal']], [['portal']], [['Portal']]])(
    'and is accepted where the server has the names %j',
    (names) => completes(deploymentIn('target-name-via-proxy', { app: { names } })),
  );

  it('which no other name in the list helps', () =>
    expect(
      reasonsIn(deploymentIn('target-name-via-proxy', { app: { names: ['app', 'intranet'] } })),
    ).toEqual([
      'app responds 401 to portal: the response is meant for portal, by its target name; ' +
        "app's names are app and intranet.",
    ]));

  it('so that the loopback check refuses a user at the server itself', () => {
    const loopback = { defences: { loopback: 'checked' } };
    const at = (edit: HostEdit): Deployment => {
      const deployment = deploymentIn('target-name-via-proxy', { app: { ...loopback, ...edit } });
      return { ...deployment, users: deployment.users.map((user) => ({ ...user, at: 'app' })) };
    };
    expect(reasonsIn(at({}))).toEqual([
      'app responds 401 to portal: the response was computed on app itself, for portal, and ' +
        "app's only name is app.",
    ]);
    completes(at({ names: ['app', 'portal'] }));
    completes(deploymentIn('target-name-via-proxy', { app: loopback }));
  });
});

describe('a page that refuses a user, behind a proxy that pools', () => {
  const pooled = (onPageRefusal: 'end' | 'keep') =>
    deploymentIn('pooled', { web: { policy: { onPageRefusal } } });
  const limits = { statesMax: 1_000_000, stopAtViolation: true };

  it("runs the next user's request as the first, where the server keeps the sign-in", () => {
    const deployment = pooled('keep');
    const { verdict, trace } = checkClaim(servedAsTheConnectionsIdentity, deployment, limits);
    expect(verdict).toBe('violated');
    expect(sentencesOf(trace!, deployment).at(-1)).toMatchInlineSnapshot(
      `"web has authenticated alice on this connection and acts as alice on a request of bob."`,
    );
  });

  it('does not, where the sign-in ends with the refusal', () => {
    const { verdict } = checkClaim(servedAsTheConnectionsIdentity, pooled('end'), limits);
    expect(verdict).toBe('holds');
  });
});

describe('a server that answers a wrong password with 403', () => {
  const intranet = (failureReply: 'unauthorized' | 'forbidden'): Deployment => {
    const { topology } = parseTopology(
      {
        hosts: [{ name: 'intranet', accepts: 'NTLM', policy: { failureReply } }],
        users: [{ name: 'alice', visits: ['intranet'] }],
        bounds: { wrongPasswords: true },
      },
      'intranet',
    );
    return deploymentsOf(topology!)[0]!;
  };

  it('is believed: the browser keeps the wrong password, and takes itself to be signed in', () => {
    const { verdict, trace } = judged(persistentAuthFlag, intranet('forbidden'));
    expect(verdict).toBe('violated');
    expect(sentencesOf(trace!, intranet('forbidden')).slice(-2)).toEqual([
      "intranet responds 403 to alice: the response was not computed from alice's password.",
      "alice's browser receives 403 from intranet.",
    ]);
    expect(causeOf(judged(persistentAuthFlag, intranet('forbidden')))).toEqual({
      step: 10,
      sentence:
        'alice takes the 403 of intranet for success, and the connection to be signed in, because ' +
        'intranet answers a failed sign-in with 403.',
      allowedBy: { path: ['hosts', 'intranet', 'policy', 'failureReply'], value: 'forbidden' },
    });
    expect(causeOf(judged(canSignIn, intranet('forbidden')))).toMatchObject({
      step: 4,
      sentence:
        "After step 4, intranet refuses alice's response each time, because the response was not " +
        "computed from alice's password, and the client takes the 403 for success.",
      allowedBy: { path: ['hosts', 'intranet', 'policy', 'failureReply'] },
    });
    expect(expectedVerdict(persistentAuthFlag, intranet('forbidden'))).toBe('violated');
  });

  it('is not with 401', () => {
    for (const claim of [persistentAuthFlag, canSignIn])
      expect(judged(claim, intranet('unauthorized')).verdict).toBe('holds');
  });
});

describe('a client without keep-alive', () => {
  const monitored = (accepts: 'NTLM' | 'Basic', keepAlive: boolean): Deployment => {
    const { topology } = parseTopology(
      { hosts: [{ name: 'nav', accepts }], users: [{ name: 'monitor', keepAlive }] },
      'monitored',
    );
    return deploymentsOf(topology!)[0]!;
  };

  it('never signs in with NTLM: the response comes on another connection than the challenge', () => {
    const deployment = monitored('NTLM', false);
    const { verdict, trace } = judged(signInCompletes, deployment);
    expect([verdict, expectedVerdict(signInCompletes, deployment)]).toEqual([
      'violated',
      'violated',
    ]);
    expect(sentencesOf(trace!, deployment).slice(-8).join('\n')).toMatchInlineSnapshot(`
      "monitor types their password; their browser opens a connection and sends the request again, without credentials.
      nav receives a request without credentials and responds 401 to monitor.
      monitor's browser receives 401 from nav, closes the connection (no keep-alive) and sends a NEGOTIATE_MESSAGE, on a new connection.
      nav sends a challenge on this connection.
      monitor's browser closes the connection (no keep-alive) and sends an AUTHENTICATE_MESSAGE that answers this challenge with a response computed from monitor's password, on a new connection.
      nav receives an AUTHENTICATE_MESSAGE out of turn (this connection has no challenge) and responds 401 to monitor.
      monitor's browser receives 401 from nav, closes the connection (no keep-alive) and asks monitor for the password again.
      monitor types their password; their browser opens a connection and sends the request again, without credentials."
    `);
  });

  it('does with Basic, and either does with keep-alive', () => {
    for (const deployment of [
      monitored('Basic', false),
      monitored('Basic', true),
      monitored('NTLM', true),
    ])
      expect(judged(signInCompletes, deployment).verdict).toBe('holds');
  });

  it('meets what one behind a hop meets that closes after each reply', () => {
    const deployment = deploymentIn('no-keepalive-client');
    const hop = judged(signInCompletes, deployment);
    expect([hop.verdict, expectedVerdict(signInCompletes, deployment)]).toEqual([
      'violated',
      'violated',
    ]);
  });
});
