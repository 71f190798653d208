import { judgeExport } from '../../../graph/readiness/judge-export';
import { ExportMissing, readExport } from '../../../graph/readiness/read-export';
import { exitStatusOf, type Report } from '../../../graph/readiness/verdict';
import { readConfig } from '../../config';
import { doctorHtml } from '../doctor-html';
import { doctorText } from '../doctor-text';
import { CliError, EXIT } from '../exit-codes';
import type { Output } from '../output';
import { quietLog } from '../use-store';

export interface DoctorOptions {
  /** A folder or file of exported policies; without it the live tenant is read. */
  readonly policies?: string;
  readonly group?: string;
  readonly breakGlass?: readonly string[];
  readonly onboardingPolicy?: string;
  readonly json: boolean;
  readonly html: boolean;
}

/**
 * Judges the live tenant, or exported Conditional Access policies; those need no permission and no configuration.
 * @returns 0 ready, 1 not ready, 2 could not tell
 */
export async function doctor(env: NodeJS.ProcessEnv, output: Output, options: DoctorOptions): Promise<number> {
  const report = options.policies === undefined ? await onTenant(env, output, options) : onExport(env, options);
  if (options.json) output.result(JSON.stringify(publicReport(report), null, 2));
  else if (options.html) output.result(doctorHtml(report, 'Onboard: is this tenant ready?'));
  else output.result(doctorText(report));
  return exitStatusOf(report);
}

function onExport(env: NodeJS.ProcessEnv, { policies, group, breakGlass, onboardingPolicy }: DoctorOptions): Report {
  const groupId = group ?? env.ONBOARDING_GROUP_ID;
  if (!groupId) throw new CliError('Name the onboarding group: --group with its object id.', EXIT.usage);
  try {
    const read = readExport(policies ?? '');
    return judgeExport(read.policies, read.unread, {
      groupId,
      breakGlass: breakGlass ?? [],
      onboardingPolicyId: onboardingPolicy,
    });
  } catch (error) {
    if (error instanceof ExportMissing) throw new CliError(error.message, EXIT.usage);
    throw error;
  }
}

async function onTenant(env: NodeJS.ProcessEnv, output: Output, options: DoctorOptions): Promise<Report> {
  const config = readConfig(env);
  output.remark('Reading the tenant. Nothing is changed. (For exported policies: --policies DIR --group ID.)');
  const { examineTenant } = await import('../../../graph/doctor');
  return examineTenant(
    {
      tenantId: config.tenantId,
      clientId: config.clientId,
      credential: config.credential,
      authorityHost: config.authorityHost,
      graphBaseUrl: config.graphBaseUrl,
      onboardingGroupId: options.group ?? config.policy.onboardingGroupId,
    },
    quietLog('error'),
    {
      breakGlass: options.breakGlass ?? config.policy.protectedIds,
      onboardingPolicyId: options.onboardingPolicy,
      windowMinutes: config.policy.windowLength / 60_000,
      membership: config.membership,
      watchdogHost: config.watchdogHost,
    },
  );
}

/** The documented shape, and nothing else. */
function publicReport({ ready, policies, checks }: Report) {
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
