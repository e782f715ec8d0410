/**
 * Rules that hold of the whole repository, read from its real sources and its real machines.
 *
 * Each finds its offenders and expects none. An exception is listed with its reason, and one that
 * excuses nothing any more is an offender itself.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type AnyEventObject,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  initialTransition,
  StateMachine,
  transition,
} from 'xstate';
import { stateKey } from '../checker/model/state-key.ts';
import { packageRoot } from '../cli/package.ts';
import { CLAIMS } from '../properties/catalogue.ts';
import { DEPLOYMENTS } from '../properties/deployments/deployments.ts';
import { FAULTS } from '../properties/faults/faults.ts';
import { type Plan, transitionsOf } from './machines/support/model-based.ts';
import { PLANS } from './machines/support/plans.ts';
import {
  allPaths,
  type Finding,
  findIn,
  importsOf,
  linesOf,
  machineParts,
  offenders,
  packageOf,
  sourceOf,
  textOf,
  zoneHolding,
  zoneOf,
} from './support/sources.ts';

/** Files that may break a rule, each with its reason. */
const EXCEPTIONS = {
  size: {
    'machines/ntlm/ntlm-server.ts': 'every event in every state, by every policy and check',
    'machines/ntlm/ntlm-client.ts': 'every event in every state that a request can be in',
    'test/inspector/story/record.test.ts': 'what a story holds of every step, in one place',
    'test/tidy.test.ts': 'every rule of the repository, in one place',
    'test/checker/model/table.test.ts': 'each case is a machine of its own, written out',
    'test/cli/command.test.ts': 'what the command prints, whole',
    'test/cli/input/contradictions.test.ts': 'a row for each mistake, with the sentence it meets',
    'test/cli/input/topology-file.test.ts': 'what is printed of each bad file, whole',
    'test/cli/input/topology-schema.test.ts': 'a row for each mistake, with the sentence it meets',
    'test/properties/monitors/monitors.test.ts': 'the traces of eleven monitors, written out',
    'test/story/stories.test.ts': 'stories as they are printed, whole',
  },
  directives: {
    'test/properties/faults/faults.test.ts': 'misspells a name on purpose, to see it refused',
  },
} as const;

const PATHS = allPaths();
/** All but what is compiled by another compiler, of another language. */
const SOURCES = PATHS.filter(
  (path) => /\.tsx?$/.test(path) && !path.startsWith('checker/kernel/native/assembly/'),
);
const PROSE = PATHS.filter((path) => path === 'README.md' || /^docs\/.*\.md$/.test(path));
/** What runs in Node. The page, and what is asked of ELK, are bundled when the project is built. */
const RUNS = /^(machines|checker|properties|story|conformance|cli|inspector)\//;
const AT_BUILD =
  /^(inspector\/(page\/|draw\/chart\/(build-layouts|layout-later))|checker\/kernel\/native\/build)/;
const PRODUCT = SOURCES.filter((path) => RUNS.test(path) && !AT_BUILD.test(path));
const inFolder = (folder: string) => SOURCES.filter((path) => path.startsWith(`${folder}/`));
const inZone = (zone: string) => SOURCES.filter((path) => zoneHolding(path) === zone);

type Manifest = Readonly<
  Record<'scripts' | 'dependencies' | 'devDependencies' | 'bin', Record<string, string>>
>;
const manifestOf = (folder: string) => JSON.parse(textOf(join(folder, 'package.json'))) as Manifest;
const { scripts, dependencies, devDependencies } = manifestOf('');

const duplicates = (names: readonly string[]) =>
  names.filter((name, i) => names.indexOf(name) !== i);

const DOMAIN = ['machines', 'checker', 'properties', 'story', 'xstate'];
const STORY = ['inspector/story', ...DOMAIN];
const DRAW = ['inspector/draw', 'preact', ...STORY];
const SERVER = ['inspector/server', 'inspector/feed.ts', 'node:', ...STORY];
const CONFORMANCE = ['conformance', 'machines', 'checker', 'xstate'];
const CRYPTO = ['hash-wasm', 'crypto-js'];
const PEERS = ['express', 'express-ntlm', 'httpntlm', 'axios', 'axios-ntlm', '@ewsjs/ntlm-client'];
const WIDGETS = ['@tanstack/virtual-core', '@panzoom/panzoom', '@statelyai/inspect'];

