/** Weakened machines: the honest one stays as it is, and another is made of it. */
import type { AnyStateMachine } from 'xstate';
import type { Machines } from '../../machines/system/deployment.ts';
import type { Fault } from '../claim.ts';

type Provided<Machine extends AnyStateMachine> = Parameters<Machine['provide']>[0];

/**
 * The machine with some guards or actions replaced.
 *
 * @throws TypeError when it has none of that name: `provide` itself would say nothing.
 */
export function replacing<Machine extends AnyStateMachine>(
  machine: Machine,
  replacements: Provided<Machine>,
): Machine {
  for (const kind of ['guards', 'actions'] as const)
    for (const name of Object.keys(replacements[kind] ?? {}))
      if (!(name in machine.implementations[kind]))
        throw new TypeError(`${machine.id} has no ${name} among its ${kind}`);
  return machine.provide(replacements) as Machine;
}

/** A mistake in one of the machines, made by replacing some of its guards or actions. */
export const faultIn =
  <Name extends keyof Machines>(name: Name) =>
  (told: Omit<Fault, 'inject'>, replacements: Provided<Machines[Name]>): Fault => ({
    ...told,
    inject: (machines) => ({
      ...machines,
      [name]: replacing<AnyStateMachine>(machines[name], replacements),
    }),
  });
