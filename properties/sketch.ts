/** Deployments in a line: who visits what, what that calls on, and within which bounds. */
import type { Bounds, Deployment } from '../machines/system/topology.ts';

/** "alice, bob -> frontEnd (NTLM) -> mailbox (NTLM)": who visits what, and what that calls on. */
export function sketch({ users, hosts }: Deployment): string {
  const from = (name: string): string => {
    const { accepts, callsOn } = hosts.find((host) => host.name === name)!;
    return ` -> ${name} (${accepts})${callsOn === null ? '' : from(callsOn)}`;
  };
  const doors = [...new Set(users.flatMap(({ visits }) => visits))];
  return doors
    .map((door) => {
      const visitors = users.filter(({ visits }) => visits.includes(door));
      return `${visitors.map(({ name }) => name).join(', ')}${from(door)}`;
    })
    .join('; ');
}

/** A sentence. */
export const boundsOf = ({
  connections,
  challenges,
  pages,
  wrongPasswords,
  closing,
}: Bounds): string =>
  `Bounds: ${connections} connection${connections === 1 ? '' : 's'} a pair, ${challenges} ` +
  `challenges before they repeat, pages ${pages.join(', ')}, ` +
  `${wrongPasswords ? '' : 'no '}wrong passwords, ` +
  `connections ${closing ? 'close' : 'stay open'}.`;
