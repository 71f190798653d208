import type { TenantPanel } from '../page-server-types';
import { clockTime, duration } from './format';
import { Icon } from './icons';
import { Lit } from './lit';
import { type WindowView, windowsOf } from './window-view';

/** The exemption as a bar that runs out, and the proof that it has ended. */
export function WindowCard({
  panel,
  now,
  nameOf,
}: {
  readonly panel: TenantPanel;
  readonly now: number;
  readonly nameOf: (id: string) => string;
}) {
  const { open, last } = windowsOf(panel);
  if (open.length === 0) {
    return (
      <section class="window closed" aria-label="Onboarding group">
        <p class="headline">
          <Icon name="shield" />
          Nobody is exempt
        </p>
        <p>
          The group <b>{panel.group.name}</b> is empty: every policy holds for everybody.
        </p>
        {panel.passes
          .filter(({ over }) => !over)
          .map(({ id, name }) => (
            <p key={id} class="still">
              The pass of {name} still works, so that the last pages can be finished.
            </p>
          ))}
        {last?.outAt && (
          <>
            <p class="quiet">
              Last: {nameOf(last.userId)}, in the group for {duration(last.outAt - last.since)}
            </p>
            <Proofs view={last} />
          </>
        )}
      </section>
    );
  }
  return (
    <>
      {open.map((view) => (
        <section
          class={view.by === 'hand' ? 'window by-hand' : 'window open'}
          key={view.userId}
          aria-label={`Window of ${nameOf(view.userId)}`}
        >
          <p class="headline">
            <Icon name="lock" />
            {nameOf(view.userId)} is in the onboarding group
          </p>
          {view.endsAt === null ? (
            <p>Put in by hand at {clockTime(view.since)}. Nothing takes her out.</p>
          ) : (
            <RunningOut view={view} endsAt={view.endsAt} now={now} />
          )}
          <Proofs view={view} />
        </section>
      ))}
    </>
  );
}

function RunningOut({
  view,
  endsAt,
  now,
}: {
  readonly view: WindowView;
  readonly endsAt: number;
  readonly now: number;
}) {
  const left = Math.max(0, endsAt - now);
  const share = Math.min(1, left / Math.max(1, endsAt - view.since));
  return (
    <>
      <progress class="runs-out" max={1} value={share} aria-label="Time left of the window">
        {duration(left)}
      </progress>
      <p class="times">
        <span>since {clockTime(view.since)}</span>
        <b>{left > 0 ? `${duration(left)} left` : 'over'}</b>
        <span>{view.endKnown ? `ends ${clockTime(endsAt)}` : `by ${clockTime(endsAt)}`}</span>
      </p>
    </>
  );
}

function Proofs({ view }: { readonly view: WindowView }) {
  const rows: readonly (readonly [string, number | null])[] = [
    ['Passkey registered', view.passkeyAt],
    ['Out of the group', view.outAt],
    ['Pass gone', view.passGoneAt],
    ['Sessions revoked', view.revokedAt],
  ];
  return (
    <ul class="proofs">
      {rows.map(([what, at]) => (
        <Lit key={`${what} ${at === null}`} class={at === null ? 'missing' : 'proven'}>
          <span class="mark">{at === null ? null : <Icon name="check" />}</span>
          {what}
          <span class="quiet">{at === null ? 'not yet' : clockTime(at)}</span>
        </Lit>
      ))}
    </ul>
  );
}
