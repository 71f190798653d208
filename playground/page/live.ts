const EVENTS = ['tenant', 'sign-in', 'teams', 'product'] as const;

/** Time in which events that belong together arrive; the page is drawn once for all of them. */
const BURST_MS = 60;

/**
 * Calls back soon after something happened on the other side, and when the connection comes or goes. The browser
 * connects again by itself.
 *
 * @returns ends it
 */
export function listen(happened: () => void, connected: (yes: boolean) => void): () => void {
  const source = new EventSource('/control/events');
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      happened();
    }, BURST_MS);
  };
  for (const name of EVENTS) source.addEventListener(name, soon);
  source.addEventListener('open', () => {
    connected(true);
    soon();
  });
  source.addEventListener('error', () => connected(false));
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
