import { useId, useRef, useState } from 'preact/hooks';
import type { PersonCard, ScreenConversation } from '../contract';
import { Avatar } from './avatar';
import { Icon } from './icons';
import { completeMention, mentionAt } from './mentions';

const SUGGESTED = 6;

/** Where a person writes. `@` offers Onboard and the people of the tenant. */
export function Compose(props: {
  readonly conversation: ScreenConversation;
  readonly people: readonly PersonCard[];
  readonly suggestion: string | null;
  readonly onSay: (text: string) => Promise<void>;
}) {
  const { conversation, people, suggestion, onSay } = props;
  const [text, setText] = useState('');
  const [caret, setCaret] = useState(0);
  const [chosen, setChosen] = useState(0);
  const [closed, setClosed] = useState(false);
  const [sending, setSending] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();

  const word = closed ? null : mentionAt(text, caret);
  const names =
    word === null
      ? []
      : [
          { name: 'Onboard', about: 'App', bot: true },
          ...people.map(({ displayName, jobTitle }) => ({ name: displayName, about: jobTitle, bot: false })),
        ]
          .filter(({ name }) =>
            name
              .toLowerCase()
              .split(' ')
              .some((part) => part.startsWith(word.toLowerCase())),
          )
          .slice(0, SUGGESTED);
  const active = Math.min(chosen, names.length - 1);

  function type(value: string, at: number) {
    setText(value);
    setCaret(at);
    setChosen(0);
    setClosed(false);
  }

  function complete(name: string) {
    const done = completeMention(text, caret, name);
    type(done.text, done.caret);
    input.current?.focus();
  }

  async function send() {
    if (text.trim() === '' || sending) return;
    setSending(true);
    const sent = text;
    type('', 0);
    await onSay(sent);
    setSending(false);
    input.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent) {
    const name = names[active]?.name;
    if (name === undefined) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setChosen((active + (event.key === 'ArrowDown' ? 1 : names.length - 1)) % names.length);
    } else if (event.key === 'Enter' || event.key === 'Tab') {
      event.preventDefault();
      complete(name);
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      setClosed(true);
    }
  }

  const label =
    conversation.kind === 'personal' ? 'Message Onboard' : `Message ${conversation.name}; @Onboard asks the bot`;
  return (
    <form
      class="compose"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {names.length > 0 && (
        <div class="suggestions" role="listbox" id={`${id}-list`} aria-label="People and apps">
          {names.map(({ name, about, bot }, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: arrow keys and Enter in the field do the same
            <div
              key={name}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => complete(name)}
            >
              <Avatar name={name} bot={bot} />
              <span>{name}</span>
              <small>{about}</small>
            </div>
          ))}
        </div>
      )}
      {suggestion && text === '' && (
        <button
          type="button"
          class="chip"
          onClick={() => {
            type(suggestion, 0);
            setClosed(true);
            input.current?.focus();
          }}
        >
          {suggestion}
        </button>
      )}
      <div class="line">
        <input
          ref={input}
          type="text"
          autocomplete="off"
          role="combobox"
          aria-expanded={names.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={names.length > 0 ? `${id}-${active}` : undefined}
          aria-label={label}
          placeholder={label}
          value={text}
          onInput={(event) => type(event.currentTarget.value, event.currentTarget.selectionStart ?? 0)}
          onKeyDown={onKeyDown}
          onBlur={() => setClosed(true)}
        />
        <button type="submit" class="icon-button" aria-label="Send" disabled={text.trim() === '' || sending}>
          <Icon name="send" />
        </button>
      </div>
    </form>
  );
}
