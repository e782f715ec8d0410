/** The top of every view: links to the views, and actions that every view has. */
import type { Address } from '../place/address.ts';
import type { Navigation } from '../place/navigation.ts';
import { useTheme } from '../place/theme.ts';
import type { Opening } from '../sources/files.ts';
import type { SessionState } from '../sources/session.ts';
import { Button } from './controls/button.tsx';
import { FileDrop } from './controls/file-drop.tsx';
import { Mark } from './controls/icon.tsx';

type HeadProps = {
  readonly known: SessionState;
  readonly navigation: Navigation;
  readonly onHelp: () => void;
  readonly onDocument: (opening: Extract<Opening, { readonly kind: 'document' }>) => void;
};

export function Head({ known, navigation, onHelp, onDocument }: HeadProps) {
  const { theme, toggle } = useTheme();
  const { view } = navigation.place.address;
  const live = { view: 'live', source: null, at: null, pin: null } as const;
  const link = (name: string, to: Address, isHere: boolean) => (
    <a href={navigation.link(to)} aria-current={isHere ? 'page' : undefined}>
      {name}
    </a>
  );
  return (
    <header class="head">
      <a class="brand" href={navigation.link({ view: 'claims' })}>
        <Mark />
        <span>Double-hop inspector</span>
      </a>
      <nav aria-label="Views">
        {link('Claims', { view: 'claims' }, view === 'claims' || view === 'story')}
        {known.runs.size > 0 ? link('Live', live, view === 'live') : null}
      </nav>
      <div class="head-end">
        <FileDrop onDocument={onDocument} />
        <Button name="Keys" icon="help" isIconOnly keys="?" onPress={onHelp} />
        <Button
          name={theme === 'light' ? 'Dark colours' : 'Light colours'}
          icon={theme === 'light' ? 'dark' : 'light'}
          isIconOnly
          onPress={toggle}
        />
      </div>
    </header>
  );
}
