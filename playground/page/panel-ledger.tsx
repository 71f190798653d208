import { useEffect, useState } from 'preact/hooks';
import type { LedgerView } from '../page-server-types';
import { api } from './api';
import { clockSeconds } from './format';

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** The product's own record, exported by its own command while this is in sight. `stirred` changes when something happens. */
export function LedgerTab({ stirred }: { readonly stirred: number }) {
  const [view, setView] = useState<LedgerView | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again after something happened
  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(
      () => void api.ledger().then((found) => wanted && setView(found), () => wanted && setView({ lines: [], problem: 'The playground does not answer.' })),
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
        What <code>onboard ledger export</code> prints, newest first. Each entry is chained to the one before it with a key
        that is not in the database, so a change, a gap or a roll-back shows.
      </p>
      {view.problem && <p class="problem">{view.problem}</p>}
      {view.lines.length === 0 && !view.problem && <p>No entries yet.</p>}
      <ol class="ledger">
        {view.lines.map((line) => (
          <LedgerLine key={JSON.stringify(line).slice(0, 120)} line={line} />
        ))}
      </ol>
    </section>
  );
}

function LedgerLine({ line }: { readonly line: unknown }) {
  if (!isObject(line)) return null;
  const entry = isObject(line.entry) ? line.entry : line;
  const { event, at, onboarding, onboardingId, ...rest } = entry;
  const about = onboarding ?? onboardingId;
  const details = Object.entries(rest).filter(([, value]) => value !== null && value !== undefined && typeof value !== 'object');
  return (
    <li class="lit">
      <details>
        <summary>
          <span class="number">{String(line.seq ?? line.number ?? '')}</span>
          <b>{String(event ?? 'entry').replaceAll('-', ' ')}</b>
          {typeof about === 'number' && <span class="tag">ONB-{about}</span>}
          {typeof at === 'number' && <time>{clockSeconds(at)}</time>}
        </summary>
        <dl>
          {details.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{String(value)}</dd>
            </div>
          ))}
          {(['mac', 'hash', 'chain', 'digest'] as const).map((name) =>
            typeof line[name] === 'string' ? (
              <div key={name}>
                <dt>{name}</dt>
                <dd class="mono">{String(line[name])}</dd>
              </div>
            ) : null,
          )}
        </dl>
      </details>
    </li>
  );
}
