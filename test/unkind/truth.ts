import type { Records, TenantRecord } from '../../playground/contract';
import { visibleText } from '../promises/cards';

const OURS = /^app:/;

/**
 * What people in chat were told about one person, held against what the tenant's journal says for that moment. The
 * promise checker judges "completed" and its parts; this judges the rest of what people act on.
 */
export function untruths(
  records: Records,
  subjectId: string,
  sinceSeq: number,
  codes: ReadonlyMap<string, string>,
): string[] {
  const person = records.people.find(({ id }) => id === subjectId);
  const name = person?.displayName ?? subjectId;
  const changes = records.tenant.filter(
    (record): record is TenantRecord & { userId: string } =>
      record.seq > sinceSeq && 'userId' in record && record.userId === subjectId && OURS.test(record.actor),
  );
  const found: string[] = [];

  for (const record of records.teams) {
    if (record.seq <= sinceSeq) continue;
    const content =
      record.kind === 'sent' || record.kind === 'edited'
        ? record.activity
        : record.kind === 'clicked'
          ? record.answer
          : null;
    if (content === null || content === undefined) continue;
    const text = visibleText(content);
    const ofHer =
      text.includes(name) ||
      ((record.kind === 'sent' || record.kind === 'edited') && record.readers.includes(person?.key ?? ''));
    const before = changes.filter(({ seq }) => seq < record.seq);

    if (
      ofHer &&
      /(was declined|was not used in time|was cancelled)\. Nothing was changed|closed before it started/i.test(text) &&
      before.length > 0
    )
      found.push(`"nothing was changed" was said of ${name}, after ${before[0]?.kind} (${record.seq})`);

    if (record.kind === 'clicked' && /does not answer[\s\S]*Nothing was changed/i.test(text)) {
      const during = changes.filter(({ at, seq }) => seq < record.seq && at >= record.at - record.elapsedMs);
      if (during.length > 0)
        found.push(
          `"nothing was changed" was answered to a click in whose time there was ${during[0]?.kind} (${record.seq})`,
        );
    }

    if (record.kind === 'clicked') {
      const bare = text.replace(/\s/g, '');
      for (const [passId, code] of codes) {
        if (!bare.includes(code)) continue;
        const gone = before.find(
          (each) =>
            (each.kind === 'pass-deleted' || each.kind === 'pass-replaced' || each.kind === 'pass-expired') &&
            each.passId === passId,
        );
        if (gone && gone.at < record.at - record.elapsedMs)
          found.push(`a pass was shown that was already ${gone.kind} (${record.seq})`);
      }
    }
  }
  return found;
}
