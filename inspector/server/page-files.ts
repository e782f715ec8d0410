/** The built page, read once: no request reads a path, and a new build changes nothing. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { OutgoingHttpHeaders } from 'node:http';
import { extname, join } from 'node:path';

export type PageFile = { readonly headers: OutgoingHttpHeaders; readonly bytes: Buffer };

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/**
 * By path: `/`, and the files of `assets/`, whose names change with their content.
 *
 * @param folder - the output of Vite.
 * @throws Error of the file system where there is no page.
 */
export function readPage(folder: string): ReadonlyMap<string, PageFile> {
  const assets = join(folder, 'assets');
  const names = existsSync(assets) ? readdirSync(assets) : [];
  const file = (name: string, caching: string): PageFile => {
    const bytes = readFileSync(join(folder, name));
    return {
      headers: {
        'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream',
        'Content-Length': bytes.length,
        'Cache-Control': caching,
      },
      bytes,
    };
  };
  return new Map([
    ['/', file('index.html', 'no-store')],
    ...names.map((name): [string, PageFile] => [
      `/assets/${name}`,
      file(join('assets', name), 'public, max-age=31536000, immutable'),
    ]),
  ]);
}
