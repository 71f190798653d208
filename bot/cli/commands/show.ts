import { readStoreConfig } from '../../config';
import { type Onboarding, reference } from '../../onboarding/onboarding';
import type { LedgerLine } from '../../store/ledger';
import { CliError } from '../exit-codes';
import type { Output } from '../output';
import { readNumber } from '../read-number';
import { printable, table } from '../table';
import { useStore } from '../use-store';
import { when } from '../when';
import { summaryOf } from './list';

/** One onboarding with its part of the ledger. */
export async function show(
  env: NodeJS.ProcessEnv,
  output: Output,
  which: string,
  options: { readonly json: boolean },
): Promise<void> {
  const number = readNumber(which);
  await useStore(readStoreConfig(env), async ({ store, ledger }) => {
    const onboarding = await store.loadByNumber(number);
    if (!onboarding) throw new CliError(`There is no ONB-${number}.`);
    const lines = await ledger.entries({ onboardingId: onboarding.id });
    if (options.json) return output.result(JSON.stringify({ ...summaryOf(onboarding), ledger: lines }, null, 2));
    output.result(describe(onboarding));
    output.result('');
    output.result(table(['LEDGER', 'AT', 'BY', 'WHAT', ''], lines.map(ledgerRow)));
  });
}

function describe(onboarding: Onboarding): string {
  const { exit, pass } = onboarding;
  const who = ({ displayName, userPrincipalName }: Onboarding['subject']) => `${displayName} <${userPrincipalName}>`;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Onboarding', reference(onboarding)],
    ['State', onboarding.state],
    ['Outcome', onboarding.outcome ?? exit?.outcome],
    ['Reason', onboarding.reason],
    ['Subject', who(onboarding.subject) + (onboarding.privileged ? ' (privileged)' : '')],
    ['Requested by', who(onboarding.requester)],
    ['Requested at', when(onboarding.requestedAt)],
    ['Asked to approve', `${who(onboarding.approver)} (${onboarding.approverIs})`],
    ['Approved by', onboarding.approvedBy && who(onboarding.approvedBy)],
    ['Second approval by', onboarding.secondApprovedBy && who(onboarding.secondApprovedBy)],
    ['Window opened', when(onboarding.openedAt)],
    ['Read back as a member', when(onboarding.memberAt)],
    ['Deadline', when(onboarding.deadline)],
    ['Pass', pass && `number ${pass.number}, until ${when(pass.validUntil)}`],
    ['Passkey seen', when(onboarding.passkey?.seenAt)],
    ['Left the group', when(exit?.leftAt)],
    ['Pass gone', when(exit?.passGoneAt)],
    ['Sessions revoked', when(exit?.sessionsRevokedAt)],
    ['Closed', when(onboarding.closedAt)],
    ['To act on', onboarding.findings.join(', ')],
    ['Looked at next', when(onboarding.dueAt)],
  ];
  return facts
    .filter(([, value]) => value)
    .map(([name, value]) => `${name.padEnd(22)}${printable(value ?? '')}`)
    .join('\n');
}

function ledgerRow({ seq, entry }: LedgerLine): readonly string[] {
  const { actor } = entry;
  const by = 'person' in actor ? actor.person : 'operator' in actor ? actor.operator : `onboard (${actor.onboard})`;
  const detail = Object.entries(entry.detail).map(([key, value]) => `${key}=${String(value)}`);
  return [String(seq), when(entry.at), by, entry.event, detail.join(' ')];
}
