import type { Clock } from '../clock';
import type { Log } from '../workflow/context';
import { TenantError } from '../workflow/tenant';
import { look, mustAct } from './decide';
import { emptyGroup, type Group, type Revoked, revokeAll } from './empty-group';
import type { Health } from './health';
import type { Memory, Remembered } from './memory';

export interface WatchdogParts {
  readonly health: () => Promise<Health>;
  readonly group: Group;
  readonly memory: Memory;
  readonly clock: Clock;
  readonly log: Log;
  /** Tells whoever is on call; the same line is in the log. */
  readonly alert: (code: string, detail: object) => void;
  /** ms */
  readonly limit: number;
  /** More members than this were never put there by Onboard: then the group is another one, and is left alone. */
  readonly mostMembers: number;
}

/**
 * - `well`: somebody else ends exemptions.
 * - `counting`: the product is silent, not yet for long enough.
 * - `empty`: it is silent, and nobody is in the group.
 * - `unfinished`: it is silent, and somebody is or may be in the group.
 */
export type Standing = 'well' | 'counting' | 'empty' | 'unfinished';

export interface Watchdog {
  /** Looks once and does what follows from it. */
  round(): Promise<Standing>;
  /** Whether the group can be read at all: better known today than in an emergency. */
  check(): Promise<boolean>;
  /** False when what was seen could not be saved: a next process would count anew. */
  remembers(): boolean;
}

export function createWatchdog(parts: WatchdogParts): Watchdog {
  const { clock, log, alert, limit, group } = parts;
  let known = parts.memory.load();
  let acted = false;
  let remembers = true;

  async function round(): Promise<Standing> {
    const silent = await isSilent();
    const { watch: before } = known;
    remember({ ...known, watch: look(before, silent, clock.now(), limit) });
    const { silentFor } = known.watch;
    if (silentFor === null) {
      if (before.silentFor !== null) log.info({ event: 'watchdog-heard', silentSeconds: seconds(before.silentFor) });
      acted = false;
      if (known.owed.length > 0) await revokeOwed();
      return 'well';
    }
    if (before.silentFor === null) log.warn({ event: 'watchdog-silence', limitSeconds: seconds(limit) });
    return mustAct(known.watch, limit) ? act() : 'counting';
  }

  /**
   * An instance that answers but cannot reach Graph is no help to anybody in the group. If we can reach Graph it counts
   * as silent. If we cannot either, Graph is what is gone: nobody could do anything, and once it is back the instance
   * sweeps within seconds. So that is not silence, and counting starts anew.
   */
  async function isSilent(): Promise<boolean> {
    const health = await parts.health();
    if (health !== 'blind') return health === 'silent';
    try {
      await group.members();
      return true;
    } catch (error) {
      log.warn({ event: 'watchdog-tenant-unreachable', ...described(error) });
      return false;
    }
  }

  async function act(): Promise<Standing> {
    try {
      const members = await group.members();
      if (members.length > parts.mostMembers) {
        alert('watchdog-group-looks-wrong', { members: members.length, most: parts.mostMembers });
        return 'unfinished';
      }
      // Before anything is done: once they are out, no list names them any more.
      remember({ ...known, owed: [...new Set([...known.owed, ...members])] });
      const result = members.length > 0 ? await emptyGroup(group, members, clock) : undefined;
      const sessions = await revokeOwed();
      const empty = !result || result.left.length === 0;
      if (result || !acted) {
        const said = {
          removed: result?.removed ?? [],
          left: result?.left ?? [],
          sessionsRevoked: sessions.revoked.length,
          sessionsOwed: sessions.owed.length,
          sessionsDenied: sessions.denied.length,
          ...(result?.error ? described(result.error) : {}),
        };
        // That the product is gone is news even where nobody was left behind.
        alert(empty ? 'watchdog-acted' : 'watchdog-unfinished', said);
      }
      acted ||= empty;
      return empty && sessions.owed.length === 0 ? 'empty' : 'unfinished';
    } catch (error) {
      alert('watchdog-cannot-act', described(error));
      return 'unfinished';
    }
  }

  async function revokeOwed(): Promise<Revoked> {
    const sessions = await revokeAll(group, known.owed);
    remember({ ...known, owed: sessions.owed });
    return sessions;
  }

  /** Without its memory it still works; only a restart would begin to count anew. */
  function remember(next: Remembered): void {
    const worthless = [known, next].every(({ watch, owed }) => watch.silentFor === null && owed.length === 0);
    known = next;
    if (worthless) return;
    try {
      parts.memory.save(next);
      remembers = true;
    } catch (error) {
      remembers = false;
      alert('watchdog-state-not-saved', { reason: (error as NodeJS.ErrnoException).code ?? String(error) });
    }
  }

  return {
    round,
    remembers: () => remembers,
    async check() {
      try {
        const members = await group.members();
        log.info({ event: 'watchdog-ready', members: members.length });
        return true;
      } catch (error) {
        alert('watchdog-cannot-read', described(error));
        return false;
      }
    },
  };
}

const seconds = (ms: number) => Math.round(ms / 1_000);

function described(error: unknown): object {
  if (!(error instanceof TenantError)) throw error;
  const { code, operation, hint, detail } = error;
  return { code, operation, hint, ...(detail.requestId ? { requestId: detail.requestId } : {}) };
}
