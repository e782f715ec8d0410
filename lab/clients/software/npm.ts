/** What the clients that are packages of npm have in common. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

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
