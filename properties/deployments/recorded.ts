/** Runs that were recorded of real software, told as runs of the deployment that they are. */
import type { Deployment } from '../../machines/system/topology.ts';

const SUFFIX = ', as recorded';

/** The same deployment, by the name under which its recorded runs are told. */
export const asRecorded = (deployment: Deployment): Deployment => ({
  ...deployment,
  name: `${deployment.name}${SUFFIX}`,
});

/** The name of the deployment that a recorded run is a run of. Null: `name` is of no such run. */
export const modelOf = (name: string): string | null =>
  name.endsWith(SUFFIX) ? name.slice(0, -SUFFIX.length) : null;
