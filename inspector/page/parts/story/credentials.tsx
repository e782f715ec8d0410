/** Where each credential went, up to the selected step: a table of credentials and parties. */
import { useMemo } from 'preact/hooks';
import { partyNamed } from '../../../story/components.ts';
import type { Story } from '../../../story/story.ts';
import { credentialTableAt, type Deed, ledgerOf } from '../../run/credential-table.ts';

type CredentialsProps = { readonly story: Story; readonly position: number };

export function Credentials({ story, position }: CredentialsProps) {
  const ledger = useMemo(() => ledgerOf(story), [story]);
  const { parties, rows } = credentialTableAt(ledger, position);
  const isEnd = position === story.steps.length;
  return (
    <>
      {rows.length === 0 ? (
        <p class="muted">No credential has gone anywhere yet.</p>
      ) : (
        <table class="matrix">
          <thead>
            <tr>
              <th scope="col">Credential</th>
              {parties.map((party) => (
                <th scope="col" key={party}>
                  {partyNamed(party, story.components)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ credential, cells }) => (
              <tr key={credential}>
                <th scope="row">{credential}</th>
                {cells.map((deeds, i) => (
                  <td key={parties[i]}>
                    <Cell deeds={deeds} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {isEnd && story.cost !== '' ? <p class="cost">{story.cost}</p> : null}
    </>
  );
}

const Cell = ({ deeds }: { readonly deeds: readonly Deed[] }) =>
  deeds.length === 0 ? (
    <span class="visually-hidden">nothing</span>
  ) : (
    <ul>
      {deeds.map(({ did, since, isNow }) => (
        <li key={did} class={`${did}${isNow ? ' new' : ''}`}>
          {did}
          <small>{isNow ? ' now' : ` ${since}`}</small>
        </li>
      ))}
    </ul>
  );
