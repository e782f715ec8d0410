/** Where the page has nothing to show: how to get something. */
import type { SessionState } from '../sources/session.ts';

export const Landing = ({ known: { status } }: { readonly known: SessionState }) => (
  <main class="problem">
    <h1>
      {status === 'refused'
        ? 'The command does not know this page'
        : 'Open the address that the command printed'}
    </h1>
    <p>
      {status === 'refused'
        ? 'The token in the address is not the one that the command gave out last.'
        : 'This page shows what a command tells it, and this address has no token.'}{' '}
      Run <code>double-hop inspect</code> and open the whole address that it prints.
    </p>
    <p>
      Or open a file here: what <code>double-hop check --json</code> or{' '}
      <code>double-hop trace --json</code> printed. Drop it anywhere on the page.
    </p>
  </main>
);
