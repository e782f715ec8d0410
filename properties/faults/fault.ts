/** Makes weakened machines. The original machine is left as it is. */
import type { AnyStateMachine } from 'xstate';
import type { Machines } from '../../machines/system/deployment.ts';
import type { Fault } from '../claim.ts';

type Provided<Machine extends AnyStateMachine> = Parameters<Machine['provide']>[0];

/**
 * The machine with some guards or actions replaced.
 *
 * @throws TypeError for a name that the machine does not have, which `provide` would ignore.
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

/** A fault in one of the machines: some of its guards or actions are replaced. */
export const faultIn =
  <Name extends keyof Machines>(name: Name) =>
  (description: Omit<Fault, 'inject'>, replacements: Provided<Machines[Name]>): Fault => ({
    ...description,
    inject: (machines) => ({
      ...machines,
      [name]: replacing<AnyStateMachine>(machines[name], replacements),
    }),
  });
