import { useEffect, useRef, useState } from 'preact/hooks';
import type { PersonCard } from '../contract';
import { api } from './api';
import { Avatar } from './avatar';
import { DeviceView } from './device-view';
import { Icon } from './icons';
import { type Tab, TabList } from './tab-list';
import { TeamsClient } from './teams-client';
import type { World } from './world';

type View = 'teams' | 'computer' | 'phone';

/** One person: who it is, and what she has in front of her. */
export function PersonColumn(props: {
  readonly id: string;
  /** What the person does in the story; null for somebody who was put here instead. */
  readonly part: string | null;
  readonly person: PersonCard;
  readonly world: World;
  readonly now: number;
  readonly suggestion: string | null;
  readonly onPerson: (key: string) => void;
  readonly refresh: () => Promise<void>;
  readonly announce: (text: string) => void;
}) {
  const { id, part, person, world, now, suggestion, onPerson, refresh, announce } = props;
  const [view, setView] = useState<View>('teams');
  const screen = world.screens[person.key];
  const computer = world.pages[`${person.key}/computer`];
  const phone = world.pages[`${person.key}/phone`];
  const messages = screen?.conversations.reduce((sum, { unread }) => sum + unread, 0) ?? 0;

  // A device that came to another page while something else was in front.
  const seen = useRef<Record<string, string>>({});
  const [news, setNews] = useState<ReadonlySet<View>>(new Set());
  useEffect(() => {
    const fresh = (['computer', 'phone'] as const).filter((device) => {
      const page = world.pages[`${person.key}/${device}`]?.page;
      const before = seen.current[device];
      if (page !== undefined) seen.current[device] = page;
      return before !== undefined && before !== page && device !== view;
    });
    setNews((old) => new Set([...old, ...fresh].filter((one) => one !== view)));
  }, [computer?.page, phone?.page, view]);

  const tabs: readonly Tab<View>[] = [
    { id: 'teams', label: 'Teams', before: <Icon name="chat" />, news: view !== 'teams' && messages > 0 },
    { id: 'computer', label: 'Computer', before: <Icon name="computer" />, news: news.has('computer') },
    ...(phone
      ? [{ id: 'phone' as const, label: 'Phone', before: <Icon name="phone" />, news: news.has('phone') }]
      : []),
  ];
  const active = view === 'phone' && !phone ? 'teams' : view;
  const page = active === 'computer' ? computer : active === 'phone' ? phone : undefined;

  async function scan() {
    setView('phone');
    await api.press(person.key, 'phone', 'scan', {});
    await refresh();
  }

  return (
    <section
      class="column"
      aria-label={part === null ? person.displayName : `${part}: ${person.displayName}`}
      data-person={person.key}
    >
      <header class="column-head">
        <Avatar name={person.displayName} />
        <div class="who">
          <label>
            <span class="hidden">Who is shown here</span>
            <select value={person.key} onChange={(event) => onPerson(event.currentTarget.value)}>
              {world.people.map(({ key, displayName }) => (
                <option key={key} value={key}>
                  {displayName}
                </option>
              ))}
            </select>
          </label>
          <p>{person.jobTitle}</p>
        </div>
        {part !== null && <span class="part">{part}</span>}
      </header>
      <TabList
        label={`What ${person.displayName} has in front`}
        tabs={tabs}
        active={active}
        onSelect={setView}
        controls={`view-${id}`}
      />
      <div class="view" id={`view-${id}`} role="tabpanel" aria-label={tabs.find(({ id }) => id === active)?.label}>
        {active === 'teams' && screen && (
          <TeamsClient
            key={person.key}
            person={person}
            screen={screen}
            people={world.people}
            members={world.members}
            suggestion={suggestion}
            refresh={refresh}
            announce={announce}
          />
        )}
        {active !== 'teams' && page && (
          <DeviceView
            key={`${person.key} ${active}`}
            person={person}
            device={active}
            page={page}
            now={now}
            refresh={refresh}
            onScan={() => void scan()}
          />
        )}
      </div>
    </section>
  );
}
