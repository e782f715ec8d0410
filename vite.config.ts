/**
 * Builds the inspector's page: as files that the command serves, and, with `--mode standalone`, as
 * one file that works without any request.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Plugin, type Rollup } from 'vite';

const ROOT = import.meta.dirname;
const OUT = join(ROOT, 'dist/page');
const SHIPPED = join(ROOT, 'dist/inspector/draw/chart/shipped.js');

export default defineConfig(({ mode }) => {
  const isStandalone = mode === 'standalone';
  return {
    root: join(ROOT, 'inspector/page'),
    base: './',
    plugins: [shippedLayouts(), ...(isStandalone ? [inOneFile()] : [soon(), notices()])],
    build: {
      outDir: OUT,
      emptyOutDir: !isStandalone, // which is built second
      target: 'es2023',
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 2_000, // kB: ELK, which is loaded when asked for
      ...(isStandalone ? WHOLE : {}),
      rolldownOptions: { output: { ...(isStandalone ? IN_ONE : {}), ...NAMED } },
    },
  };
});

/** Nothing is left beside the script and the stylesheet. */
const WHOLE = { assetsInlineLimit: Number.MAX_SAFE_INTEGER, cssCodeSplit: false };
const IN_ONE = { codeSplitting: false };

/** XState tells functions by their names, and what the page sends is to be what Node would. */
const NAMED = { keepNames: true };

/** The layouts that the build has made, in place of the empty module of the sources. */
function shippedLayouts(): Plugin {
  return {
    name: 'shipped-layouts',
    enforce: 'pre',
    resolveId: (source) =>
      source.endsWith('/shipped.ts') && existsSync(SHIPPED) ? SHIPPED : undefined,
  };
}

/** What the first script is going to ask for is under way before it runs. */
function soon(): Plugin {
  return {
    name: 'soon',
    enforce: 'post',
    transformIndexHtml: (page, { bundle = {} }) => {
      const start = Object.keys(bundle).find((name) => /\/start-[^/]+\.js$/.test(name));
      const link = `<link rel="modulepreload" crossorigin href="./${start}">`;
      return page.replace('<link rel="modulepreload"', (first) => `${link}\n    ${first}`);
    },
  };
}

/** The page as `standalone.html`, whose policy allows its script, its stylesheet, no request. */
function inOneFile(): Plugin {
  return {
    name: 'in-one-file',
    enforce: 'post',
    transformIndexHtml: { order: 'pre', handler: (page) => page.replace('main.ts', 'alone.ts') },
    generateBundle(_, bundle) {
      const files = Object.values(bundle);
      const page = files.find(({ fileName }) => fileName.endsWith('.html')) as Rollup.OutputAsset;
      const chunk = files.find(({ type }) => type === 'chunk') as Rollup.OutputChunk;
      const sheet = files.find(({ fileName }) => fileName.endsWith('.css')) as Rollup.OutputAsset;
      // Neither an end of the script, nor what would keep its end from being seen.
      const script = chunk.code.replaceAll(/<(?=\/script|!--)/g, '\\x3C');
      const style = String(sheet.source);
      const html = withIcon(String(page.source), files);
      for (const { fileName } of files) delete bundle[fileName];
      const source = standalone(html, script, style, noticesOf(chunk.moduleIds));
      this.emitFile({ type: 'asset', fileName: 'standalone.html', source });
    },
  };
}

/** Vite inlines what a script or a stylesheet refers to, but nothing that a page does. */
function withIcon(page: string, files: readonly (Rollup.OutputAsset | Rollup.OutputChunk)[]) {
  const icon = files.find(({ fileName }) => fileName.endsWith('.svg')) as Rollup.OutputAsset;
  const data = Buffer.from(icon.source).toString('base64');
  return page.replace(`./${icon.fileName}`, `data:image/svg+xml;base64,${data}`);
}

function standalone(page: string, script: string, style: string, notices: string): string {
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    'img-src data:',
  ].join('; ');
  const head = `<meta http-equiv="Content-Security-Policy" content="${policy}" />`;
  const body = [
    '<script type="application/json" id="document"></script>',
    `<script type="text/plain" id="notices">${notices.replaceAll('</', '<\\/')}</script>`,
    `<script type="module">${script}</script>`,
  ].join('\n');
  // Replaced by functions, since `$&` in a text would stand for what is replaced.
  return page
    .replace(/<script type="module"[^>]*><\/script>\s*/, '')
    .replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${style}</style>`)
    .replace(/<meta charset[^>]*>/, (charset) => `${charset}\n    ${head}`)
    .replace('</body>', () => `${body}\n  </body>`);
}

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** `THIRD-PARTY.txt` beside the page: whose code it contains, under which licences. */
function notices(): Plugin {
  return {
    name: 'notices',
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const source = noticesOf(chunks.flatMap(({ moduleIds }) => moduleIds));
      this.emitFile({ type: 'asset', fileName: 'THIRD-PARTY.txt', source });
    },
  };
}

/** Each package that has a module among these, with its source and the text of its licence. */
function noticesOf(moduleIds: readonly string[]): string {
  const packages = moduleIds.flatMap(
    (id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? [],
  );
  return [...new Set(packages)]
    .sort()
    .map(noticeOf)
    .join(`\n${'-'.repeat(78)}\n\n`);
}

type Manifest = Readonly<Record<'name' | 'version' | 'license', string>> & {
  readonly repository?: string | { readonly url: string };
};

function noticeOf(folder: string): string {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const { name, version, license, repository } = manifest;
  const source = typeof repository === 'object' ? repository.url : repository;
  const file = readdirSync(folder).find((entry) => /licen[cs]e/i.test(entry));
  if (source === undefined || file === undefined)
    throw new Error(`${folder} does not say where its source is, or has no licence file`);
  const text = readFileSync(join(folder, file), 'utf8').trim();
  return `${name} ${version}, ${license}\nSource: ${source}\n\n${text}\n`;
}
