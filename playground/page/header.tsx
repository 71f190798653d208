import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Info } from '../contract';
import { api, Refused } from './api';
import { Icon } from './icons';

/** What this is, in one sentence; whether the product runs, and the buttons that end and start it. */
export function Header(props: {
  readonly info: Info;
  readonly online: boolean;
  readonly dark: boolean;
  readonly onTheme: () => void;
  readonly panelOpen: boolean;
  /** Who is exempt now, in a few words. */
  readonly exempt: { readonly text: string; readonly open: boolean };
  readonly onPanel: (() => void) | undefined;
  readonly refresh: () => Promise<void>;
  readonly announce: (text: string) => void;
  readonly tours: ComponentChildren;
}) {
  const { info, online, dark, onTheme, panelOpen, exempt, onPanel, refresh, announce } = props;
  const [busy, setBusy] = useState<'kill' | 'start' | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  async function carryOut(what: 'kill' | 'start') {
    setBusy(what);
    setProblem(null);
    try {
      await api.product(what);
      announce(what === 'kill' ? 'Onboard was killed' : 'Onboard runs');
    } catch (error) {
      setProblem(error instanceof Refused ? (error.message.split('\n')[0] ?? '') : 'The playground does not answer.');
    }
    await refresh();
    setBusy(null);
  }

  const state = !online ? 'gone' : busy === 'start' ? 'starting' : info.productReady ? 'running' : 'dead';
  const words = {
    gone: 'The playground does not answer',
    starting: 'Onboard is starting',
    running: 'Onboard is running',
    dead: 'Onboard is not running',
  }[state];

  return (
    <header class="top">
      <div class="brand">
        <span class="avatar bot" aria-hidden="true">
          <Icon name="key" />
        </span>
        <h1>Onboard</h1>
      </div>
      <p class="sentence">
        Brings a person onto passkeys from one line of chat, and proves that the exemption it took has ended.
        <span class="local"> A bank's tenant and its Teams, all on this machine.</span>
      </p>
      <div class={`product ${state}`}>
        <span class="state" role="status">
          {words}
        </span>
        {problem && <span class="problem">{problem}</span>}
        <button
          type="button"
          disabled={busy !== null || !online || state === 'dead'}
          onClick={() => void carryOut('kill')}
          title="Ends the process at once, as a crash or a power cut would"
        >
          Kill
        </button>
        <button
          type="button"
          disabled={busy !== null || !online || state === 'running'}
          onClick={() => void carryOut('start')}
        >
          Start
        </button>
      </div>
      {onPanel && (
        <button
          type="button"
          class={exempt.open ? 'exempt open' : 'exempt'}
          aria-pressed={panelOpen}
          title="Shows or hides the tenant"
          onClick={onPanel}
        >
          <Icon name={exempt.open ? 'lock' : 'shield'} />
          {exempt.text}
        </button>
      )}
      {props.tours}
      <a
        class="button guide-link"
        href={`${info.productUrl}/g`}
        target="_blank"
        rel="noreferrer"
        title="The page for people who cannot open Teams yet; Onboard serves it"
      >
        Guide
      </a>
      <button
        type="button"
        class="icon-button"
        aria-label={dark ? 'Switch to light' : 'Switch to dark'}
        onClick={onTheme}
      >
        <Icon name={dark ? 'sun' : 'moon'} />
      </button>
    </header>
  );
}
