/** A button with an icon, a text, or both. Without a text, its name is spoken all the same. */
import { Icon, type IconName } from './icon.tsx';

export type ButtonProps = {
  readonly name: string;
  readonly icon?: IconName;
  readonly isIconOnly?: boolean;
  readonly isPressed?: boolean; // undefined: it is not one that stays down
  readonly isDisabled?: boolean;
  readonly kind?: 'plain' | 'primary';
  readonly keys?: string; // shown in the tooltip
  readonly onPress: () => void;
};

export function Button(props: ButtonProps) {
  const { name, icon, isIconOnly = false, isPressed, isDisabled = false, kind = 'plain' } = props;
  const title = props.keys === undefined ? name : `${name} (${props.keys})`;
  return (
    <button
      type="button"
      class={`button ${kind}${isIconOnly ? ' icon-only' : ''}`}
      aria-pressed={isPressed}
      aria-disabled={isDisabled ? 'true' : undefined}
      aria-label={isIconOnly ? name : undefined}
      title={isIconOnly || props.keys !== undefined ? title : undefined}
      onClick={() => {
        if (!isDisabled) props.onPress();
      }}
    >
      {icon === undefined ? null : <Icon name={icon} />}
      {isIconOnly ? null : <span>{name}</span>}
    </button>
  );
}
