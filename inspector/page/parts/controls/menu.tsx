/** A button that opens a list of things to do; Escape and a click elsewhere close it. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon, type IconName } from './icon.tsx';

type MenuProps = {
  readonly name: string;
  readonly icon: IconName;
  readonly children: ComponentChildren;
};

export function Menu({ name, icon, children }: MenuProps) {
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event) => {
      if (menu.current?.open !== true) return;
      const isEscape = event instanceof KeyboardEvent && event.key === 'Escape';
      const isElsewhere = event.type === 'click' && !menu.current.contains(event.target as Node);
      if (!isEscape && !isElsewhere) return;
      menu.current.open = false;
      if (isEscape) menu.current.querySelector('summary')?.focus();
    };
    document.addEventListener('click', close);
    document.addEventListener('keydown', close);
    return () => {
      document.removeEventListener('click', close);
      document.removeEventListener('keydown', close);
    };
  }, []);
  return (
    <details class="menu" ref={menu}>
      <summary class="button">
        <Icon name={icon} />
        <span>{name}</span>
      </summary>
      <div class="menu-items">{children}</div>
    </details>
  );
}
