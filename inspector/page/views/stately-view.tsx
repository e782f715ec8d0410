/** Sends a run to the official inspector, after saying that it then leaves this machine. */

import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { officialEvents } from '../../story/protocol/official.ts';
import type { Story } from '../../story/story.ts';
import { Button } from '../parts/controls/button.tsx';
import { Problem } from '../parts/controls/error-boundary.tsx';
import type { Address } from '../place/address.ts';
import type { Navigation } from '../place/navigation.ts';
import { entryOf, type SessionState } from '../sources/session.ts';
import { Official, type OfficialState, STATELY_URL } from '../sources/stately.ts';
import { useStory } from '../sources/story-loader.ts';
import { counted, grouped } from '../words.ts';
import { Awaited, StoryProgress } from './loading.tsx';

type StatelyAddress = Extract<Address, { readonly view: 'stately' }>;

type StatelyViewProps = {
  readonly known: SessionState;
  readonly address: StatelyAddress;
  readonly navigation: Navigation;
};

export function StatelyView({ known, address, navigation }: StatelyViewProps) {
  const entry = address.story === null ? undefined : entryOf(known, address.story);
  const loading = useStory(entry);
  const back = () => navigation.go({ view: 'claims' });
  if (address.story !== null) {
    if (loading === undefined) return <Awaited known={known} wanted={address.story} back={back} />;
    if (loading.kind === 'failed')
      return <Problem title="This trace cannot be shown" text={loading.problem} onBack={back} />;
    if (loading.kind === 'building') return <StoryProgress {...loading} />;
    return <SendingStory story={loading.story} />;
  }
  const run =
    address.source === null ? [...known.runs.values()][0] : known.runs.get(address.source);
  if (run === undefined) {
    const text = 'Open a story or run actors first.';
    return <Problem title="There is nothing to send" text={text} onBack={back} />;
  }
  const messages = run.messages.filter(({ type }) => type.startsWith('@xstate.'));
  return <Sending title={`the live run of ${run.source}`} messages={messages} />;
}

function SendingStory({ story }: { readonly story: Story }) {
  const messages = useMemo(() => officialEvents(story), [story]);
  return <Sending title={story.title} messages={messages} />;
}

type SendingProps = { readonly title: string; readonly messages: readonly unknown[] };

function Sending({ title, messages }: SendingProps) {
  const official = useRef<Official | null>(null);
  const [state, setState] = useState(Official.closed);
  useEffect(() => () => official.current?.stop(), []);
  useEffect(() => official.current?.send(messages), [messages]);
  const open = () => {
    official.current ??= new Official(setState);
    official.current.open();
    official.current.send(messages);
  };
  return (
    <main class="problem stately">
      <h1>Open {title} in the official inspector</h1>
      <p>
        The button opens <code>{STATELY_URL}</code> in a new window and sends it this run. The run
        then leaves this machine: {grouped(messages.length)} messages, with the machines, their
        states and their events. All names and credentials of the model are invented. Live actors of
        your own program may hold real ones.
      </p>
      <Button name="Open Stately and send it" icon="external" kind="primary" onPress={open} />
      <p role="status">{said(state)}</p>
    </main>
  );
}

function said({ problem, isOpen, isHeard, sent }: OfficialState): string {
  if (problem !== null) return problem;
  if (!isOpen) return 'No message was sent yet.';
  return `${counted(sent, 'message')} sent${isHeard ? '' : '; the window has not answered yet'}.`;
}
