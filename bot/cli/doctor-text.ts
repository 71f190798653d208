import type { Finding, Report, Verdict } from '../../graph/readiness/verdict';
import { printable } from './table';

/** Worst first: what has to be done is read before what is in order. */
const ORDER: readonly Verdict[] = ['fail', 'must-exclude', 'review', 'warn', 'manual', 'may-stay', 'ok'];

const HEADINGS: Readonly<Record<Verdict, string>> = {
  fail: 'Stops people, or leaves the window unprotected',
  'must-exclude': 'The onboarding group has to be excluded',
  review: 'Somebody has to decide, or it could not be told',
  warn: 'Works, and is better changed',
  manual: 'Look for yourself',
  'may-stay': 'May stay; people may notice it',
  ok: 'In order',
};

/** The report for a terminal: sections by verdict, a finding with its evidence and what to do below it. */
export function doctorText(report: Report): string {
  const findings = [
    ...report.policies.map((one) => ({ ...one, title: `${one.name} (${one.state || 'no state'})` })),
    ...report.checks.map((one) => ({ ...one, title: one.id })),
  ];
  const sections = ORDER.flatMap((verdict) => {
    const those = findings.filter((one) => one.verdict === verdict);
    return those.length === 0
      ? []
      : [[`${HEADINGS[verdict]} (${those.length})`, ...those.map((one) => entry(one, verdict))].join('\n\n')];
  });
  return [...sections, conclusion(report)].join('\n\n');
}

function entry(finding: Finding & { readonly title: string }, verdict: Verdict): string {
  const lines = [`  [${verdict}] ${printable(finding.title)}`, `      ${printable(finding.reason)}`];
  if (verdict !== 'ok') lines.push(`      Seen at ${printable(finding.evidence)}`);
  if (finding.fix) lines.push(...finding.fix.split('\n').map((line) => `      > ${printable(line)}`));
  return lines.join('\n');
}

function conclusion({ ready, policies, checks }: Report): string {
  const all: readonly Finding[] = [...policies, ...checks];
  const manual = all.filter(({ verdict }) => verdict === 'manual').length;
  const looked = `Policies read: ${policies.length}.`;
  if (ready) {
    return manual > 0
      ? `READY, as far as can be read here. ${looked} ${manual} to look at yourself.`
      : `READY. ${looked}`;
  }
  const blocking = all.filter(({ verdict }) => verdict === 'fail' || verdict === 'must-exclude').length;
  const unknown = all.filter((one) => one.unknown).length;
  return blocking > 0
    ? `NOT READY: ${blocking} to change first. ${looked}`
    : `COULD NOT TELL: ${unknown} not known or not read. ${looked}`;
}
