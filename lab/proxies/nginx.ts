/**
 * nginx as a reverse proxy. By default it speaks HTTP/1.0 to the server behind, on a new connection
 * for each request; with `keepalive` it keeps idle connections for the next request of any client.
 *
 * @source nginx, ngx_http_upstream_module, `keepalive`; ngx_http_proxy_module, `proxy_http_version`
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Target } from '../../conformance/drive/target.ts';
import type { Lab } from '../lab.ts';
import { type Address, freeAddress, originOf } from '../ports.ts';
import { REQUIREMENTS } from '../requirements.ts';
import { type LabProxy, type Started, together } from '../started.ts';

const POOLED = `proxy_pass http://behind;
      proxy_http_version 1.1;
      proxy_set_header Connection "";`;
const CLOSING = 'proxy_pass http://behind;';

export const nginxPooled: LabProxy = {
  name: 'nginx, keepalive',
  needs: [REQUIREMENTS.linux, REQUIREMENTS.nginx],
  topology: 'pooling-proxy',
  start: (lab, behind) => startNginx(lab, 'nginx-pooled', behind, 'keepalive 1;', POOLED),
};

export const nginxClosing: LabProxy = {
  name: 'nginx, as delivered',
  needs: [REQUIREMENTS.linux, REQUIREMENTS.nginx],
  topology: 'closing-proxy',
  start: (lab, behind) => startNginx(lab, 'nginx-closing', behind, '', CLOSING),
};

async function startNginx(
  lab: Lab,
  name: string,
  behind: Target,
  pool: string,
  location: string,
): Promise<Started> {
  const folder = lab.folderOf(name);
  const address = await freeAddress('127.0.0.4');
  mkdirSync(join(folder, 'bodies'));
  const config = join(folder, 'nginx.conf');
  const server = new URL(behind.origin).host;
  writeFileSync(config, configOf(lab, folder, address, `server ${server}; ${pool}`, location));
  const running = await lab.run({
    name,
    folder,
    command: '/usr/sbin/nginx',
    args: ['-e', join(folder, 'error.log'), '-c', config],
    listens: [address],
    logs: ['error.log', 'access.log'],
  });
  return together({ ...behind, origin: originOf(address) }, behind, [running]);
}

const configOf = (
  { isRoot }: Lab,
  folder: string,
  { host, port }: Address,
  upstream: string,
  location: string,
) => `daemon off;
pid ${folder}/nginx.pid;
worker_processes 1;
${isRoot ? 'user www-data;' : ''}
events { worker_connections 64; }
http {
  access_log ${folder}/access.log;
  client_body_temp_path ${folder}/bodies/client;
  proxy_temp_path ${folder}/bodies/proxy;
  fastcgi_temp_path ${folder}/bodies/fastcgi;
  uwsgi_temp_path ${folder}/bodies/uwsgi;
  scgi_temp_path ${folder}/bodies/scgi;
  upstream behind { ${upstream} }
  server {
    listen ${host}:${port};
    location / {
      ${location}
    }
  }
}
`;
