/** Within which bounds a system is explored, in a sentence. */
import type { System } from '../../machines/system/component.ts';
import { CONNECTIONS } from '../../machines/system/most-general-system.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import { boundsOf } from '../../properties/deployments/summary.ts';

/** Against the most general client, a deployment's own bounds do not count. */
export function boundsIn({ bounds }: Deployment, system: System): string {
  const client = system.find(({ machine }) => machine.id === 'mostGeneralClient');
  if (client === undefined) return boundsOf(bounds);
  const { challengesMax } = client.input as { readonly challengesMax: number };
  return (
    `Bounds: one server against the most general client, ${CONNECTIONS.length} connections, ` +
    `${challengesMax} challenges in all.`
  );
}
