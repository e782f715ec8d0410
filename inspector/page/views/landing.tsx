/** Shown while the page has no content: how to open some. */
import type { SessionState } from '../sources/session.ts';

export const Landing = ({ known: { status } }: { readonly known: SessionState }) => (
  <main class="problem">
    <h1>
      {status === 'refused'
        ? 'The command refuses this page'
        : 'Open the address that the command printed'}
    </h1>
    <p>
      {status === 'refused'
        ? 'The token in the address is not the token that the command printed last.'
        : 'This page shows the results of a command, and this address has no token.'}{' '}
      Run <code>double-hop inspect</code> and open the whole address that it prints.
    </p>
    <p>
      Or open a document of <code>double-hop check --json</code> or{' '}
      <code>double-hop trace --json</code>: drop the file anywhere on the page.
    </p>
  </main>
);
