import type { Behaviour, Fault, PersonCard } from '../contract';
import { isKind, KIND_BEHAVIOUR } from '../kind-behaviour';
import type { TenantPanel } from '../page-server-types';
import { api } from './api';
import { DeedButton } from './deed-button';
import { clockSeconds } from './format';
import { ByHandBlock, WatchdogBlock } from './panel-by-hand';
import { MoreUnkind } from './panel-unkind';

const MINUTE = 60_000;
const STEPS: readonly (readonly [string, number])[] = [
  ['1 min', MINUTE],
  ['5 min', 5 * MINUTE],
  ['10 min', 10 * MINUTE],
  ['1 h', 60 * MINUTE],
  ['8 h', 480 * MINUTE],
  ['1 day', 1_440 * MINUTE],
];

const DELAYS = [0, 300, 1_500, 5_000];
const LAGS = [0, 10_000, 60_000, 180_000];
const AUDIT_NAMES: readonly (readonly [Behaviour['auditNames'], string])[] = [
  ['id', 'by object id'],
  ['name', 'by sign-in name only'],
  ['nobody', 'not at all'],
];
const TEAMS: readonly (readonly [number, string])[] = [
  [0, 'delivered'],
  [429, 'refused: too many'],
  [502, 'lost: bad gateway'],
  [403, 'forbidden'],
];
const FAULTS: readonly (readonly [string, Fault])[] = [
  [
    'Lose the answer of the next joining of a group: carried out, and nobody hears of it',
    { method: 'POST', path: '/members/', do: 'lost', times: 1 },
  ],
  [
    'Lose the answer of the next pass: it exists, and nobody knows its code',
    { method: 'POST', path: 'temporaryAccessPassMethods', do: 'lost', times: 1 },
  ],
  [
    'Answer the next three removals from a group with 503',
    { method: 'DELETE', path: '/members/', do: 'status', status: 503, times: 3 },
  ],
  [
    'Close the connection on the next three revocations of sessions',
    { method: 'POST', path: 'revokeSignInSessions', do: 'refuse', times: 3 },
  ],
];

const seconds = (ms: number): string =>
  ms === 0 ? 'at once' : ms < 1_000 ? `after ${ms} ms` : `after ${ms / 1_000} s`;

/** How long something takes on the other side; a value that a script has set is offered too. */
function Wait(props: {
  readonly label: string;
  readonly choices: readonly number[];
  readonly value: number;
  readonly set: (ms: number) => void;
}) {
  const { label, choices, value, set } = props;
  return (
    <label class="setting">
      {label}
      <select value={value} onChange={(event) => set(Number(event.currentTarget.value))}>
        {[...new Set([...choices, value])].map((ms) => (
          <option key={ms} value={ms}>
            {seconds(ms)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The playground's strings: how unkind the other side is, what time it is there, and everything it wrote down. */
export function ControlsTab(props: {
  readonly panel: TenantPanel;
  readonly people: readonly PersonCard[];
  /** Key of who is acted on unless somebody else is chosen. */
  readonly first: string;
  readonly now: number;
  readonly refresh: () => Promise<void>;
}) {
  const { panel, people, first, now, refresh } = props;
  const { behaviour } = panel;
  const behave = (change: Partial<Behaviour>) => void api.behave(change).finally(refresh);
  const kind = isKind(behaviour);
  const left = behaviour.faults.reduce((sum, { times }) => sum + times, 0);

  return (
    <>
      <section class="block">
        <h3>Be unkind</h3>
        <p class="quiet">
          A real tenant is slow, late and sometimes wrong. Onboard has to keep its promises all the same.
        </p>
        <Wait
          label="Graph answers"
          choices={DELAYS}
          value={behaviour.graphDelayMs}
          set={(ms) => behave({ graphDelayMs: ms })}
        />
        <Wait
          label="Changes can be read"
          choices={LAGS}
          value={behaviour.replicationLagMs}
          set={(ms) => behave({ replicationLagMs: ms })}
        />
        <Wait
          label="Entra carries out a timed membership"
          choices={LAGS}
          value={behaviour.provisionMs}
          set={(ms) => behave({ provisionMs: ms })}
        />
        <Wait
          label="The audit log has its entries"
          choices={LAGS}
          value={behaviour.auditLagMs}
          set={(ms) => behave({ auditLagMs: ms })}
        />
        <label class="setting">
          and names people in them
          <select
            value={behaviour.auditNames}
            onChange={(event) => behave({ auditNames: event.currentTarget.value as Behaviour['auditNames'] })}
          >
            {AUDIT_NAMES.map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={behaviour.withoutPremium}
            onChange={(event) => behave({ withoutPremium: event.currentTarget.checked })}
          />
          No Entra ID P2: no time-bound membership
        </label>
        <label class="setting">
          Messages in Teams are
          <select
            value={behaviour.teamsStatus}
            onChange={(event) => behave({ teamsStatus: Number(event.currentTarget.value) })}
          >
            {[
              ...TEAMS,
              ...(TEAMS.some(([status]) => status === behaviour.teamsStatus)
                ? []
                : [[behaviour.teamsStatus, `answered ${behaviour.teamsStatus}`] as const]),
            ].map(([status, label]) => (
              <option key={status} value={status}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <fieldset class="setting stacked">
          <legend>What goes wrong next</legend>
          {FAULTS.map(([label, fault]) => (
            <button type="button" key={label} onClick={() => behave({ faults: [...behaviour.faults, fault] })}>
              {label}
            </button>
          ))}
          <p class="quiet">{left === 0 ? 'No fault is waiting.' : `Waiting to happen: ${left}.`}</p>
        </fieldset>
        <fieldset class="setting stacked">
          <legend>Permissions that an administrator granted</legend>
          {panel.roles.map((role) => (
            <label class="check" key={role}>
              <input
                type="checkbox"
                checked={!behaviour.withoutRoles.includes(role)}
                onChange={(event) =>
                  behave({
                    withoutRoles: event.currentTarget.checked
                      ? behaviour.withoutRoles.filter((one) => one !== role)
                      : [...behaviour.withoutRoles, role],
                  })
                }
              />
              <code>{role}</code>
            </label>
          ))}
        </fieldset>
        <MoreUnkind behaviour={behaviour} behave={behave} />
        <button type="button" disabled={kind} onClick={() => behave(KIND_BEHAVIOUR)}>
          Be kind again
        </button>
      </section>
      <section class="block">
        <h3>Clock</h3>
        <p class="clock">{clockSeconds(now)}</p>
        <div class="button-row">
          {STEPS.map(([label, ms]) => (
            <DeedButton key={label} label={`+ ${label}`} act={() => api.advance(ms)} refresh={refresh} />
          ))}
        </div>
        <p class="quiet">The tenant's, Teams' and Onboard's: they move together, and only forward.</p>
      </section>
      <ByHandBlock people={people} first={first} refresh={refresh} />
      <WatchdogBlock refresh={refresh} />
      <section class="block">
        <h3>Records</h3>
        <p class="quiet">Every sign-in, change, Graph call and message, in order, as JSON.</p>
        <a class="button" href="/control/records" download="onboard-records.json">
          Download the records
        </a>
      </section>
    </>
  );
}
