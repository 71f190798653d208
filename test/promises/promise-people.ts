import type { RecordedPerson } from '../../playground/contract';
import type { Timeline } from './timeline';
import type { Violation } from './types';

/** Promise 7: guests, disabled, protected and break-glass accounts are never touched; privileged ones only where allowed. */
export function checkPeople(facts: Timeline): Violation[] {
  const touched = facts.tenant.filter(
    (record) => record.actor === facts.app && (record.kind === 'member-added' || record.kind === 'pass-created'),
  );
  return touched.flatMap((record) => {
    if (!('userId' in record)) return [];
    const person = facts.personAt(record.userId, record.seq);
    const why = person ? wrongWith(facts, person) : 'somebody who is not in the directory';
    const act = record.kind === 'pass-created' ? 'a pass was made for' : 'the group was opened to';
    return why ? [{ promise: 7, what: `${act} ${why}`, evidence: [record.seq] }] : [];
  });
}

function wrongWith(facts: Timeline, person: RecordedPerson): string | undefined {
  if (person.userType === 'Guest') return 'a guest';
  if (!person.enabled) return 'a disabled account';
  if (person.breakGlass) return 'a break-glass account';
  if (person.privileged && !facts.options.privilegedAllowed) return 'a privileged person';
  return undefined;
}
