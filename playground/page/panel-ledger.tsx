import { useEffect, useState } from 'preact/hooks';
import type { LedgerView } from '../page-server-types';
import { api } from './api';
import { clockSeconds } from './format';
import { ledgerEntry } from './ledger-text';
import { Lit, LitRoot } from './lit';

const keyOf = (line: unknown): string => String((line as { readonly seq?: unknown }).seq);

/** The product's own record, exported by its own command while this is in sight. `stirred` changes when something happens. */
export function LedgerTab({ stirred, nameOf }: { readonly stirred: number; readonly nameOf: (id: string) => string }) {
  const [view, setView] = useState<LedgerView | null>(null);
  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(
      () =>
        void api.ledger().then(
          (found) => wanted && setView(found),
          () => wanted && setView({ lines: [], problem: 'The playground does not answer.' }),
        ),
      view ? 1_500 : 0,
    );
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [stirred]);

  if (!view) return <p class="quiet block">Reading the ledger.</p>;
  return (
    <section class="block">
      <p class="quiet">
        What <code>onboard ledger export</code> prints, newest first. Each entry is chained to the one before it with a
        key that is not in the database, so a change, a gap or a roll-back shows.
      </p>
      {view.problem && <p class="problem">{view.problem}</p>}
      {view.lines.length === 0 && !view.problem && <p>No entries yet.</p>}
      <LitRoot>
        <ol class="ledger">
          {view.lines.map((line) => (
            <LedgerLine key={keyOf(line)} line={line} nameOf={nameOf} />
          ))}
        </ol>
      </LitRoot>
    </section>
  );
}

function LedgerLine({ line, nameOf }: { readonly line: unknown; readonly nameOf: (id: string) => string }) {
  const entry = ledgerEntry(line, nameOf, clockSeconds);
  if (!entry) return null;
  const { number, event, who, at, details } = entry;
  return (
    <Lit>
      <details>
        <summary>
          <span class="number">{number}</span>
          <b>{event}</b>
          <span class="quiet">{who}</span>
          {at !== null && <time>{clockSeconds(at)}</time>}
        </summary>
        <dl>
          {details.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd class={name === 'mac' ? 'mono' : ''}>{value}</dd>
            </div>
          ))}
        </dl>
      </details>
    </Lit>
  );
}
