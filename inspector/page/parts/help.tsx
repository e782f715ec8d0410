/** The keys, listed. */
import { HELP } from '../place/keys.ts';
import { Dialog } from './controls/dialog.tsx';

export const Help = ({ onClose }: { readonly onClose: () => void }) => (
  <Dialog title="Keys" onClose={onClose}>
    <div class="dialog-body">
      <dl class="help-keys">
        {HELP.map(({ keys, does }) => (
          <>
            <dt key={does}>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </>
        ))}
      </dl>
      <p class="muted">
        A click on a step of the sequence diagram selects it too. The chart moves when it is
        dragged, and zooms with the wheel while Control is held.
      </p>
    </div>
  </Dialog>
);
