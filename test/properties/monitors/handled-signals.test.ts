/** A monitor that waits for a signal that no machine can make would hold for the wrong reason. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StateMachine } from 'xstate';
import { packageRoot } from '../../../cli/package.ts';

const FOLDER = join(packageRoot, 'properties/monitors');

/** The types of the union `Signal`, from its source. */
function declaredSignals(): ReadonlySet<string> {
  const source = readFileSync(join(packageRoot, 'machines/vocabulary/signals.ts'), 'utf8');
  const [, union = ''] = /export type Signal =\n(.*?);\n\n/s.exec(source) ?? [];
  return new Set([...union.matchAll(/readonly type: '([^']+)'/g)].map(([, type]) => type!));
}

/** Every machine that a file of the folder exports. */
async function monitorsIn(file: string) {
  const exported: object = await import(join(FOLDER, file));
  return Object.values(exported).filter((each) => each instanceof StateMachine);
}

describe('the signals that monitors handle', () => {
  const files = readdirSync(FOLDER).filter((name) => name !== 'state-predicates.ts');

  it('are read from the whole union', () => {
    const declared = declaredSignals();
    expect(declared).toContain('running');
    expect(declared).toContain('followed');
  });

  it.each(files)('are declared: %s', async (file) => {
    const monitors = await monitorsIn(file);
    expect(monitors).not.toEqual([]);
    const declared = declaredSignals();
    const unknown = monitors.flatMap(({ id, events }) =>
      events.filter((type) => !declared.has(type)).map((type) => `${id}: ${type}`),
    );
    expect(unknown).toEqual([]);
  });
});
