/** What `npm run build` has made: the page, the page in one file, and the layouts in both. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../../cli/package.ts';
import { chartKey, type Layouts } from '../../../inspector/draw/chart/layouts.ts';
import { nodesOf } from '../../../inspector/draw/chart/nodes.ts';
import { chartOf } from '../../../inspector/story/chart.ts';
import { EVERY_MACHINE } from '../../../inspector/story/protocol/every-machine.ts';

const built = (name: string) => join(packageRoot, 'dist', name);
const textOf = (name: string) => readFileSync(built(name), 'utf8');
const page = textOf('page/index.html');
const standalone = textOf('page/standalone.html');
const scripts = readdirSync(built('page/assets')).filter((name) => name.endsWith('.js'));

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Of the one element that the expression finds, what is inside. */
function inside(element: RegExp): string {
  const found = [...standalone.matchAll(element)];
  expect(found).toHaveLength(1);
  return found[0]![1]!;
}

describe('the page', () => {
  it('has its script and its stylesheet in files of their own, by relative names', () => {
    expect(page).not.toMatch(/<script(?![^>]* src=)/);
    expect(page).not.toMatch(/<style|style=| on[a-z]+=/);
    const names = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, name]) => name!);
    expect(names.length).toBeGreaterThan(1);
    for (const name of names) {
      expect(name).toMatch(/^\.\/assets\//);
      expect(existsSync(built(join('page', name)))).toBe(true);
    }
  });

  it('has ELK in files that are loaded only when asked for', () => {
    expect(scripts.filter((name) => name.includes('elk')).length).toBeGreaterThan(0);
    expect(page).not.toContain('elk');
  });

  it('says whose code it contains, with the licences', () => {
    const notices = textOf('page/THIRD-PARTY.txt');
    for (const name of ['elkjs', 'preact', 'xstate', 'zod'])
      expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+, `, 'm'));
    expect(notices).toContain('Eclipse Public License - v 2.0');
    expect(notices).toContain('The above copyright notice and this permission notice');
  });
});

describe('the page in one file', () => {
  it('allows its own script and stylesheet, and no request', () => {
    const script = inside(/<script type="module">([\s\S]*?)<\/script>/g);
    const style = inside(/^ *<style>([\s\S]*?)<\/style>/gm);
    expect(inside(/http-equiv="Content-Security-Policy" content="([^"]*)"/g).split('; ')).toEqual([
      "default-src 'none'",
      `script-src ${hashOf(script)}`,
      `style-src ${hashOf(style)}`,
      'img-src data:',
    ]);
  });

  it('refers to no other file', () => {
    const references = [...standalone.matchAll(/<[a-z]+ [^>]*(?:src|href)="([^"]+)"/g)];
    for (const [, reference] of references) expect(reference).toMatch(/^data:/);
  });

  it('has a place for a document, and the licences', () => {
    expect(inside(/<script type="application\/json" id="document">([^<]*)<\/script>/g)).toBe('');
    const notices = inside(/<script type="text\/plain" id="notices">([\s\S]*?)<\/script>/g);
    expect(notices).toContain('preact');
    expect(notices).not.toContain('elkjs');
  });

  it('is without ELK', () => {
    expect(standalone).not.toContain('org.eclipse.elk');
  });
});

describe('the layouts', async () => {
  const { SHIPPED } = (await import(built('inspector/draw/chart/shipped.js'))) as {
    SHIPPED: Layouts;
  };

  it.each([...EVERY_MACHINE])('have the chart of %s as it is now', (id, machine) => {
    const chart = chartOf(machine);
    expect(SHIPPED[id]?.key).toBe(chartKey(chart));
    for (const { id: node } of nodesOf(chart.root))
      expect(SHIPPED[id]?.layout.nodes).toHaveProperty([node]);
  });

  it('are in both pages', () => {
    const main = scripts.map((name) => textOf(`page/assets/${name}`)).join('');
    for (const text of [main, standalone]) {
      for (const { key } of Object.values(SHIPPED)) expect(text).toContain(key);
    }
  });
});
