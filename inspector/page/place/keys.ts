/** The keys of a story, and the controls that use some keys themselves. */
import { useEffect, useRef } from 'preact/hooks';

export type Command =
  | 'first'
  | 'previous'
  | 'next'
  | 'last'
  | 'play'
  | 'decisive'
  | 'help'
  | 'escape'
  | { readonly component: number }; // 1-based, as the keys are

export type Pressed = {
  readonly key: string;
  readonly hasModifier: boolean; // control, alt or meta
  readonly focus: Focus;
};

/**
 * - `typing`: text goes there. - `button`: space presses it. - `slider` and `choice`: arrows move
 * it. - `scroller`: arrows scroll it. - `page`: none of these.
 */
export type Focus = 'typing' | 'button' | 'slider' | 'choice' | 'scroller' | 'page';

const COMMANDS: Readonly<Record<string, Exclude<Command, object>>> = {
  ArrowRight: 'next',
  ArrowDown: 'next',
  j: 'next',
  ArrowLeft: 'previous',
  ArrowUp: 'previous',
  k: 'previous',
  Home: 'first',
  End: 'last',
  ' ': 'play',
  v: 'decisive',
  '?': 'help',
  Escape: 'escape',
};

/** Keys that the focused control uses itself. */
const OWN: Readonly<Record<Focus, RegExp>> = {
  typing: /^(?!Escape$)/,
  button: /^ $/,
  slider: /^(Arrow.*|Home|End)$/,
  choice: /^(?!Escape$|\?$)/,
  scroller: /^(ArrowUp|ArrowDown|Home|End| )$/,
  page: /^(?!)/,
};

/** Null: the key is left to the browser. */
export function commandOf({ key, hasModifier, focus }: Pressed): Command | null {
  if (hasModifier || OWN[focus].test(key)) return null;
  if (/^[1-9]$/.test(key)) return { component: Number(key) };
  return COMMANDS[key] ?? null;
}

export function focusOf(target: EventTarget | null): Focus {
  if (!(target instanceof Element)) return 'page';
  if (target instanceof HTMLInputElement) {
    if (target.type === 'range') return 'slider';
    return ['checkbox', 'radio', 'button', 'file'].includes(target.type) ? 'button' : 'typing';
  }
  if (target instanceof HTMLSelectElement) return 'choice';
  if (target.matches('textarea, [contenteditable]')) return 'typing';
  if (target.matches('button, a, summary')) return 'button';
  return target.matches('[data-scroller]') ? 'scroller' : 'page';
}

/** The keys and their effects, for the help. */
export const HELP: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ['→', '↓', 'j'], does: 'Next step; at the end of a loop: back to the start of the loop' },
  { keys: ['←', '↑', 'k'], does: 'Previous step' },
  { keys: ['Home'], does: 'Before the first step' },
  { keys: ['End'], does: 'Last step' },
  { keys: ['v'], does: 'The decisive step' },
  { keys: ['Space'], does: 'Play or pause' },
  { keys: ['1', '…', '9'], does: 'Chart of that component; again: of the acting component' },
  { keys: ['+', '−', '0'], does: 'With the chart in focus: zoom in, zoom out, show all' },
  { keys: ['Shift', '→'], does: 'With the chart in focus: move it' },
  { keys: ['?'], does: 'This list' },
  { keys: ['Esc'], does: 'Close the dialog, menu or comparison' },
];

/**
 * Listens for the keys of a story, unless a dialog is open.
 *
 * @param onCommand - false: nothing was done, and the browser handles the key.
 */
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
