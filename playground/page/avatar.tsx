import { initials } from './format';
import { Icon } from './icons';

const TINTS = 6;

/** Initials in a colour that is always the same for the same person; the bot has its key. */
export function Avatar({ name, bot = false }: { readonly name: string; readonly bot?: boolean }) {
  const tint = [...name].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0) % TINTS;
  return (
    <span class={bot ? 'avatar bot' : `avatar tint-${tint}`} aria-hidden="true">
      {bot ? <Icon name="key" /> : initials(name)}
    </span>
  );
}
