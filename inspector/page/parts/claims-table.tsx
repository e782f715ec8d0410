/** A group of verdicts as a table; where there is no room for columns, as cards. */

import type { Navigation } from '../place/navigation.ts';
import { type ClaimRow, type Group, leadFrom, whereOf } from '../run/table-rows.ts';
import { grouped, timeText } from '../words.ts';
import { Icon } from './controls/icon.tsx';
import { VerdictBadge } from './verdict.tsx';

type ClaimsTableProps = {
  readonly group: Group;
  readonly isPlaced: boolean; // the deployment has a column
  readonly navigation: Navigation;
};

const NUMBERS = ['States', 'Transitions', 'Depth', 'Time'] as const;

export const ClaimsTable = ({ group, isPlaced, navigation }: ClaimsTableProps) => (
  <section class="claims-group">
    <h2>
      {group.title} <span class="muted">{group.rows.length}</span>
    </h2>
    <table class="claims-table">
      <caption class="visually-hidden">{group.title}</caption>
      <thead>
        <tr>
          <th scope="col" class="verdict-column">
            Verdict
          </th>
          <th scope="col">Claim</th>
          {isPlaced ? (
            <th scope="col" class="deployment-column">
              Deployment
            </th>
          ) : null}
          {NUMBERS.map((name) => (
            <th scope="col" class="numeric" key={name}>
              {name}
            </th>
          ))}
          <th scope="col" class="story-column">
            Story
          </th>
        </tr>
      </thead>
      <tbody>
        {group.rows.map((row) => (
          <OneRow
            key={`${row.ref.claim} ${whereOf(row)}`}
            row={row}
            isPlaced={isPlaced}
            navigation={navigation}
          />
        ))}
      </tbody>
    </table>
  </section>
);

type OneRowProps = {
  readonly row: ClaimRow;
  readonly isPlaced: boolean;
  readonly navigation: Navigation;
};

function OneRow({ row, isPlaced, navigation }: OneRowProps) {
  const { verdict, isSurprise } = row;
  const { states, transitions, depth, milliseconds } = verdict;
  const texts = [...[states, transitions, depth].map(grouped), timeText(milliseconds)];
  return (
    <tr class={verdict.verdict}>
      <td data-column="Verdict">
        <VerdictBadge {...verdict} isSurprise={isSurprise} />
      </td>
      <th scope="row" data-column="Claim">
        <span class="claim-name">{capitalised(verdict.name)}</span>
        <code class="claim-id">{verdict.id}</code>
      </th>
      {isPlaced ? <td data-column="Deployment">{whereOf(row)}</td> : null}
      {NUMBERS.map((name, i) => (
        <td data-column={name} class="numeric" key={name}>
          {texts[i]}
        </td>
      ))}
      <td data-column="Story">
        <LeadLink row={row} navigation={navigation} />
      </td>
    </tr>
  );
}

function LeadLink({ row, navigation }: Pick<OneRowProps, 'row' | 'navigation'>) {
  const lead = leadFrom(row);
  const { id, verdict, deployment, vacuity } = row.verdict;
  if (vacuity?.isVacuous) return <span class="muted">Vacuous: {vacuity.never.join('; ')}</span>;
  if (lead === null) return <span class="muted">{verdict === 'holds' ? 'It holds' : 'None'}</span>;
  const address = { view: 'story', story: lead.ref, at: null, pin: null, beside: false } as const;
  return (
    <a class="lead" href={navigation.link(address)} title={row.exhausted}>
      <span>{lead.text}</span>
      <span class="visually-hidden">
        , for {id} in {deployment}
      </span>
      <Icon name="next" />
    </a>
  );
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
