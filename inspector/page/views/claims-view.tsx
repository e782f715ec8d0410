/** The first screen: every claim and its verdict in every deployment, the urgent ones first. */
import { useMemo, useState } from 'preact/hooks';
import { ClaimsTable } from '../parts/claims-table.tsx';
import { Deployments } from '../parts/deployments.tsx';
import { ProgressLine } from '../parts/progress-line.tsx';
import type { Navigation } from '../place/navigation.ts';
import { type Grouping, groupsOf, rowsOf, summaryOf } from '../run/table-rows.ts';
import type { SessionState } from '../sources/session.ts';

type ClaimsViewProps = { readonly known: SessionState; readonly navigation: Navigation };

export function ClaimsView({ known, navigation }: ClaimsViewProps) {
  const { entries, opened, isFinished, status } = known;
  const [text, setText] = useState('');
  const [groupBy, setGroupBy] = useState<Grouping>('verdict');
  const rows = useMemo(() => rowsOf(entries), [entries]);
  const groups = groupsOf(rows, text, groupBy);
  const isWaiting = status !== null && !isFinished && opened?.about !== 'live';
  return (
    <main class="claims">
      <div class="claims-head">
        <div>
          <h1>{summaryOf(rows, !isWaiting)}</h1>
          <ProgressLine known={known} />
        </div>
        <search class="toolbar">
          <label class="filter">
            <span class="visually-hidden">Filter claims</span>
            <input
              type="search"
              placeholder="Filter claims"
              value={text}
              onInput={({ currentTarget }) => setText(currentTarget.value)}
            />
          </label>
          <label class="group-by">
            <span>Group by</span>
            <select
              value={groupBy}
              onChange={({ currentTarget }) => setGroupBy(currentTarget.value as Grouping)}
            >
              <option value="verdict">verdict</option>
              <option value="deployment">deployment</option>
            </select>
          </label>
        </search>
      </div>
      <Deployments entries={entries} opened={opened} navigation={navigation} />
      {groups.length === 0 && rows.length > 0 ? (
        <p class="muted padded">No claim mentions "{text}".</p>
      ) : null}
      {groups.map((group) => (
        <ClaimsTable
          key={group.title}
          group={group}
          isPlaced={groupBy !== 'deployment'}
          navigation={navigation}
        />
      ))}
    </main>
  );
}
