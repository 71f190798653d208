import { systemClock } from '../bot/clock';
import { graphBase } from './base-url';
import { createClients } from './client';
import { createCredential } from './credential';
import type { Question } from './readiness/judge-export';
import type { Need } from './readiness/judge-methods';
import { type Exits, judgeTenant } from './readiness/judge-tenant';
import { readTenant } from './readiness/read-tenant';
import type { Report } from './readiness/verdict';
import type { GraphLog, GraphSeams, GraphSettings } from './settings';

/** The doctor on the live tenant. It changes nothing; what may not be read is part of the report. */
export async function examineTenant(
  settings: GraphSettings,
  log: GraphLog,
  about: Omit<Question, 'groupId'> & Omit<Need, 'groupId'> & Exits,
  seams: GraphSeams = {},
): Promise<Report> {
  const clock = seams.clock ?? systemClock;
  const base = graphBase(settings.graphBaseUrl);
  const credential = seams.credential ?? createCredential(settings);
  const clients = createClients({
    base,
    credential,
    log,
    clock,
    ...(seams.fetch ? { fetch: seams.fetch } : {}),
  });
  const sleep = (ms: number) => clock.sleep(ms);
  const groupId = settings.onboardingGroupId;
  const facts = await readTenant(clients('later'), groupId, () => credential.tokenFor(base.scope), sleep);
  return judgeTenant(facts, { ...about, groupId }, { ...about, groupId }, about);
}