describe('a file imports', () => {
  it.each([
    ['machines', ['machines', 'xstate']],
    ['checker', ['checker', 'checker/kernel/native', 'xstate']],
    ['checker/kernel/native', ['checker', 'checker/kernel/native', 'assemblyscript', 'node:']],
    ['properties', ['properties', 'machines', 'checker', 'story', 'xstate', 'fast-check']],
    ['story', ['story', 'machines', 'checker', 'xstate']],
    ['conformance', [...CONFORMANCE, 'fast-check', ...CRYPTO, 'zod', 'jsonc-parser', 'node:']],
    ['lab', ['lab', ...CONFORMANCE, ...PEERS, 'playwright-core', 'node:']],
    ['inspector/story', [...STORY, 'zod', 'jsonc-parser']],
    ['inspector/draw', [...DRAW, 'preact-render-to-string', 'elkjs', 'node:']],
    ['inspector/server', [...SERVER, 'ws']],
    ['inspector/page', ['inspector/page', 'inspector/feed.ts', ...DRAW, ...WIDGETS, 'zod']],
    [
      'cli/bench',
      ['cli/bench', 'machines', 'properties', 'checker', 'xstate', 'fast-check', 'node:'],
    ],
    ['cli', ['cli', 'cli/bench', 'conformance', ...DRAW, ...SERVER, ...Object.keys(dependencies)]],
  ])('in %s/, from nowhere but where it may', (folder, allowed) => {
    expect(inZone(folder)).not.toEqual([]);
    const strays = (path: string) =>
      importsOf(sourceOf(path)).filter(({ what }) => !allowed.includes(zoneOf(path, what)));
    expect(offenders(inZone(folder), strays)).toEqual([]);
  });

  it('@xstate/test in test/machines/support/model-based.ts alone', () => {
    const importers = SOURCES.filter((path) =>
      importsOf(sourceOf(path)).some(({ what }) => packageOf(what) === '@xstate/test'),
    );
    expect(importers).toEqual(['test/machines/support/model-based.ts']);
  });
});

describe('package.json', () => {
  const importedBy = (paths: readonly string[]) => {
    const zones = paths.flatMap((path) =>
      importsOf(sourceOf(path)).map(({ what }) =>
        what.startsWith('.') ? null : zoneOf(path, what),
      ),
    );
    return new Set(zones.filter((zone) => zone !== null && zone !== 'node:'));
  };

  it('has among its dependencies exactly the packages that the product imports', () => {
    expect([...importedBy(PRODUCT)].sort()).toEqual(Object.keys(dependencies).sort());
  });

  it('has no devDependency that no test imports, and no script or configuration names', () => {
    const imported = importedBy(SOURCES.filter((path) => !PRODUCT.includes(path)));
    const words = Object.values(scripts).flatMap((script) => script.split(' '));
    const { types } = JSON.parse(textOf('tsconfig.json')).compilerOptions as { types: string[] };
    const runs = (name: string) =>
      Object.keys(manifestOf(`node_modules/${name}`).bin ?? {}).some((bin) => words.includes(bin));
    const unused = Object.keys(devDependencies).filter(
      (name) =>
        !imported.has(name) &&
        !runs(name) &&
        ![...types, ...Object.keys({ ...dependencies, ...devDependencies })].some(
          (typed) => name === `@types/${typed}`,
        ),
    );
    expect(unused).toEqual([]);
  });
});

describe('machines/', () => {
  it.each([
    /\bDate\b/,
    /\bMath\.random\b/,
    /\bcrypto\b/,
    /\bnode:/,
    /\basync\b/,
    /\bawait\b/,
    /\bPromise\b/,
    /\binvoke\s*:/,
    /\bspawn\w*/,
    /\bafter\s*:/,
    /\bset(?:Timeout|Interval|Immediate)\b/,
    /\bperformance\b/,
  ])('has no %s in its code', (pattern) => {
    const find = (path: string) => findIn(sourceOf(path), ['code', 'string', 'template'], pattern);
    expect(offenders(inFolder('machines'), find)).toEqual([]);
  });
});

type Found = { readonly path: string; readonly name: string; readonly machine: AnyStateMachine };

const MACHINE_FILES = [...inFolder('machines'), ...inFolder('properties/monitors')];
const FOUND: readonly Found[] = (
  await Promise.all(
    MACHINE_FILES.map(async (path) => {
      const exported: object = await import(join(packageRoot, path));
      return Object.entries(exported).flatMap(([name, machine]) =>
        machine instanceof StateMachine ? [{ path, name, machine }] : [],
      );
    }),
  )
).flat();

