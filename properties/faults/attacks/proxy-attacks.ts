/** Attacks behind reverse proxies, each with the guard that would stop it. */

import { servedAsTheConnectionsIdentity } from '../../claims/agreement.ts';
import { signInCompletes } from '../../claims/liveness.ts';
import * as at from '../../deployments/with-proxies.ts';
import { faultCalled } from '../faults.ts';
import { type Attack, between, through } from './attack.ts';

export const PROXY_ATTACKS: readonly Attack[] = [
  between(at.PINNED_PROXY, at.POOLING_PROXY, {
    id: 'wrong-user-behind-pool',
    name: 'wrong user behind a pooling proxy',
    seenIn: 'HAProxy issue 581; Traefik issue 3792',
    dropped: 'the proxy pins an upstream connection to its client',
    claim: servedAsTheConnectionsIdentity,
  }),
  between(at.TWO_PATHS_PINNED, at.TWO_PATHS_ONE_POOLED, {
    id: 'one-path-pools',
    name: 'wrong user behind a proxy that pins on one path only',
    seenIn: 'Traefik pull requests 13812 (HTTP/3, CVE-2026-88007) and 13902',
    dropped: 'every path pins',
    claim: servedAsTheConnectionsIdentity,
  }),
  through(faultCalled('pin-outlives-client'), {
    id: 'inherited-pin',
    name: 'wrong user on a connection that was pinned to a client before',
    seenIn: 'RFC 4559 6, which forbids it',
    dropped: 'a pinned connection closes with its client',
    claim: servedAsTheConnectionsIdentity,
  }),
  between(at.PINNED_PROXY_ALONE, at.CLOSING_PROXY, {
    id: 'endless-401-closing',
    name: 'endless 401 behind a proxy that closes upstream connections',
    seenIn: 'YARP issue 1097',
    dropped: 'a handshake has one connection from end to end',
    claim: signInCompletes,
  }),
  between(at.PINNED_PROXY_TWO_CONNECTIONS, at.ROTATING_PROXY, {
    id: 'endless-401-rotating',
    name: 'endless 401 behind a proxy that rotates upstream connections',
    seenIn: 'YARP issue 1097; Traefik pull request 10405',
    dropped: 'a handshake has one connection from end to end',
    claim: signInCompletes,
  }),
  between(at.BOUND_BEHIND_SAME_CERTIFICATE, at.BOUND_BEHIND_PROXY, {
    id: 'bridge-certificate',
    name: "endless 401 behind a TLS bridge that does not have the server's certificate",
    seenIn: 'Exchange with Extended Protection, which asks for the same certificate',
    dropped: 'a proxy that ends TLS has the certificate that the server is bound to',
    claim: signInCompletes,
  }),
];
