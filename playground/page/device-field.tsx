import { useId } from 'preact/hooks';
import type { Page, PageField, PersonCard } from '../contract';
import { api } from './api';

export interface Hint {
  readonly label: string;
  /** What is typed; null when there is nothing to type. */
  readonly find: () => Promise<string | null>;
}

/** What this person knows or was told, to be typed with one press. */
export function hintFor(field: PageField, page: Page, person: PersonCard): Hint | null {
  if (field.id === 'name' && page.page === 'sign-in-name') {
    return { label: `Type ${person.userPrincipalName}`, find: async () => person.userPrincipalName };
  }
  if (field.id === 'password') return { label: 'Type the password', find: async () => person.password };
  if (field.id === 'pass') {
    return {
      label: 'Type the pass that was read out',
      find: async () => (await api.passes()).findLast(({ userId }) => userId === person.id)?.code ?? null,
    };
  }
  return null;
}

/** One thing to be typed or chosen on a device. */
export function Field(props: {
  readonly field: PageField;
  readonly value: string;
  readonly hint: Hint | null;
  readonly onValue: (value: string) => void;
  /** Looks up what is to be typed; until it is there nothing on this page may be pressed. */
  readonly onHint: (hint: Hint) => void;
}) {
  const { field, value, hint, onValue, onHint } = props;
  const id = useId();
  if (field.kind === 'choice') {
    return (
      <label class="field">
        {field.label}
        <select value={value} onChange={(event) => onValue(event.currentTarget.value)}>
          <option value="">Choose</option>
          {(field.options ?? []).map((option) => (
            <option key={option} value={option}>
              {option}
            </option>
          ))}
        </select>
      </label>
    );
  }
  const typing = {
    id,
    autocomplete: 'off',
    spellcheck: false,
    value,
    onInput: (event: { readonly currentTarget: HTMLInputElement }) => onValue(event.currentTarget.value),
  };
  return (
    <div class="field" data-field={field.id}>
      <label for={id}>{field.label}</label>
      {field.kind === 'password' && field.id !== 'pass' ? (
        <input type="password" {...typing} />
      ) : (
        <input type="text" {...typing} />
      )}
      {hint && (
        <button type="button" class="chip" onClick={() => onHint(hint)}>
          {hint.label}
        </button>
      )}
    </div>
  );
}
