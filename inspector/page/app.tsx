/** The page: its head, and the view that its address names. */
import { useEffect, useState } from 'preact/hooks';
import { Connection } from './parts/connection.tsx';
import { ErrorBoundary, Problem } from './parts/controls/error-boundary.tsx';
import { Head } from './parts/head.tsx';
import { Help } from './parts/help.tsx';
import type { Address } from './place/address.ts';
import { useKeys } from './place/keys.ts';
import { type Navigation, useNavigation } from './place/navigation.ts';
import type { Entry, Session, SessionState } from './sources/session.ts';
import { ClaimsView } from './views/claims-view.tsx';
import { ExploreView } from './views/explore-view.tsx';
import { Landing } from './views/landing.tsx';
import { LiveView } from './views/live-view.tsx';
import { StatelyView } from './views/stately-view.tsx';
import { StoryView } from './views/story-view.tsx';

export function App({ session }: { readonly session: Session }) {
  const known = useKnown(session);
  const navigation = useNavigation();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const { address } = navigation.place;
  useLiveFirst(known, navigation);
  useKeys((command) => {
    if (command === 'help') setHelpOpen(true);
    return command === 'help';
  });
  useEffect(() => {
    document.title = titleOf(address);
  }, [address]);
  const back = () => navigation.go({ view: 'claims' });
  return (
    <>
      <Head
        known={known}
        navigation={navigation}
        onHelp={() => setHelpOpen(true)}
        onDocument={({ name, verdicts }) => show(session.add(verdicts, name), navigation)}
      />
      <Connection known={known} />
      <ErrorBoundary resetOn={address} onBack={back}>
        {address.view === 'problem' ? (
          <Problem
            title="This address cannot be read"
            text={`In the address of this page, ${address.problem}.`}
            onBack={back}
          />
        ) : (
          <Viewed known={known} address={address} navigation={navigation} />
        )}
      </ErrorBoundary>
      {isHelpOpen ? <Help onClose={() => setHelpOpen(false)} /> : null}
    </>
  );
}

/** A file with one story opens it; with more, the table. */
function show(added: readonly Entry[], { go }: Navigation): void {
  const [only, ...others] = added.filter(({ verdict }) => verdict.trace !== null);
  if (only !== undefined && others.length === 0)
    go({ view: 'story', story: only.ref, at: null, pin: null, beside: false });
  else go({ view: 'claims' });
}

type ViewedProps = {
  readonly known: SessionState;
  readonly address: Address;
  readonly navigation: Navigation;
};

function Viewed({ known, address, navigation }: ViewedProps) {
  const { status, entries, runs } = known;
  const hasNothing = (status === null || status === 'refused') && entries.length + runs.size === 0;
  if (hasNothing) return <Landing known={known} />;
  switch (address.view) {
    case 'claims':
      return <ClaimsView known={known} navigation={navigation} />;
    case 'story':
      return <StoryView known={known} address={address} navigation={navigation} />;
    case 'explore':
      return <ExploreView known={known} address={address} navigation={navigation} />;
    case 'live':
      return <LiveView known={known} address={address} navigation={navigation} />;
    case 'stately':
      return <StatelyView known={known} address={address} navigation={navigation} />;
  }
}

function titleOf(address: Navigation['place']['address']): string {
  const name = 'Double-hop inspector';
  if (address.view === 'story') return `${address.story.claim}, ${address.story.on} - ${name}`;
  if (address.view === 'explore') return `Exploring ${address.on} - ${name}`;
  return address.view === 'live' ? `Live - ${name}` : name;
}

/** Where actors run and no claim is checked, the page opens with the actors. */
function useLiveFirst({ runs, entries, status }: SessionState, { place, go }: Navigation): void {
  const isOnlyLive = runs.size > 0 && entries.length === 0 && status === null;
  useEffect(() => {
    if (isOnlyLive && place.address.view === 'claims')
      go({ view: 'live', source: null, at: null, pin: null }, 'replaced');
  }, [isOnlyLive]);
}

function useKnown(session: Session): SessionState {
  const [known, setKnown] = useState(session.known);
  useEffect(() => {
    setKnown(session.known);
    return session.listen(setKnown);
  }, [session]);
  return known;
}
