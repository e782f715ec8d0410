/** Exploring by hand: the possible steps of a state, and the state of each claim so far. */
import { useMemo } from 'preact/hooks';
import type { ClaimSoFar } from '../../story/exploring/claims-so-far.ts';
import type { Explorable } from '../../story/exploring/explorable.ts';
import type { Exploration } from '../../story/exploring/explore.ts';
import { Problem } from '../parts/controls/error-boundary.tsx';
import { Banner } from '../parts/story/banner.tsx';
import { ClaimsSoFar } from '../parts/story/claims-so-far.tsx';
import { Offers } from '../parts/story/offers.tsx';
import { ShareMenu } from '../parts/story/share-menu.tsx';
import type { Mark } from '../parts/story/step-log.tsx';
import { StoryPanes } from '../parts/story/story-panes.tsx';
import type { Address } from '../place/address.ts';
import type { Navigation } from '../place/navigation.ts';
import { deploymentNamed, explorablesIn, Guide } from '../run/explorables.ts';
import type { SessionState } from '../sources/session.ts';

type ExploreAddress = Extract<Address, { readonly view: 'explore' }>;

type ExploreViewProps = {
  readonly known: SessionState;
  readonly address: ExploreAddress;
  readonly navigation: Navigation;
};

export function ExploreView({ known, address, navigation }: ExploreViewProps) {
  const { on, fault, about } = address;
  const deployment = deploymentNamed(known, on);
  const back = () => navigation.go({ view: 'claims' });
  if (deployment === undefined) {
    const isAwaited = known.status === 'connecting' || (known.status === 'open' && !known.opened);
    if (isAwaited) return <main class="problem">Waiting for the deployment…</main>;
    const text = `No deployment is called ${on}.`;
    return <Problem title="There is nothing to explore" text={text} onBack={back} />;
  }
  const all = explorablesIn(deployment, fault);
  const explorable = about === null ? all[0] : all.find(({ id }) => id === about);
  if (explorable === undefined) {
    const text = `No part of ${on} is called ${about}.`;
    return <Problem title="There is nothing to explore" text={text} onBack={back} />;
  }
  const key = [on, fault, explorable.id].join(' ');
  return <Explored key={key} {...{ explorable, all, address, navigation }} />;
}

type ExploredProps = {
  readonly explorable: Explorable;
  readonly all: readonly Explorable[];
  readonly address: ExploreAddress;
  readonly navigation: Navigation;
};

function Explored({ explorable, all, address, navigation }: ExploredProps) {
  const [whole, prefix] = useMemo(
    () => [new Guide(explorable), new Guide(explorable)],
    [explorable],
  );
  const { path, pin } = address;
  const key = path.join('.');
  const exploration = useMemo(() => whole.lead(path), [whole, key]);
  const position = Math.min(address.at ?? path.length, path.length);
  const here = useMemo(
    () => (position === path.length ? exploration : prefix.lead(path.slice(0, position))),
    [prefix, key, position],
  );
  const { story } = exploration;
  const change = (what: Partial<ExploreAddress>) =>
    navigation.go({ ...address, ...what }, 'replaced');
  const take = (offer: number) =>
    navigation.go({ ...address, path: [...path.slice(0, position), offer], at: null });
  return (
    <main class="story explore">
      <Banner story={story}>
        {address.fault === null ? null : <p class="muted">with {address.fault}</p>}
        <Subjects {...{ explorable, all, address, navigation }} />
        <ShareMenu story={story} position={position} entry={null} />
      </Banner>
      <StoryPanes
        story={story}
        position={position}
        pin={pin}
        marks={marksOf(exploration)}
        announced={violationsIn(here)}
        beforeLog={<Offers exploration={here} isBack={position < path.length} onTake={take} />}
        beforeCredentials={<ClaimsSoFar claims={here.claims} onPosition={(at) => change({ at })} />}
        onPosition={(at) => change({ at: at === path.length ? null : at })}
        onPin={(to) => change({ pin: to })}
      />
    </main>
  );
}

function Subjects({ explorable, all, address, navigation }: ExploredProps) {
  if (all.length < 2) return null;
  return (
    <label class="pin">
      <span class="visually-hidden">Explored</span>
      <select
        value={explorable.id}
        onChange={({ currentTarget: { value } }) =>
          navigation.go({ ...address, about: value, path: [], at: null, pin: null })
        }
      >
        {all.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The claims that are violated at each position; where none is, those that are witnessed. */
function marksOf({ claims }: Exploration): ReadonlyMap<number, Mark> {
  const marks = new Map<number, Mark>();
  const note = (state: ClaimSoFar['state'], tone: Mark['tone']) => {
    for (const { id, since } of claims.filter((claim) => claim.state === state)) {
      const before = since === null ? undefined : marks.get(since);
      if (since === null || (before !== undefined && before.tone !== tone)) continue;
      marks.set(since, { text: `${before ? `${before.text}; ` : ''}${id} ${state}`, tone });
    }
  };
  note('violated', 'bad');
  note('witnessed', 'good');
  return marks;
}

const violationsIn = ({ claims }: Exploration): string =>
  claims
    .filter(({ state }) => state === 'violated')
    .map(({ id, since }) => `${id} is violated since step ${since}.`)
    .join(' ');
