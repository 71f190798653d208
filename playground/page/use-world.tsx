import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Device, PersonCard } from '../contract';
import { api } from './api';
import { listen } from './live';
import type { World } from './world';

const DEVICES: readonly Device[] = ['computer', 'phone'];

async function readAll(people: readonly PersonCard[] | undefined, keys: readonly string[]): Promise<World> {
  const known = people ?? (await api.people());
  const shown = [...new Set(keys)].filter((key) => known.some((person) => person.key === key));
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
    people: known,
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
    people: undefined as readonly PersonCard[] | undefined,
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
          const read = await readAll(now.people, now.keys);
          now.people = read.people;
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
