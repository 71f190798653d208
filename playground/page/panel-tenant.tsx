import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { TenantPanel } from '../page-server-types';
import { changeText, METHODS } from './change-text';
import { clockSeconds, clockTime, duration } from './format';
import { Lit } from './lit';

const RESOURCES: Readonly<Record<string, string>> = {
  mail: 'Mail',
  teams: 'Teams',
  'security-info': 'Security info',
  portal: 'Admin center',
  authenticator: 'Authenticator',
};

const STATES = { enabled: 'On', disabled: 'Off', enabledForReportingButNotEnforced: 'Report only' } as const;

function Section({
  title,
  count,
  children,
}: {
  readonly title: string;
  readonly count?: number;
  readonly children: ComponentChildren;
}) {
  return (
    <section class="block">
      <h3>
        {title}
        {count !== undefined && <span class="count">{count}</span>}
      </h3>
      {children}
    </section>
  );
}

/** What stands in the directory now, and what changed last. */
export function TenantTab(props: {
  readonly panel: TenantPanel;
  readonly now: number;
  readonly nameOf: (id: string) => string;
  readonly ids: ReadonlySet<string>;
}) {
  const { panel, now, nameOf, ids } = props;
  const [everybody, setEverybody] = useState(false);
  const [opened] = useState(panel.now);
  const live = panel.sessions.filter(({ over }) => over === null);
  const changed = new Set(panel.changes.flatMap((one) => ('userId' in one ? [one.userId] : [])));
  const methods = panel.methods
    .filter(({ userId }) => everybody || ids.has(userId) || changed.has(userId))
    .toSorted((a, b) => b.createdAt - a.createdAt);
  return (
    <>
      <Section title="Changes" count={panel.changes.length}>
        {panel.changes.length === 0 && <p class="quiet">Nothing has changed since the start.</p>}
        <ol class="feed">
          {panel.changes.slice(0, 12).map((change) => {
            const { who, text, tone } = changeText(change, nameOf, panel.group.id);
            return (
              <Lit key={change.seq} class={tone}>
                <time>{clockSeconds(change.at)}</time>
                <span>
                  <b>{who}</b> {text}
                </span>
              </Lit>
            );
          })}
        </ol>
      </Section>
      <Section title="Passes" count={panel.passes.filter(({ over }) => !over).length}>
        {panel.passes.length === 0 && <p class="quiet">No pass exists.</p>}
        <ul class="rows">
          {panel.passes.map((pass) => (
            <Lit key={`${pass.id} ${pass.over}`}>
              <b>{pass.name}</b>
              <span>
                {pass.usableOnce ? 'one-time' : 'multi-use'}, used {pass.uses === 1 ? 'once' : `${pass.uses} times`}
              </span>
              <span class={pass.over || now >= pass.endsAt ? 'tag' : 'tag warn'}>
                {pass.over || now >= pass.endsAt ? 'over' : `${duration(pass.endsAt - now)} left`}
              </span>
            </Lit>
          ))}
        </ul>
        <p class="quiet">The code is never here: Entra shows it once, when the pass is made.</p>
      </Section>
      <Section title="Sessions" count={live.length}>
        {panel.sessions.length === 0 && <p class="quiet">Nobody has signed in yet.</p>}
        <ul class="rows">
          {panel.sessions.toReversed().map((session) => (
            <Lit
              key={`${session.id} ${session.over === null}`}
              class={session.over === null ? '' : 'over'}
              title={session.over ?? undefined}
            >
              <b>{session.name}</b>
              <span>
                {RESOURCES[session.resource] ?? session.resource} on the {session.device}, with{' '}
                {session.with === 'pass' ? 'the pass' : `a ${session.with}`}
              </span>
              <span class={session.over === null ? 'tag good' : 'tag'}>
                {session.over === null ? clockTime(session.startedAt) : 'ended'}
              </span>
            </Lit>
          ))}
        </ul>
      </Section>
      <Section title="Sign-in methods" count={methods.length}>
        <ul class="rows">
          {methods.map((method) => (
            <Lit key={method.id} fresh={method.createdAt >= opened}>
              <b>{method.name}</b>
              <span>{method.label}</span>
              <span class={method.kind === 'fido2' ? 'tag good' : 'tag'}>
                {METHODS[method.kind] ?? method.kind}
                {method.passkeyType === 'synced' ? ', synced' : ''}
              </span>
            </Lit>
          ))}
        </ul>
        <label class="check">
          <input type="checkbox" checked={everybody} onChange={(event) => setEverybody(event.currentTarget.checked)} />
          Show everybody's
        </label>
      </Section>
      <Section title="Conditional Access policies" count={panel.policies.length}>
        <ul class="policies">
          {panel.policies.map((policy) => (
            <Lit key={`${policy.id} ${policy.state}`}>
              <div>
                <b>{policy.name}</b>
                <span class={policy.state === 'enabled' ? 'tag good' : 'tag warn'}>{STATES[policy.state]}</span>
              </div>
              <p>
                For {policy.aimedAt}: {policy.asksFor}.
                {policy.leavesGroupOut ? ' Leaves the onboarding group out.' : ''}
              </p>
            </Lit>
          ))}
        </ul>
      </Section>
    </>
  );
}
