/**
 * - `well`: an instance answers, and its worker and its sweep make progress.
 * - `blind`: it answers and its worker goes round, but it has not been able to compare the group: its Graph, or its
 *   credential, does not work.
 * - `silent`: no answer, another's answer, or a worker that stands still.
 */
export type Health = 'well' | 'blind' | 'silent';

const TIMEOUT = 5_000;
const LONGEST = 4_096;

/** Asks every instance; the best answer counts, because one that is well is enough. Never throws. */
export async function askHealth(urls: readonly string[], get: typeof fetch = fetch): Promise<Health> {
  const answers = await Promise.all(urls.map((url) => askOne(url, get)));
  return answers.find((health) => health === 'well') ?? answers.find((health) => health === 'blind') ?? 'silent';
}

async function askOne(url: string, get: typeof fetch): Promise<Health> {
  try {
    // A redirect leads to somebody else: a sign-in page, a proxy's apology.
    const answer = await get(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT) });
    const text = await answer.text();
    return answer.status === 200 && text.length <= LONGEST ? judgeHealth(JSON.parse(text)) : 'silent';
  } catch {
    return 'silent';
  }
}

/** What the body of /healthz means. What is not said counts as not so. */
export function judgeHealth(body: unknown): Health {
  const { status, worker, sweep } = (body ?? {}) as Readonly<Record<string, unknown>>;
  if (status !== 'up' || !goes(worker)) return 'silent';
  return goes(sweep) ? 'well' : 'blind';
}

function goes(beat: unknown): boolean {
  const { made, late } = (beat ?? {}) as { readonly made?: unknown; readonly late?: unknown };
  return made === true && late === false;
}
