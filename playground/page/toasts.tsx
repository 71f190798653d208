import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './icons';

const SHOWN_MS = 7_000;

interface Toast {
  readonly at: number;
  readonly text: string;
}

/** The newest word to this person, for some seconds; what was there before the page was opened is not shown. */
export function Toasts(props: {
  readonly toasts: readonly Toast[];
  readonly problem: Toast | null;
  readonly announce: (text: string) => void;
}) {
  const { toasts, problem, announce } = props;
  const [shown, setShown] = useState<Toast | null>(null);
  const newest = toasts.at(-1);
  const since = useRef(newest?.at ?? 0);

  function show(toast: Toast) {
    setShown(toast);
    announce(toast.text);
  }
  useEffect(() => {
    if (!newest || newest.at <= since.current) return;
    since.current = newest.at;
    show(newest);
  }, [newest?.at]);
  useEffect(() => {
    if (problem) show(problem);
  }, [problem?.at]);
  useEffect(() => {
    if (!shown) return;
    const timer = setTimeout(() => setShown(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [shown]);

  return (
    <div class="toasts">
      {shown && (
        <div class="toast" key={shown.at}>
          <span>{shown.text}</span>
          <button type="button" class="icon-button" aria-label="Dismiss" onClick={() => setShown(null)}>
            <Icon name="cross" />
          </button>
        </div>
      )}
    </div>
  );
}
