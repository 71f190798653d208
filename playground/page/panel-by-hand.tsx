import { useState } from 'preact/hooks';
import type { ByHand, PersonCard } from '../contract';
import { api } from './api';
import { DeedButton } from './deed-button';

const DEEDS: readonly (readonly [ByHand['do'], string])[] = [
  ['add-member', 'Put into the onboarding group'],
  ['remove-member', 'Take out of the onboarding group'],
  ['remove-methods', 'Remove all sign-in methods'],
  ['new-phone', 'Hand out a new, empty phone'],
  ['spare-key', 'Register a spare key that is at home'],
];

/** What an administrator can do past Onboard: the mistakes that people make, and the help that they need. */
export function ByHandBlock(props: {
  readonly people: readonly PersonCard[];
  readonly first: string;
  readonly refresh: () => Promise<void>;
}) {
  const { people, first, refresh } = props;
  const [chosen, setChosen] = useState<string | null>(null);
  const key = chosen ?? first;
  return (
    <section class="block">
      <h3>By hand</h3>
      <p class="quiet">An administrator at work, past Onboard.</p>
      <label class="setting">
        Person
        <select value={key} onChange={(event) => setChosen(event.currentTarget.value)}>
          {people.map((person) => (
            <option key={person.key} value={person.key}>
              {person.displayName}
            </option>
          ))}
        </select>
      </label>
      <div class="setting stacked">
        {DEEDS.map(([deed, label]) => (
          <DeedButton key={deed} label={label} act={() => api.byHand({ do: deed, key })} refresh={refresh} />
        ))}
      </div>
    </section>
  );
}

const ROUNDS: Readonly<Record<number, string>> = {
  0: 'The watchdog had nothing to do, or is still counting.',
  4: 'Onboard is silent, and somebody may still be in the group.',
  5: 'Onboard is silent. The watchdog emptied the group.',
};

/** The small command that empties the group when no instance of Onboard answers. */
export function WatchdogBlock({ refresh }: { readonly refresh: () => Promise<void> }) {
  const [words, setWords] = useState('It acts after ten minutes of silence, seen in three rounds or more.');
  const [busy, setBusy] = useState(false);
  async function round() {
    setBusy(true);
    try {
      const { code } = await api.watchdog();
      setWords(ROUNDS[code] ?? `The watchdog ended with ${code}.`);
    } catch {
      setWords('The playground does not answer.');
    }
    await refresh();
    setBusy(false);
  }
  return (
    <section class="block">
      <h3>Watchdog</h3>
      <p class="quiet" role="status">
        {words}
      </p>
      <div class="setting stacked">
        <button type="button" disabled={busy} onClick={() => void round()}>
          Let it make a round, as on another host
        </button>
      </div>
    </section>
  );
}
