/** Listens for the keys of a story, while no dialog is open. */
import { useEffect, useRef } from 'preact/hooks';
import { type Command, commandOf, focusOf } from '../../place/keys.ts';

/** @param onCommand - false: it did nothing, and the key is left to the browser. */
export function useKeys(onCommand: (command: Command) => boolean): void {
  const latest = useRef(onCommand);
  latest.current = onCommand;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector('dialog[open]') !== null) return;
      const hasModifier = event.ctrlKey || event.altKey || event.metaKey;
      const command = commandOf({ key: event.key, hasModifier, focus: focusOf(event.target) });
      if (command !== null && latest.current(command)) event.preventDefault();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}
