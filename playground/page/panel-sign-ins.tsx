import type { TenantPanel } from '../page-server-types';
import { clockSeconds } from './format';
import { Lit } from './lit';

const RESULTS = { success: 'Success', interrupt: 'Interrupted', failure: 'Failure' } as const;
const VERDICTS = {
  satisfied: 'satisfied',
  failed: 'failed',
  'not-applied': 'not applied',
  'report-only': 'report only',
} as const;

/** Every attempt, and which policy decided it. */
export function SignInsTab({
  panel,
  nameOf,
}: {
  readonly panel: TenantPanel;
  readonly nameOf: (id: string) => string;
}) {
  if (panel.signIns.length === 0) {
    return (
      <p class="quiet block">
        Nobody has tried to sign in yet. Open the computer of one of the three, and go to her mail: the policy that
        decides is written here.
      </p>
    );
  }
  return (
    <ol class="sign-ins">
      {panel.signIns.map((attempt) => {
        const decided = attempt.policies.find(({ id }) => id === attempt.decidedBy);
        return (
          <Lit key={attempt.seq}>
            <details>
              <summary>
                <span class={`result ${attempt.result}`}>{RESULTS[attempt.result]}</span>
                <b>{nameOf(attempt.userId)}</b>
                <time>{clockSeconds(attempt.at)}</time>
                <span class="what">
                  {attempt.resource}, {attempt.device}, {attempt.with}
                  {attempt.errorCode > 0 ? `, ${attempt.errorCode}` : ''}
                </span>
                <span class="decided">
                  {decided
                    ? `${decided.displayName}: ${VERDICTS[decided.result]}`
                    : attempt.message || 'No policy was asked'}
                </span>
              </summary>
              {attempt.message && <p>{attempt.message}</p>}
              <ul>
                {attempt.policies.map(({ id, displayName, result }) => (
                  <li key={id} class={result}>
                    {displayName}: {VERDICTS[result]}
                  </li>
                ))}
              </ul>
            </details>
          </Lit>
        );
      })}
    </ol>
  );
}
