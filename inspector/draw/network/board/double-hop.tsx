/** The double hop as one picture file: a run with one mechanism beside a run with another. */
import type { Story } from '../../../story/story.ts';
import { pictureFile } from '../../picture-file.ts';
import { Board } from './board.tsx';
import { columnOf } from './columns.ts';

/** @throws RangeError for runs that have no double hop, or whose connections are no chain. */
export function doubleHopSvg(left: Story, right: Story): string {
  const columns = [columnOf(left), columnOf(right)] as const;
  const names = columns.map(({ name }) => name).join(' beside ');
  return pictureFile(
    <Board
      title={`The double hop, ${names}`}
      note="Each column is a run that the checker found. The numbers are its steps."
      columns={columns}
    />,
  );
}
