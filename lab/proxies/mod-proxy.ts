/**
 * Apache's mod_proxy as a reverse proxy: by default it keeps connections for the next request of
 * any client, here at most one; with `disablereuse` it closes each after its response.
 *
 * @source Apache, mod_proxy, ProxyPass: `max`, `ttl`, `disablereuse`
 */
import type { Target } from '../../conformance/drive/target.ts';
import { APACHE_NEEDS, startApache } from '../acceptors/apache.ts';
import type { Lab } from '../lab.ts';
import { originOf } from '../ports.ts';
import { type LabProxy, type Started, together } from '../started.ts';

/** The modules of ProxyPass. */
export const PROXY_MODULES = ['proxy', 'proxy_http'] as const;

export const apachePooled: LabProxy = {
  name: 'Apache mod_proxy, one connection',
  needs: APACHE_NEEDS,
  topology: 'pooling-proxy',
  start: (lab, behind) => startModProxy(lab, 'apache-pooled', behind, 'min=0 smax=1 max=1 ttl=60'),
};

export const apacheClosing: LabProxy = {
  name: 'Apache mod_proxy, disablereuse',
  needs: APACHE_NEEDS,
  topology: 'closing-proxy',
  start: (lab, behind) => startModProxy(lab, 'apache-closing', behind, 'disablereuse=On'),
};

async function startModProxy(
  lab: Lab,
  name: string,
  behind: Target,
  reuse: string,
): Promise<Started> {
  const { address, running } = await startApache(lab, {
    name,
    host: '127.0.0.16',
    computer: null,
    modules: PROXY_MODULES,
    directives: () => `ProxyPass / ${behind.origin}/ ${reuse}\n`,
    pages: [],
  });
  return together({ ...behind, origin: originOf(address) }, behind, [running]);
}
