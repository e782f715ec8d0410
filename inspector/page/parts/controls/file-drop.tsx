/** Opens documents: dropped anywhere on the page, or chosen by a button. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Opening, openFile } from '../../sources/files.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

type FileDropProps = {
  readonly onDocument: (opening: Extract<Opening, { readonly kind: 'document' }>) => void;
};

export function FileDrop({ onDocument }: FileDropProps) {
  const [problem, setProblem] = useState<Extract<Opening, { kind: 'problem' }> | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const [reading, setReading] = useState<string | null>(null);
  const take = async (file: File | undefined | null) => {
    if (!file) return;
    setReading(file.name);
    await aMoment();
    const opening = await openFile(file);
    setReading(null);
    if (opening.kind === 'problem') setProblem(opening);
    else onDocument(opening);
  };
  const isOver = useDrop(take);
  return (
    <>
      <Button name="Open a file" icon="file" onPress={() => input.current?.click()} />
      <input
        ref={input}
        class="visually-hidden"
        type="file"
        tabIndex={-1}
        accept=".json,application/json"
        aria-label="A document of check --json or trace --json"
        onChange={({ currentTarget }) => {
          take(currentTarget.files?.[0]);
          currentTarget.value = '';
        }}
      />
      <p class="visually-hidden" role="status">
        {reading === null ? '' : `Reading ${reading}.`}
      </p>
      {reading === null ? null : (
        <div class="drop-here" aria-hidden="true">
          <p>Reading {reading}…</p>
        </div>
      )}
      {isOver ? (
        <div class="drop-here" aria-hidden="true">
          <p>Drop a document of check --json or trace --json</p>
        </div>
      ) : null}
      {problem === null ? null : (
        <Dialog title="The file cannot be opened" isAlert onClose={() => setProblem(null)}>
          <div class="dialog-body">
            <p>
              <b>{problem.name}</b>: {problem.problem}.
            </p>
          </div>
        </Dialog>
      )}
    </>
  );
}

/** Long enough to draw the message before a large file is read. */
const aMoment = () => new Promise((resolve) => setTimeout(resolve, 30));

/** Whether a file is being dragged over the page now. */
function useDrop(take: (file: File | null | undefined) => void): boolean {
  const [isOver, setOver] = useState(false);
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    const listening = new AbortController();
    const on = { signal: listening.signal };
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    document.addEventListener(
      'dragover',
      (event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(true);
      },
      on,
    );
    document.addEventListener(
      'dragleave',
      ({ relatedTarget }) => {
        if (relatedTarget === null) setOver(false);
      },
      on,
    );
    document.addEventListener(
      'drop',
      (event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(false);
        latest.current(event.dataTransfer?.files[0]);
      },
      on,
    );
    return () => listening.abort();
  }, []);
  return isOver;
}
