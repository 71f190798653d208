import { useCallback, useState } from 'preact/hooks';
import { api } from './api';
import { firstName } from './format';
import { Header } from './header';
import { PersonColumn } from './person-column';
import { StoryBar } from './story-bar';
import { TabList } from './tab-list';
import { TenantPanelView } from './tenant-panel';
import { Pointer } from './tours/pointer';
import type { Tour } from './tours/tour';
import { TourBar } from './tours/tour-bar';
import { TourMenu } from './tours/tour-menu';
import { useTour } from './tours/use-tour';
import { useMedia, useNow, useTheme } from './use-page';
import { useWorld } from './use-world';
import { windowsOf } from './window-view';
import type { World } from './world';

const PARTS = ['Helpdesk', 'Manager', 'Employee'] as const;
const castOf = (scenario: 'everyone' | 'admins') => ['priya', 'mo', scenario === 'admins' ? 'ada' : 'jane'];

/** What the first person is offered to write. */
const ASK = { everyone: '@onboard jane', admins: '@onboard ada' } as const;

/** The tenant in a few words, for when its panel is closed. */
function exemptText({ panel }: World, now: number): { readonly text: string; readonly open: boolean } {
  const { open } = windowsOf(panel);
  const [first] = open;
  if (!first) return { text: 'Nobody is exempt', open: false };
  const name = panel.group.members.find(({ id }) => id === first.userId)?.name ?? '';
  const who = open.length === 1 ? `${name} is exempt` : `${open.length} are exempt`;
  return {
    text: first.endsAt === null ? who : `${who}, ${Math.ceil(Math.max(0, first.endsAt - now) / 60_000)} min`,
    open: true,
  };
}

export function App() {
  const [chosen, setChosen] = useState<readonly string[] | null>(null);
  const [scenario, setScenario] = useState<'everyone' | 'admins'>('everyone');
  const cast = chosen ?? castOf(scenario);
  const { world, online, refresh } = useWorld(cast);
  if (world && world.info.scenario !== scenario) setScenario(world.info.scenario);

  const [dark, toggleTheme] = useTheme();
  const now = useNow(world?.ahead ?? 0);
  const narrow = useMedia('(max-width: 1099px)');
  const docked = useMedia('(min-width: 1340px)');
  const [panelOpen, setPanelOpen] = useState(true);
  const [drawer, setDrawer] = useState(false);
  const [words, setWords] = useState('');
  const announce = useCallback((text: string) => setWords(text), []);

  // Whoever is shown anew has nothing open and nothing typed.
  const [runs, setRuns] = useState(0);
  async function prepare(tour: Tour) {
    await api.reset();
    setChosen(tour.cast);
    await new Promise((drawn) => setTimeout(drawn, 50));
    await refresh();
    setPanelOpen(true);
    setRuns((before) => before + 1);
  }
  const { state: touring, spot, player } = useTour(prepare);

  if (!world) {
    return (
      <main class="stage">
        <p class="loading">
          {online ? 'Opening the playground.' : 'The playground does not answer. Is it still running?'}
        </p>
      </main>
    );
  }
  return (
    <>
      <Header
        info={world.info}
        online={online}
        dark={dark}
        onTheme={toggleTheme}
        panelOpen={docked ? panelOpen : drawer}
        exempt={exemptText(world, now)}
        onPanel={narrow ? undefined : () => (docked ? setPanelOpen(!panelOpen) : setDrawer(!drawer))}
        refresh={refresh}
        announce={announce}
        tours={<TourMenu usable={world.info.scenario === 'everyone'} onStart={player.start} />}
      />
      <StoryBar world={world} />
      <main class={narrow ? 'stage narrow' : 'stage'}>
        <Stage
          key={runs}
          world={world}
          cast={cast}
          now={now}
          narrow={narrow}
          panel={narrow ? 'tab' : docked ? (panelOpen ? 'docked' : 'none') : drawer ? 'drawer' : 'none'}
          onCast={setChosen}
          onCloseDrawer={() => setDrawer(false)}
          refresh={refresh}
          announce={announce}
        />
      </main>
      {touring && <TourBar state={touring} player={player} />}
      {touring && <Pointer spot={spot} />}
      <div class="hidden" role="status" aria-live="polite">
        {words}
      </div>
    </>
  );
}

function Stage(props: {
  readonly world: World;
  readonly cast: readonly string[];
  readonly now: number;
  readonly narrow: boolean;
  readonly panel: 'docked' | 'drawer' | 'tab' | 'none';
  readonly onCast: (cast: readonly string[]) => void;
  readonly onCloseDrawer: () => void;
  readonly refresh: () => Promise<void>;
  readonly announce: (text: string) => void;
}) {
  const { world, cast, now, narrow, panel, onCast, onCloseDrawer, refresh, announce } = props;
  const [tab, setTab] = useState('0');

  const columns = cast.flatMap((key, index) => {
    const person = world.people.find((one) => one.key === key);
    if (!person || !world.screens[key]) return [];
    return [
      <PersonColumn
        key={index}
        id={String(index)}
        part={key === castOf(world.info.scenario)[index] ? (PARTS[index] ?? null) : null}
        person={person}
        world={world}
        now={now}
        suggestion={index === 0 ? ASK[world.info.scenario] : null}
        onPerson={(other) => onCast(cast.map((one, at) => (at === index ? other : one)))}
        refresh={refresh}
        announce={announce}
      />,
    ];
  });
  const tenant = (
    <TenantPanelView
      world={world}
      now={now}
      shown={cast}
      refresh={refresh}
      onClose={panel === 'drawer' ? onCloseDrawer : undefined}
    />
  );

  if (narrow) {
    const tabs = [
      ...cast.map((key, index) => ({
        id: String(index),
        label: firstName(world.people.find((one) => one.key === key)?.displayName ?? key),
        news: (world.screens[key]?.conversations.reduce((sum, { unread }) => sum + unread, 0) ?? 0) > 0,
      })),
      { id: 'tenant', label: 'Tenant' },
    ];
    return (
      <>
        <TabList label="Who or what is shown" tabs={tabs} active={tab} onSelect={setTab} controls="stage" />
        <div class="one" id="stage" role="tabpanel" aria-label={tabs.find(({ id }) => id === tab)?.label}>
          {tab === 'tenant' ? tenant : columns[Number(tab)]}
        </div>
      </>
    );
  }
  return (
    <>
      <div class="columns">{columns}</div>
      {panel === 'docked' && tenant}
      {panel === 'drawer' && <div class="drawer">{tenant}</div>}
    </>
  );
}
