import type { Timeline } from './timeline';
import type { Violation } from './types';

/**
 * Promise 6: an exit is carried out whole - out of the group, pass gone, sessions revoked - and needs neither Teams nor
 * the approver: no click and no delivered message is accepted here as an excuse.
 */
export function checkExit(facts: Timeline): Violation[] {
  const { options, passes, stays, tenant } = facts;
  const settleMs = options.settleMs ?? 180_000;
  return stays
    .filter((stay) => stay.ours && stay.left)
    .flatMap((stay) => {
      const left = stay.left;
      if (!left) return [];
      // A window that ends by its deadline still lets the wizard be finished, and no longer than that.
      const due = left.at + settleMs;
      const overdue = (until: number) => until - due - options.pollSlackMs - facts.forgiven(left.at, until) > 0;
      const found: Violation[] = [];
      const say = (what: string, ...evidence: (number | string)[]) => found.push({ promise: 6, what, evidence });

      const mine = passes.filter((pass) => pass.created.userId === stay.userId && pass.created.seq > stay.joined.seq);
      const next = stays.find((each) => each.userId === stay.userId && each.joined.seq > left.seq);
      for (const pass of mine.filter(({ created }) => !next || created.seq < next.joined.seq)) {
        if (overdue(pass.ended?.at ?? options.now)) {
          say('a pass outlived its window', left.seq, pass.created.seq, pass.ended?.seq ?? 'still alive');
        }
      }
      const revoked = tenant.find(
        (record) =>
          record.kind === 'sessions-revoked' &&
          record.userId === stay.userId &&
          record.seq > left.seq &&
          record.validFrom >= left.at,
      );
      if (overdue(revoked?.at ?? options.now)) {
        say('sessions outlived the window', left.seq, revoked?.seq ?? 'never revoked');
      }
      return found;
    });
}