describe('the machines', () => {
  it('are those with a plan, and the monitors', () => {
    const planned = FOUND.filter(({ path }) => path.startsWith('machines/'));
    expect(planned.map(({ name }) => name).sort()).toEqual(Object.keys(PLANS).sort());
    expect(FOUND.filter(({ path }) => path.startsWith('properties/')).length).toBeGreaterThan(0);
  });
});

describe.each(FOUND.map((found) => [found.name, found] as const))('%s', (name, found) => {
  const { path, machine } = found;
  const { actions, guards, actors, delays } = machine.implementations;
  const { actions: usedActions, guards: usedGuards } = machineParts(machine);

  it('has the name it is exported under as its id', () => {
    expect(machine.id).toBe(name);
  });

  it('describes itself and each of its states in one line', () => {
    const silent = (node: AnyStateMachine['root']): string[] => [
      ...(/\S/.test(node.description ?? '') && !node.description!.includes('\n') ? [] : [node.id]),
      ...Object.values(node.states).flatMap(silent),
    ];
    expect(silent(machine.root)).toEqual([]);
  });

  it('names its @source in the comment at the head of its file', () => {
    const [head] = sourceOf(path);
    expect(`${path}: ${head?.kind === 'comment' ? head.text : ''}`).toMatch(/\s@source\s/);
  });

  it('uses only actions and guards that its setup names', () => {
    expect(usedActions.filter((used) => !(used in actions))).toEqual([]);
    expect(usedGuards.filter((used) => !(used in guards))).toEqual([]);
  });

  /** Two machines of one file may share a setup; then either may be the one that uses it. */
  it('has a setup that names only what is used, and neither actors nor delays', () => {
    const sharing = FOUND.filter((other) => other.path === path).map(({ machine }) => machine);
    const dead = (kind: 'actions' | 'guards') =>
      Object.entries(machine.implementations[kind]).filter(
        ([used, does]) =>
          !sharing.some(
            (other) =>
              other.implementations[kind][used] === does &&
              machineParts(other)[kind].includes(used),
          ),
      );
    expect([...dead('actions'), ...dead('guards')].map(([unused]) => unused)).toEqual([]);
    expect([actors, delays]).toEqual([{}, {}]);
  });
});

/** Every state that the events of a plan lead to. */
function statesReached({ model, input, events }: Plan): readonly AnyMachineSnapshot[] {
  const keyOf = ({ value, context }: AnyMachineSnapshot) => stateKey({ value, context });
  const [initial] = initialTransition(model, input);
  const reached = new Map([[keyOf(initial), initial as AnyMachineSnapshot]]);
  for (const state of reached.values())
    for (const event of events) {
      const [next] = transition(model, state, event);
      if (!reached.has(keyOf(next))) reached.set(keyOf(next), next);
    }
  return [...reached.values()];
}

describe.each(Object.entries(PLANS))('%s, asked anything,', (name, plans) => {
  const told = (state: AnyMachineSnapshot, { type }: AnyEventObject) =>
    `${JSON.stringify(state.value)} refuses ${type}`;

  if (['ntlmServerConnection', 'basicServerConnection'].includes(name))
    it('answers every event of its plans in every state that they reach', () => {
      const refusals = plans.flatMap((plan) =>
        statesReached(plan).flatMap((state) =>
          plan.events.filter((event) => !state.can(event)).map((event) => told(state, event)),
        ),
      );
      expect(refusals).toEqual([]);
    });
  else
    it('refuses what it does not name, so that it waits', () => {
      const wildcards = transitionsOf(plans[0]!.model).filter((taken) => taken.includes(': *'));
      expect(wildcards).toEqual([]);
    });
});

