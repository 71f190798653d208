import { judgeExport } from '../../../graph/readiness/judge-export';
import { ExportMissing, readExport } from '../../../graph/readiness/read-export';
import { exitStatusOf } from '../../../graph/readiness/verdict';
import { doctorHtml } from '../doctor-html';
import { doctorText } from '../doctor-text';
import { CliError, EXIT } from '../exit-codes';
import type { Output } from '../output';

export interface DoctorOptions {
  /** A folder or file of exported policies. */
  readonly policies?: string;
  readonly group?: string;
  readonly breakGlass?: readonly string[];
  readonly onboardingPolicy?: string;
  readonly json: boolean;
  readonly html: boolean;
}

/**
 * Judges exported Conditional Access policies; needs no permission and no configuration.
 * @returns 0 ready, 1 not ready, 2 could not tell
 */
export function doctor(env: NodeJS.ProcessEnv, output: Output, options: DoctorOptions): number {
  const groupId = options.group ?? env.ONBOARDING_GROUP_ID;
  if (!options.policies) {
    throw new CliError(
      'Name a folder with the exported policies: onboard doctor --policies DIR --group ID.',
      EXIT.usage,
    );
  }
  if (!groupId) throw new CliError('Name the onboarding group: --group with its object id.', EXIT.usage);
  let read: ReturnType<typeof readExport>;
  try {
    read = readExport(options.policies);
  } catch (error) {
    if (error instanceof ExportMissing) throw new CliError(error.message, EXIT.usage);
    throw error;
  }
  const report = judgeExport(read.policies, read.unread, {
    groupId,
    breakGlass: options.breakGlass ?? [],
    onboardingPolicyId: options.onboardingPolicy,
  });
  if (options.json) output.result(JSON.stringify(publicReport(report), null, 2));
  else if (options.html) output.result(doctorHtml(report, 'Onboard: is this tenant ready?'));
  else output.result(doctorText(report));
  return exitStatusOf(report);
}

/** The documented shape, and nothing else. */
function publicReport({ ready, policies, checks }: ReturnType<typeof judgeExport>) {
  return {
    ready,
    policies: policies.map(({ id, name, state, verdict, reason, evidence, fix }) => ({
      id,
      name,
      state,
      verdict,
      reason,
      evidence,
      fix,
    })),
    checks: checks.map(({ id, verdict, reason, evidence, fix }) => ({ id, verdict, reason, evidence, fix })),
  };
}
