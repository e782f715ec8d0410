/** The deployments of the claims, each in a line with its bounds. */

import type { Deployment } from '../../../machines/system/topology.ts';
import { boundsOf, summaryOf } from '../../../properties/deployments/summary.ts';
import type { Navigation } from '../place/navigation.ts';
import type { Entry, Opened } from '../sources/session.ts';
import { Icon } from './controls/icon.tsx';

type DeploymentsProps = {
  readonly entries: readonly Entry[];
  readonly opened: Opened | null;
  readonly navigation: Navigation;
};

export function Deployments({ entries, opened, navigation }: DeploymentsProps) {
  const deployments = new Map<string, Deployment>();
  const checked = entries.filter(({ isRemedy }) => !isRemedy);
  for (const deployment of [
    ...(opened?.deployments ?? []),
    ...checked.map((entry) => entry.deployment),
  ])
    if (!deployments.has(deployment.name)) deployments.set(deployment.name, deployment);
  if (deployments.size === 0) return null;
  const bounds = [...deployments.values()].map((deployment) => boundsOf(deployment.bounds));
  const isOneBound = new Set(bounds).size === 1;
  return (
    <section class="deployments" aria-label="Deployments">
      <ul>
        {[...deployments.values()].map((deployment, i) => (
          <li key={deployment.name}>
            <b>{deployment.name}</b>
            <span class="summary">{arrows(summaryOf(deployment))}</span>
            {isOneBound ? null : <span class="muted">{bounds[i]}</span>}
            <a
              class="lead"
              href={navigation.link({
                view: 'explore',
                on: deployment.name,
                fault: null,
                about: null,
                path: [],
                at: null,
                pin: null,
              })}
            >
              <Icon name="explore" />
              <span>
                Explore<span class="visually-hidden"> {deployment.name}</span> by hand
              </span>
            </a>
          </li>
        ))}
      </ul>
      {isOneBound ? <p class="muted">{bounds[0]}</p> : null}
    </section>
  );
}

const arrows = (text: string) => text.replaceAll('->', '→');
