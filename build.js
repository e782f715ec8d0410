/** `npm run build`: fills `dist/`, unless it was filled from these very files. */
import { execSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDERS = ['machines', 'checker', 'properties', 'story', 'conformance', 'inspector', 'cli'];
const FILES = ['build.js', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];
const STEPS = [
  'tsc -p tsconfig.build.json',
  'node dist/checker/kernel/native/build.js',
  'node dist/inspector/draw/chart/build-layouts.js',
  'vite build --logLevel warn',
  'vite build --logLevel warn --mode standalone', // the last: its page tells that all are done
];
const STAMP = 'dist/.built-from';
const LAST = 'dist/page/standalone.html';

const paths = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name)),
);
const hash = createHash('sha256');
for (const path of [...FILES, 'package.json', 'vite.config.ts', ...paths].sort())
  hash.update(`${path}\0`).update(readFileSync(path));
const source = hash.digest('hex');

const isBuilt = [STAMP, LAST].every(existsSync) && readFileSync(STAMP, 'utf8') === source;
if (!isBuilt) {
  for (const step of STEPS) execSync(step, { stdio: 'inherit' });
  writeFileSync(STAMP, source);
}
