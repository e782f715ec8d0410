/** What clients that are npm packages share: version, workstation, and one request of our own. */
import { existsSync, readFileSync } from 'node:fs';
import { type Agent, get } from 'node:http';
import { createRequire } from 'node:module';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { VISIT_MAX } from '../client.ts';

export const WORKSTATION = 'CONFORMANCE';

const { resolve } = createRequire(import.meta.url);

/** "NAME VERSION" of an installed package. @throws Error where it is not installed. */
export async function versionOf(name: string): Promise<string> {
  const manifests = (resolve.paths(name) ?? []).map((folder) => join(folder, name, 'package.json'));
  const path = manifests.find((manifest) => existsSync(manifest));
  if (path === undefined) throw new Error(`${name} is not installed; run npm install`);
  const { version } = JSON.parse(readFileSync(path, 'utf8')) as { readonly version: string };
  return `${name} ${version}`;
}

export type Reply = {
  readonly status: number;
  readonly challenges: readonly string[]; // values of WWW-Authenticate
  readonly location: string | null;
  readonly socket: Socket; // that it came on
};

/**
 * @param authorization - value of the field; null: it is left out.
 * @param on - the only connection that it may go out on. Default: any of the agent's.
 * @throws Error where that connection has gone, or there is no reply, or none in time.
 */
export const replyTo = (url: string, agent: Agent, authorization: string | null, on?: Socket) =>
  new Promise<Reply>((resolve, reject) => {
    const headers = authorization === null ? {} : { authorization };
    const request = get(url, { agent, headers, timeout: VISIT_MAX - 1_000 }, (message) => {
      const { statusCode: status = 0, socket, headers } = message;
      const challenges = [headers['www-authenticate'] ?? []].flat();
      const reply = { status, challenges, location: headers.location ?? null, socket };
      message.resume().once('end', () => resolve(reply));
      message.once('error', reject);
    });
    request.once('socket', (socket) => {
      if (on !== undefined && socket !== on) request.destroy(new Error('its connection has gone'));
    });
    request.once('timeout', () => request.destroy(new Error('no answer in time')));
    request.once('error', reject);
  });
