import { formsFound } from '../hunt/forms';
import type { Timeline } from './timeline';
import type { Violation } from './types';

/**
 * Promise 3: the pass is in Graph's answer, in ours, and on the approver's screen. In the records: in the answer to one
 * click, and nowhere else.
 */
export function checkSecret(facts: Timeline): Violation[] {
  const { records, options, clicks } = facts;
  const violations: Violation[] = [];
  const places: (readonly [what: string, seq: number, content: unknown])[] = [
    ...facts.stored.map((record) => ['a stored message', record.seq, record.activity] as const),
    ...clicks.map((click) => ['the data of a click', click.seq, click.data] as const),
    ...clicks
      .filter((click) => click.trigger === 'automatic')
      .map((click) => ['an answer that nobody asked for', click.seq, click.answer] as const),
    ...records.teams
      .filter((each) => each.kind === 'said')
      .map((each) => ['what somebody said', each.seq, each] as const),
    ...records.graph.map((call) => ['the address of a Graph call', call.seq, call.path] as const),
    ...records.tenant.map((each) => ['a record of the tenant', each.seq, each] as const),
  ];
  for (const { code, id } of options.passCodes) {
    for (const [what, seq, content] of places) {
      const forms = formsFound(JSON.stringify(content) ?? '', code);
      if (forms.length > 0) violations.push({ promise: 3, what: `a pass is in ${what}`, evidence: [seq, ...forms] });
    }
    const answers = facts.shown.filter((shown) => shown.passId === id);
    if (answers.length > 1) {
      const evidence = answers.map(({ click }) => click.seq);
      violations.push({ promise: 3, what: 'the same pass was answered more than once', evidence });
    }
  }
  return violations;
}
