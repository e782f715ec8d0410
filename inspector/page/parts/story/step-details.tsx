/** One step in full: each component's event, and the selected component's reaction. */
import type { Reaction, Story } from '../../../story/story.ts';
import { type Change, differences } from '../../run/context-diff.ts';
import { type Selection, stateText } from '../../run/selection.ts';
import { Icon } from '../controls/icon.tsx';

type DetailsProps = { readonly story: Story; readonly selection: Selection };

export function StepDetails({ story, selection }: DetailsProps) {
  const { position, reaction: index, component, before, after } = selection;
  const step = story.steps[position - 1];
  const reaction = index === null ? undefined : step?.reactions[index];
  return (
    <div class="details">
      {step === undefined ? null : (
        <ReactionList reactions={step.reactions} selected={index} pick={selection.pick} />
      )}
      <section aria-label="Reaction" class="reaction">
        <h3>
          <code>{component}</code>
        </h3>
        {reaction === undefined ? (
          <p class="muted">
            {position === 0 ? 'Its initial state.' : 'It received no event in this step.'}
          </p>
        ) : (
          <ReactionFacts reaction={reaction} />
        )}
        <p class="state-line">
          <span class="term">State</span>
          {reaction === undefined ? (
            <code>{stateText(after)}</code>
          ) : (
            <StateChange before={stateText(before)} after={stateText(after)} />
          )}
        </p>
        <ContextTable before={before.context} after={after.context} />
      </section>
    </div>
  );
}

type ReactionListProps = {
  readonly reactions: readonly Reaction[];
  readonly selected: number | null;
  readonly pick: (index: number) => void;
};

const ReactionList = ({ reactions, selected, pick }: ReactionListProps) => (
  <ol class="reactions" aria-label="Events of this step, by component">
    {reactions.map(({ component, event }, i) => (
      <li key={`${i} ${component}`}>
        <button type="button" aria-pressed={i === selected} onClick={() => pick(i)}>
          <code>{component}</code>
          <span class="received">{event.type}</span>
        </button>
      </li>
    ))}
  </ol>
);

function ReactionFacts({ reaction }: { readonly reaction: Reaction }) {
  const { component, from, event, guards, actions, taken } = reaction;
  const { type, ...fields } = event;
  return (
    <dl class="facts">
      <dt>Event</dt>
      <dd>
        <code>{type}</code>
        {from === component ? null : <span class="muted"> from {from}</span>}
        <Fields fields={fields} />
      </dd>
      <dt>Guards</dt>
      <dd>
        <GuardList guards={guards} isKnown={taken !== null} />
      </dd>
      <dt>Actions</dt>
      <dd>{actions.length === 0 ? <Muted text="none" /> : <Names names={actions} />}</dd>
    </dl>
  );
}

function Fields({ fields }: { readonly fields: Readonly<Record<string, unknown>> }) {
  const shown = differences({}, fields).filter(({ path }) => path !== 'from');
  return (
    <>
      {shown.map(({ path, after }) => (
        <span class="field" key={path}>
          {path} <code>{after}</code>
        </span>
      ))}
    </>
  );
}

type GuardListProps = { readonly guards: Reaction['guards']; readonly isKnown: boolean };

function GuardList({ guards, isKnown }: GuardListProps) {
  if (guards.length === 0) return <Muted text={isKnown ? 'none was evaluated' : 'not known'} />;
  return (
    <ul class="guards">
      {guards.map(({ name, held }, i) => (
        <li key={`${i} ${name}`} class={held ? 'held' : 'failed'}>
          <Icon name={held ? 'holds' : 'violated'} />
          <code>{name}</code> {held ? 'is true' : 'is false'}
        </li>
      ))}
    </ul>
  );
}

const Names = ({ names }: { readonly names: readonly string[] }) => (
  <>
    {names.map((name, i) => (
      <code class="name" key={`${i} ${name}`}>
        {name}
      </code>
    ))}
  </>
);

const Muted = ({ text }: { readonly text: string }) => <span class="muted">{text}</span>;

function StateChange({ before, after }: { readonly before: string; readonly after: string }) {
  if (before === after) {
    return (
      <span>
        <code>{after}</code> <Muted text="as before" />
      </span>
    );
  }
  return (
    <span class="changed">
      <code>{before}</code>
      <span aria-hidden="true">→</span>
      <span class="visually-hidden">becomes</span>
      <code>{after}</code>
    </span>
  );
}

const SIGNS: Readonly<Record<Change, string>> = {
  same: '',
  changed: 'changed',
  added: 'added',
  removed: 'removed',
};

function ContextTable({ before, after }: { readonly before: unknown; readonly after: unknown }) {
  const rows = differences(before, after);
  if (rows.length === 0) return <p class="muted">Its context is empty.</p>;
  return (
    <table class="context">
      <caption>Context</caption>
      <thead class="visually-hidden">
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Value</th>
          <th scope="col">Change</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ path, change, before: was, after: is }) => (
          <tr key={path} class={change}>
            <th scope="row">{path}</th>
            <td>
              {change === 'changed' || change === 'removed' ? <del>{was}</del> : null}
              {is === null ? null : <code>{is}</code>}
            </td>
            <td class="sign">{SIGNS[change]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
