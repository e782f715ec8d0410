/** A notice while the connection to the command is lost or refused. */
import type { SessionState } from '../sources/session.ts';
import { Icon } from './controls/icon.tsx';

const SAID = {
  lost: 'The command cannot be reached; trying again…',
  refused: 'The command refuses this page. Open the address that it printed last.',
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
