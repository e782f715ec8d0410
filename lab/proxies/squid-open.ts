/**
 * squid as an open forward proxy. It pins the downstream connection of an NTLM sign-in to the
 * client connection.
 *
 * @source squid.conf, http_port `connection-auth`; RFC 9112 3.2.2 (absolute-form)
 */
import { SQUID_NEEDS, startSquid } from '../acceptors/start-squid.ts';
import { originOf } from '../ports.ts';
import { type LabProxy, together } from '../started.ts';

/** Its target has the proxy's origin, and the whole URL as its path. */
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
