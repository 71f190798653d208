import type { Stay, Timeline } from './timeline';
import type { Violation } from './types';

/**
 * Promise 1: nobody is in the group through Onboard without an open window, and nobody stays past the deadline, nor
 * past the proof of a passkey.
 */
export function checkMembership(facts: Timeline): Violation[] {
  const { options, records, stays } = facts;
  const violations: Violation[] = [];
  const say = (what: string, ...evidence: (number | string)[]) => violations.push({ promise: 1, what, evidence });

  for (const stay of stays.filter(({ ours }) => ours)) {
    const until = stay.left?.at ?? options.now;
    const late = (due: number) => until - due - options.pollSlackMs - facts.forgiven(due, until);
    const deadline = stay.joined.at + options.windowMinutes * 60_000;
    if (late(deadline) > 0)
      say('somebody stayed in the group past the deadline', stay.joined.seq, stay.left?.seq ?? 'still in');
    const proof = proofIn(facts, stay);
    if (proof && late(proof.at) > 0) {
      say('somebody stayed in the group after the passkey was there', proof.seq, stay.left?.seq ?? 'still in');
    }
    const earlier = stays.find(
      (each) => each.ours && each.userId === stay.userId && each.joined.seq < stay.joined.seq && each.left,
    );
    const owner = earlier && facts.caseOf(stay);
    if (earlier && owner && facts.caseOf(earlier)?.id === owner.id) {
      say('somebody came back into the group on a window that was over', earlier.left?.seq ?? 0, stay.joined.seq);
    }
  }

  const inside = new Set(stays.filter((stay) => !stay.left).map((stay) => stay.userId));
  for (const id of records.standing.members) {
    if (!inside.has(id)) say('somebody is in the group and no record says since when', id);
  }

  // After a start the group is compared with the windows before anybody is let in.
  for (const start of records.product.filter((each) => each.did === 'started')) {
    const next = stays.find((stay) => stay.ours && stay.joined.seq > start.seq);
    // Another instance, which looked when it was started, may have let somebody in.
    if (!next || othersReady(facts, start.pid, next.joined.seq)) continue;
    const swept = records.graph.some(
      (call) =>
        call.seq > start.seq &&
        call.seq < next.joined.seq &&
        call.method === 'GET' &&
        call.status === 200 &&
        new RegExp(`/groups/${records.groupId}/(transitiveM|m)embers`).test(call.path),
    );
    if (!swept) say('a window was opened after a start before the group was looked at', start.seq, next.joined.seq);
  }
  return violations;
}

/** Whether another instance than this one had been ready, and had not ended, by then. */
function othersReady({ records }: Timeline, pid: number, seq: number): boolean {
  const newest = new Map(
    records.product.filter((each) => each.seq < seq && each.pid !== pid).map((each) => [each.pid, each.did]),
  );
  return [...newest.values()].includes('ready');
}

/** The acceptable passkey that this person registered during the stay. */
export function proofIn(facts: Timeline, stay: Stay) {
  return facts.tenant.find(
    (record) =>
      record.kind === 'method-added' &&
      record.userId === stay.userId &&
      record.methodKind === 'fido2' &&
      (record.passkeyType ?? 'deviceBound') === 'deviceBound' &&
      record.seq > stay.joined.seq &&
      record.seq < (stay.left?.seq ?? Number.POSITIVE_INFINITY),
  );
}
