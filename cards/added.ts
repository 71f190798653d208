import { type AddedMethod, needsHandling, type Onboarding, toActOn } from '../bot/onboarding/onboarding';
import { type Button, button, type Viewer } from './card';
import { methodText } from './facts';
import { t } from './strings/strings';
import { md, type Safe } from './text';
import { clockTime } from './when';

/** A card names this many; whoever opens the account sees the rest. */
const MOST = 10;

/** What was added besides the proof, and what somebody has to do about it until somebody says that it is done. */
export function addedLines(onboarding: Onboarding, viewer: Viewer): Safe[] {
  const lines: Safe[] = [];
  const act = toActOn(onboarding);
  const added = onboarding.added ?? [];
  const there = added.filter((method) => method.goneAt === undefined && !act.includes(method));
  const gone = added.filter((method) => method.goneAt !== undefined);
  if (there.length > 0) lines.push(t('added.also', { what: names(there) }));
  if (gone.length > 0) lines.push(t('added.removed', { what: names(gone) }));
  if (act.length > 0) lines.push(t('actNow.title', { what: names(act) }));
  if (needsHandling(onboarding)) {
    const { displayName, userPrincipalName } = onboarding.subject;
    lines.push(t('actNow.clicks', { subject: md(displayName), account: md(userPrincipalName) }));
  }
  const { handledAt, handledBy } = onboarding;
  if (handledAt !== undefined)
    lines.push(t('actNow.handled', { by: md(handledBy?.displayName ?? ''), at: clockTime(handledAt, viewer.zone) }));
  return lines;
}

/** The way to say that it is taken care of, as long as it is not. */
export function handledButtons(onboarding: Onboarding): Button[] {
  return needsHandling(onboarding) ? [button(onboarding, 'confirm-handled', t('button.handled'))] : [];
}

function names(methods: readonly AddedMethod[]): Safe {
  return methods.slice(0, MOST).map(methodText).join(', ') as Safe;
}
