/** What is to be said of the connection to the command. Nothing, while it is as it should be. */
import type { SessionState } from '../sources/session.ts';
import { Icon } from './controls/icon.tsx';

const SAID = {
  lost: 'The command is gone or unreachable; trying again…',
  refused: 'The command no longer knows this page. Open the address that it printed last.',
} as const;

export function Connection({ known: { status } }: { readonly known: SessionState }) {
  const text = status === 'lost' || status === 'refused' ? SAID[status] : null;
  return (
    <div class="connection" role="status">
      {text === null ? null : (
        <p class="notice plain">
          <Icon name="surprise" />
          <span>{text}</span>
        </p>
      )}
    </div>
  );
}
