/** Which server of a recording is which host of a topology. */
import type { Recording } from '../../conformance/recording/recording.ts';
import type { Topology } from '../../machines/system/topology.ts';
import { BadInput, didYouMean } from './bad-input.ts';

/**
 * Host names by origin. Default: the servers, as they appear, are the hosts in their order.
 *
 * @param named - as "frontEnd=http://127.0.0.5:8081"
 * @throws BadInput for an unknown host or origin
 */
export function recordedHosts(
  { connections }: Recording,
  named: readonly string[],
  { hosts, name: topology }: Pick<Topology, 'hosts' | 'name'>,
): ReadonlyMap<string, string> {
  const origins = [...new Set(connections.map(({ server }) => server))];
  const names = hosts.map(({ name }) => name);
  if (named.length === 0)
    return new Map(origins.flatMap((origin, i) => (names[i] ? [[origin, names[i]]] : [])));
  return new Map(
    named.map((text) => {
      const [, name = '', origin = ''] = /^([^=]+)=(.+)$/.exec(text) ?? [];
      if (!names.includes(name))
        throw new BadInput(
          `--host ${text}: it must be NAME=ORIGIN; the hosts of ${topology} are ${names.join(', ')}` +
            didYouMean(name, names),
        );
      if (!origins.includes(origin))
        throw new BadInput(
          `--host ${text}: the recording has no such server; its servers are ${origins.join(', ')}` +
            didYouMean(origin, origins),
        );
      return [origin, name] as const;
    }),
  );
}
