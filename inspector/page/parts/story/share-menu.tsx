/** Takes a story, or the way to it, out of the page. */
import { useState } from 'preact/hooks';
import type { Story } from '../../../story/story.ts';
import type { Entry } from '../../sources/session.ts';
import { download, exportsOf } from '../../sources/share.ts';
import { Button } from '../controls/button.tsx';
import { Menu } from '../controls/menu.tsx';

type ShareMenuProps = {
  readonly story: Story;
  readonly position: number;
  readonly entry: Entry | null;
  readonly onStately?: () => void; // where the run can be sent to the official inspector
};

export function ShareMenu({ story, position, entry, onStately }: ShareMenuProps) {
  const [said, say] = useState('');
  const attempt = async (what: string, act: () => void | Promise<void>) => {
    try {
      await act();
      say(`${what}.`);
    } catch (error) {
      say(`It failed: ${error instanceof Error ? error.message : error}.`);
    }
  };
  return (
    <Menu name="Share" icon="share">
      <Button
        name="Copy link to this step"
        icon="link"
        onPress={() => attempt('Copied', () => navigator.clipboard.writeText(location.href))}
      />
      {exportsOf(story, position, entry).map((wanted) => (
        <Button
          key={wanted.name}
          name={wanted.name}
          icon="download"
          onPress={() => attempt(`Saved ${wanted.file}`, () => download(wanted))}
        />
      ))}
      {onStately === undefined ? null : (
        <Button name="Open in the Stately inspector" icon="external" onPress={onStately} />
      )}
      <p class="said" role="status">
        {said}
      </p>
    </Menu>
  );
}
