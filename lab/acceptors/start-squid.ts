/** A squid of the laboratory: one process in the foreground that connects only to 127.0.0.0/8. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from '../lab.ts';
import { type Address, freeAddress } from '../ports.ts';
import type { Running } from '../processes.ts';
import { REQUIREMENTS } from '../requirements.ts';
import { runCommand } from '../run-command.ts';

export const SQUID_NEEDS = [REQUIREMENTS.linux, REQUIREMENTS.squid];

const USER = 'proxy'; // the user of squid if root starts it

/**
 * Starts an instance.
 *
 * @param directives - its access rules, given its folder.
 */
export async function startSquid(
  lab: Lab,
  name: string,
  host: string,
  directives: (folder: string) => string,
): Promise<{ readonly address: Address; readonly running: Running }> {
  const folder = lab.folderOf(name);
  const address = await freeAddress(host);
  const config = join(folder, 'squid.conf');
  writeFileSync(config, `${configOf(folder, address)}${directives(folder)}`);
  if (lab.isRoot) await runCommand(name, ['/bin/chown', '-R', USER, folder], 60_000);
  const running = await lab.run({
    name,
    folder,
    command: '/usr/sbin/squid',
    args: ['-N', '-f', config, '-n', `lab${process.pid}x${address.port}`], // of its shared memory
    listens: [address],
    logs: ['cache.log', 'access.log'],
  });
  return { address, running };
}

const configOf = (folder: string, { host, port }: Address) => `http_port ${host}:${port}
acl lab url_regex ^http://127\\.
http_access deny !lab
pid_filename ${folder}/squid.pid
access_log stdio:${folder}/access.log
cache_log ${folder}/cache.log
cache deny all
netdb_filename none
pinger_enable off
dns_nameservers 127.0.0.1
coredump_dir ${folder}
visible_hostname squid.test
shutdown_lifetime 0 seconds
`;
