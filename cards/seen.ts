import type { Onboarding } from '../bot/onboarding/onboarding';
import { methodName, passkeyName } from './facts';
import { isKey, stepsOf, t, words } from './strings/strings';
import { stuckRow } from './stuck-catalogue';
import { md, type Safe } from './text';

/** What Onboard sees of her set-up, in one line. */
export function seenLine(onboarding: Onboarding): Safe {
  if (onboarding.passkey) return t('stuck.seen.passkey', { passkey: passkeyName(onboarding) });
  if (onboarding.wrongKind) return t('stuck.seen.wrongKind', { passkey: methodName(onboarding.wrongKind.displayName) });
  return t(onboarding.authenticatorSeenAt === undefined ? 'stuck.seen.none' : 'stuck.seen.authenticator');
}

/** What she said that she sees. */
export function seesText(onboarding: Onboarding): Safe {
  const row = stuckRow(onboarding.stuck?.saw);
  return row ? words(row.see, {}) : t('fact.sees.other');
}

/** The step at which she is, as she reads it; `undefined` before she chose a way. */
export function whereText(onboarding: Onboarding): Safe | undefined {
  const at = onboarding.stuck?.route === undefined ? onboarding.guideAt : onboarding.stuck;
  const key = `guide.route.${at?.route}`;
  if (at?.route === undefined || !isKey(key)) return undefined;
  const steps = stepsOf(at.route);
  const step = Math.min(Math.max(Math.trunc(at.step ?? 0), 0), steps.length - 1);
  return t('fact.where.step', {
    route: words(key, {}),
    step: step + 1,
    steps: steps.length,
    text: words(steps[step] ?? 'step.before.1', { upn: md(onboarding.subject.userPrincipalName) }),
  });
}
