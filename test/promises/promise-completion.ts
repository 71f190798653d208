import type { Records } from '../../playground/contract';
import { offersIn, visibleText } from './cards';
import { type Click, caseIdOf, names, type Stay, type Stored, type Timeline } from './timeline';
import type { Violation } from './types';
import { CLAIMS, type Claim } from './words';

/** Promise 4: completion, and each part of it, is said only after the tenant showed it and it was read back. */
export function checkCompletion(facts: Timeline): Violation[] {
  const said = [
    ...facts.stored.map((record) => ({ record, content: record.activity })),
    ...facts.clicks.map((record) => ({ record, content: record.answer })),
  ];
  return said.flatMap(({ record, content }) => {
    const text = visibleText(content);
    const stay = stayMeant(facts, record, content);
    if (!stay) return [];
    return CLAIMS.filter(({ words }) => words.test(text)).flatMap(({ part }) => judge(facts, stay, record.seq, part));
  });
}

function judge(facts: Timeline, stay: Stay, seq: number, part: Claim['part']): Violation[] {
  const missing: string[] = [];
  const all = part === 'completed';
  if (all && !hasNewPasskey(facts, stay, seq)) missing.push('no new passkey was there');
  if (all || part === 'left') {
    const left = stay.left && stay.left.seq < seq ? stay.left : undefined;
    if (!left) missing.push('the person was still in the group');
    else if (!readBetween(facts.records, left.seq, seq, membershipRead(facts, stay.userId))) {
      missing.push('nobody had read that the person was out of the group');
    }
  }
  if (all || part === 'pass-gone') {
    if (
      facts.passes.some(
        (pass) => mine(pass.created.userId, stay) && pass.created.seq < seq && !(pass.ended && pass.ended.seq < seq),
      )
    ) {
      missing.push('a pass was still there');
    }
  }
  if (all || part === 'signed-out') {
    const removal = stay.left?.at ?? Number.POSITIVE_INFINITY;
    const revoked = facts.tenant.some(
      (record) =>
        record.kind === 'sessions-revoked' &&
        mine(record.userId, stay) &&
        record.seq < seq &&
        record.validFrom >= removal,
    );
    if (!revoked) missing.push('sessions had not been revoked since the removal');
  }
  return missing.map((what) => ({
    promise: 4,
    what: `"${part}" was said, but ${what}`,
    evidence: [seq, stay.joined.seq],
  }));
}

const mine = (userId: string, stay: Stay) => userId === stay.userId;

/** Added since the person joined the group, still there, and not the work of an application. */
function hasNewPasskey(facts: Timeline, stay: Stay, seq: number): boolean {
  return facts.tenant.some(
    (record) =>
      record.kind === 'method-added' &&
      record.methodKind === 'fido2' &&
      record.userId === stay.userId &&
      record.seq > stay.joined.seq &&
      record.seq < seq &&
      !facts.tenant.some(
        (other) =>
          other.kind === 'method-removed' &&
          other.methodId === record.methodId &&
          other.seq > record.seq &&
          other.seq < seq,
      ),
  );
}

const membershipRead = (facts: Timeline, userId: string) => (path: string) =>
  (path.includes(`/groups/${facts.records.groupId}`) && /members/i.test(path)) ||
  (path.includes(userId) && /memberOf|checkMember|getMember/i.test(path));

function readBetween(records: Records, from: number, to: number, matches: (path: string) => boolean): boolean {
  return records.graph.some(
    (call) =>
      call.seq > from &&
      call.seq < to &&
      !call.write &&
      (call.status === 200 || call.status === 404) &&
      matches(call.path),
  );
}

/** Whose window a message talks about: by the case its buttons name, by the person it names, or by who alone reads it. */
function stayMeant(facts: Timeline, record: Stored | Click, content: unknown): Stay | undefined {
  const begun = facts.stays.filter((stay) => stay.ours && stay.joined.seq < record.seq);
  const caseId =
    offersIn(content)
      .map(({ data }) => caseIdOf(data))
      .find(Boolean) ?? (record.kind === 'clicked' ? caseIdOf(record.data) : undefined);
  const byCase = caseId && begun.findLast((stay) => facts.caseOf(stay)?.id === caseId);
  if (byCase) return byCase;
  const byName = begun.findLast((stay) => names(content, facts.nameOf(stay.userId)));
  if (byName) return byName;
  const reader = record.kind === 'clicked' ? record.by : record.readers.length === 1 ? record.readers[0] : undefined;
  return reader ? begun.findLast((stay) => stay.userId === facts.idOf(reader)) : undefined;
}
