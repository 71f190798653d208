import type { Call } from './route';

/** Members that came after `unknownFutureValue` in their enumerations: of grant controls, platforms and modes. */
const LATER = new Set(['riskRemediation', 'linux', 'qrCodePin']);

/**
 * An evolvable enumeration shows what was added later only to whoever asks for it with
 * `Prefer: include-unknown-enum-members`; everybody else is told that there is something.
 */
export function withoutUnknown<T>(call: Pick<Call, 'header'>, value: T): T {
  const asks = call.header('prefer')?.toLowerCase().includes('include-unknown-enum-members') ?? false;
  return asks ? value : (hide(value) as T);
}

function hide(value: unknown): unknown {
  if (typeof value === 'string') return LATER.has(value) ? 'unknownFutureValue' : value;
  if (Array.isArray(value)) return value.map(hide);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, hide(one)]));
}
