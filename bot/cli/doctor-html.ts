import type { Finding, Report } from '../../graph/readiness/verdict';

const safe = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** The report as one page without scripts, for whoever has to change the policies. Text from the tenant is escaped. */
export function doctorHtml(report: Report, title: string): string {
  const rows = [
    ...report.policies.map((one) => row(one, `${one.name}`, one.state)),
    ...report.checks.map((one) => row(one, one.id, '')),
  ];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${safe(title)}</title>
<style>
body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1b1b1f;background:#fff}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.5rem;border-bottom:1px solid #d0d0d7}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f3f3f7;padding:.5rem;font-size:.85rem}code{overflow-wrap:anywhere}
.fail,.must-exclude{color:#a4161a;font-weight:600}.warn,.review{color:#7a4d00;font-weight:600}.ok,.may-stay{color:#14602f}
</style></head><body>
<h1>${safe(title)}</h1>
<p><strong>${report.ready ? 'Ready' : 'Not ready'}</strong>. Policies read: ${report.policies.length}.</p>
<table><thead><tr><th scope="col">Verdict</th><th scope="col">What</th><th scope="col">Why, and what to do</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table>
</body></html>
`;
}

function row(finding: Finding, what: string, state: string): string {
  const fix = finding.fix ? `<pre>${safe(finding.fix)}</pre>` : '';
  return `<tr><td class="${finding.verdict}">${finding.verdict}</td><td>${safe(what)}${state ? `<br><small>${safe(state)}</small>` : ''}</td><td>${safe(finding.reason)}<br><code>${safe(finding.evidence)}</code>${fix}</td></tr>`;
}