describe('a source file', () => {
  it('is cut into tokens that leave no quote in the code, so these rules read it right', () => {
    const find = (path: string) => findIn(sourceOf(path), ['code'], /['"`]/);
    expect(offenders(SOURCES, find)).toEqual([]);
  });

  it('has at most 175 lines where it is a machine, and 260 elsewhere', () => {
    const find = (path: string): Finding[] => {
      const [line, limit] = [linesOf(path).length, path.startsWith('machines/') ? 175 : 260];
      return line > limit ? [{ what: `the last line of at most ${limit}`, line }] : [];
    };
    expect(offenders(SOURCES, find, EXCEPTIONS.size)).toEqual([]);
  });

  it('has at most 100 columns, but in a template, for a string that no formatter breaks, or a URL', () => {
    const find = (path: string): Finding[] => {
      const templates = findIn(sourceOf(path), ['template'], /\n|$/).map(({ line }) => line);
      return linesOf(path).flatMap((text, i) =>
        [...text].length > 100 &&
        !templates.includes(i + 1) &&
        !/https?:\/\/\S+$|^\s*(?:[?:] |it\()?'/.test(text)
          ? [{ what: `${[...text].length} columns`, line: i + 1 }]
          : [],
      );
    };
    expect(offenders(SOURCES, find)).toEqual([]);
  });

  it('leaves nothing to do, and no test out', () => {
    const all = ['code', 'comment', 'string', 'template'] as const;
    const find = (path: string) => [
      ...findIn(sourceOf(path), all, /\b(?:TODO|FIXME|XXX)\b/),
      ...findIn(sourceOf(path), ['code'], /\.(?:only|skip)\b(?=\s*[(.])/),
    ];
    expect(offenders(SOURCES, find)).toEqual([]);
  });

  it('has no type that is any', () => {
    const find = (path: string) =>
      findIn(sourceOf(path), ['code'], /: any\b|\bas any\b|<any\b|\bany\[\]/);
    expect(offenders(SOURCES, find)).toEqual([]);
  });

  it('silences no tool', () => {
    const directive = /eslint-disable|biome-ignore|@ts-(?:ignore|expect-error|nocheck)/;
    const find = (path: string) => findIn(sourceOf(path), ['comment'], directive);
    expect(offenders(SOURCES, find, EXCEPTIONS.directives)).toEqual([]);
  });
});

describe('a mechanism', () => {
  /**
   * They speak of names in HTTP headers, recordings and documents, not of what a mechanism does.
   */
  const NAMES =
    /^conformance\/(serve\/reply|trace\/(explanation|scope))|^cli\/commands\/(conform|judge)\//;

  it('is asked what it does, and never compared by its name', () => {
    const compared = (path: string): Finding[] =>
      linesOf(path).flatMap((text, i) =>
        /[!=]== '(?:NTLM|Basic)'/.test(text) ? [{ what: text.trim(), line: i + 1 }] : [],
      );
    const paths = PRODUCT.filter((path) => !NAMES.test(path));
    expect(offenders(paths, compared)).toEqual([]);
  });
});

describe('the catalogue', () => {
  it.each([
    ['claims', CLAIMS],
    ['faults', FAULTS],
  ])('gives its %s ids in kebab-case, each its own', (_, entries) => {
    const ids = entries.map(({ id }) => id);
    expect(ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
    expect(duplicates(ids)).toEqual([]);
  });

  it('says of every claim its hypothesis, where it applies, and its source', () => {
    const silent = CLAIMS.filter(
      ({ given, scope, source }) => !given.says.trim() || !scope.trim() || !source.trim(),
    );
    expect(silent.map(({ id }) => id)).toEqual([]);
  });

  it('gives every deployment a name of its own', () => {
    expect(duplicates(DEPLOYMENTS.map(({ name }) => name))).toEqual([]);
  });
});

describe('the prose', () => {
  it('links to nothing of ours that is not there', () => {
    const find = (path: string) =>
      linesOf(path).flatMap((text, i) =>
        [...text.matchAll(/\]\(([^)\s]+)\)/g)]
          .map(([, target]) => target!.replace(/#.*$/, ''))
          .filter((target) => target !== '' && !/^[a-z]+:/.test(target))
          .filter((target) => !existsSync(join(packageRoot, dirname(path), target)))
          .map((target) => ({ what: join(dirname(path), target), line: i + 1 })),
      );
    expect(offenders(PROSE, find)).toEqual([]);
  });
});

describe('a path in backticks', () => {
  it('in prose or in a comment is there', () => {
    const named =
      /`((?:machines|properties|story|checker|conformance|lab|inspector|cli|test)\/[\w./-]*)`/g;
    const find = (path: string) =>
      linesOf(path).flatMap((text, i) =>
        [...text.matchAll(named)]
          .filter(([, target]) => !existsSync(join(packageRoot, target!)))
          .map(([what]) => ({ what, line: i + 1 })),
      );
    expect(offenders([...PROSE, ...SOURCES], find)).toEqual([]);
  });
});

describe('the repository', () => {
  it('names no path or host of the machine on which it was written', () => {
    const elsewhere =
      /[/](?:work|farm)[/]|[.][.][/]shared|[.]library|registry[.]npmjs|deb[.]debian[.]org/g;
    const find = (path: string) =>
      linesOf(path).flatMap((text, i) =>
        [...text.matchAll(elsewhere)].map(([what]) => ({ what, line: i + 1 })),
      );
    const texts = PATHS.filter((path) => !['package-lock.json', '.ci/run'].includes(path));
    expect(offenders(texts, find)).toEqual([]);
  });
});
