import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Device } from '../contract';
import { api } from './api';
import { listen } from './live';
import type { World } from './world';

const DEVICES: readonly Device[] = ['computer', 'phone'];

/** What does not change while the playground runs. */
type Known = Pick<World, 'people' | 'members'>;

async function readKnown(): Promise<Known> {
  const [people, roster] = await Promise.all([api.people(), api.roster()]);
  const members: Record<string, string[]> = {};
  for (const { key, conversations } of roster) {
    for (const { id } of conversations) members[id] = [...(members[id] ?? []), key];
  }
  return { people, members };
}

async function readAll(before: Known | undefined, keys: readonly string[]): Promise<World> {
  const known = before ?? (await readKnown());
  const shown = [...new Set(keys)].filter((key) => known.people.some((person) => person.key === key));
  const devices = shown
    .flatMap((key) => DEVICES.map((device) => ({ key, device })))
    .filter(({ key, device }) => device === 'computer' || key !== 'breakglass');
  const [info, panel, screens, pages] = await Promise.all([
    api.info(),
    api.panel(),
    Promise.all(shown.map(async (key) => [key, await api.screen(key)] as const)),
    Promise.all(devices.map(async ({ key, device }) => [`${key}/${device}`, await api.look(key, device)] as const)),
  ]);
  return {
    info,
    people: known.people,
    members: known.members,
    panel,
    screens: Object.fromEntries(screens),
    pages: Object.fromEntries(pages),
    ahead: info.now - Date.now(),
  };
}

/**
 * The world of these people, read anew whenever something happens, one reading at a time.
 *
 * @returns the world (null until it was read once), whether the playground answers, and what reads it now
 */
export function useWorld(keys: readonly string[]): {
  readonly world: World | null;
  readonly online: boolean;
  readonly refresh: () => Promise<void>;
} {
  const [world, setWorld] = useState<World | null>(null);
  const [online, setOnline] = useState(true);
  const state = useRef({
    keys,
    known: undefined as Known | undefined,
    running: null as Promise<void> | null,
    again: false,
  });
  state.current.keys = keys;

  const refresh = useCallback((): Promise<void> => {
    const now = state.current;
    if (now.running !== null) {
      now.again = true;
      return now.running;
    }
    now.running = (async () => {
      do {
        now.again = false;
        try {
          const read = await readAll(now.known, now.keys);
          now.known = read;
          setWorld(read);
          setOnline(true);
        } catch {
          setOnline(false);
        }
      } while (now.again);
      now.running = null;
    })();
    return now.running;
  }, []);

  useEffect(() => listen(() => void refresh(), setOnline), [refresh]);
  const shown = keys.join(' ');
  useEffect(() => void refresh(), [refresh, shown]);
  return { world, online, refresh };
}
