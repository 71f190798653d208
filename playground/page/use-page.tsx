import { useEffect, useState } from 'preact/hooks';

/** Whether a media query holds now. */
export function useMedia(query: string): boolean {
  const [holds, setHolds] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const onChange = () => setHolds(list.matches);
    list.addEventListener('change', onChange);
    return () => list.removeEventListener('change', onChange);
  }, [query]);
  return holds;
}

const THEME = 'onboard-theme';

/** The theme of the system until somebody chose another, which is remembered in this browser. */
export function useTheme(): readonly [dark: boolean, toggle: () => void] {
  const system = useMedia('(prefers-color-scheme: dark)');
  const [chosen, setChosen] = useState(() => localStorage.getItem(THEME));
  const dark = chosen === null ? system : chosen === 'dark';
  useEffect(() => {
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  }, [dark]);
  return [
    dark,
    () => {
      const next = dark ? 'light' : 'dark';
      localStorage.setItem(THEME, next);
      setChosen(next);
    },
  ];
}

/** The playground's time, each second. */
export function useNow(ahead: number): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return Math.max(now, Date.now() - 1_000) + ahead;
}
