/**
 * squid as a forward proxy for everybody. Where NTLM goes through it, it keeps a connection behind
 * for the client connection that signed in on it.
 *
 * @source squid.conf, http_port `connection-auth`; RFC 9112 3.2.2 (absolute-form)
 */
import { SQUID_NEEDS, startSquid } from '../acceptors/start-squid.ts';
import { originOf } from '../ports.ts';
import { type LabProxy, together } from '../started.ts';

/** Its target is the proxy itself, and the path the URL that it is asked for. */
export const squidPinned: LabProxy = {
  name: 'squid, as a forward proxy',
  needs: SQUID_NEEDS,
  topology: 'pinned-proxy',
  start: async (lab, behind) => {
    const everybody = () => 'http_access allow all\n';
    const { address, running } = await startSquid(lab, 'squid-open', '127.0.0.10', everybody);
    const target = { ...behind, origin: originOf(address), path: behind.origin + behind.path };
    return together(target, behind, [running]);
  },
};
