import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';

export interface Tab<Id extends string> {
  readonly id: Id;
  readonly label: string;
  readonly before?: ComponentChildren;
  /** Something in it asks for attention. */
  readonly news?: boolean;
}

/** Tabs as the keyboard knows them: one stop, arrow keys inside. */
export function TabList<Id extends string>(props: {
  readonly label: string;
  readonly tabs: readonly Tab<Id>[];
  readonly active: Id;
  readonly onSelect: (id: Id) => void;
  readonly controls: string;
}) {
  const { label, tabs, active, onSelect, controls } = props;
  const list = useRef<HTMLDivElement>(null);

  function onKeyDown(event: KeyboardEvent) {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? tabs.length - 1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const next = (tabs.findIndex(({ id }) => id === active) + step) % tabs.length;
    const chosen = tabs[next];
    if (chosen) onSelect(chosen.id);
    list.current?.querySelectorAll('button')[next]?.focus();
  }

  return (
    <div class="tabs" role="tablist" aria-label={label} ref={list} onKeyDown={onKeyDown}>
      {tabs.map(({ id, label: text, before, news }) => (
        <button
          key={id}
          type="button"
          role="tab"
          aria-selected={id === active}
          aria-controls={controls}
          tabIndex={id === active ? 0 : -1}
          onClick={() => onSelect(id)}
        >
          {before}
          {text}
          {news && id !== active && (
            <span class="dot">
              <span class="hidden"> (something new)</span>
            </span>
          )}
        </button>
      ))}
    </div>
  );
}
