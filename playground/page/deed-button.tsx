import { useState } from 'preact/hooks';

/** A button that is pressed once for one deed: it rests until the deed was done and the page shows what became of it. */
export function DeedButton(props: {
  readonly label: string;
  readonly act: () => Promise<unknown>;
  readonly refresh: () => Promise<void>;
}) {
  const { label, act, refresh } = props;
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(false);
  async function press() {
    setBusy(true);
    setProblem(false);
    try {
      await act();
    } catch {
      setProblem(true);
    }
    await refresh();
    setBusy(false);
  }
  return (
    <>
      <button type="button" disabled={busy} onClick={() => void press()}>
        {label}
      </button>
      {problem && (
        <span class="problem" role="alert">
          The playground did not do it.
        </span>
      )}
    </>
  );
}
