import type { Refusal } from '../bot/onboarding/refusal';
import { outcomeText } from './facts';
import { isKey, t, words } from './strings/strings';
import { plain, type Safe } from './text';
import { dateTime } from './when';

/**
 * A refusal as plain text, for a chat message or the line under a card; neither is read as formatting. A code without
 * words is a compile error here or found by a test.
 */
export function refusalText(refusal: Refusal): Safe {
  switch (refusal.code) {
    case 'name-unusable':
      return t(`refusal.name-unusable.${refusal.why}`);
    case 'no-approver':
      return t(`refusal.no-approver.${refusal.why}`, { name: plain(refusal.name) } as never);
    case 'nobody-found':
      return refusal.suggestion === undefined
        ? t('refusal.nobody-found', { name: plain(refusal.name) })
        : t('refusal.nobody-found.suggestion', {
            name: plain(refusal.name),
            suggestion: plain(refusal.suggestion),
          });
    case 'start-unusable':
      return startText(refusal);
    case 'too-early':
      return t('refusal.too-early', { at: dateTime(refusal.startAt) });
    case 'already-decided': {
      const outcome = outcomeText(refusal.outcome);
      return refusal.by === ''
        ? t('refusal.already-decided.nobody', { outcome })
        : t('refusal.already-decided', { outcome, by: plain(refusal.by) });
    }
    case 'finished':
      return t('refusal.finished', { outcome: outcomeText(refusal.outcome) });
    case 'unknown-command':
      return refusal.suggestion === undefined
        ? t('refusal.unknown-command', { said: plain(refusal.said) })
        : t('refusal.unknown-command.suggestion', {
            said: plain(refusal.said),
            suggestion: plain(refusal.suggestion),
          });
    case 'tenant-unavailable': {
      const reference =
        refusal.reference === undefined
          ? ('' as Safe)
          : t('refusal.tenant-unavailable.reference', { reference: plain(refusal.reference) });
      const again = refusal.unsure ? 'refusal.tenant-unavailable.unsure' : 'refusal.tenant-unavailable.retry';
      return t(refusal.retryable ? again : 'refusal.tenant-unavailable.final', { reference });
    }
    default:
      return simple(refusal);
  }
}

function startText({ why, suggestion }: Extract<Refusal, { code: 'start-unusable' }>): Safe {
  const words = t(`refusal.start-unusable.${why}`);
  if (suggestion === undefined) return words;
  return `${words} ${t('refusal.start-unusable.suggestion', { suggestion: plain(suggestion) })}` as Safe;
}

type Simple = Exclude<
  Refusal,
  {
    code:
      | 'name-unusable'
      | 'no-approver'
      | 'nobody-found'
      | 'start-unusable'
      | 'too-early'
      | 'already-decided'
      | 'finished'
      | 'unknown-command'
      | 'tenant-unavailable';
  }
>;

function simple(refusal: Simple): Safe {
  const { code, ...values } = refusal;
  const key: `refusal.${Simple['code']}` = `refusal.${code}`;
  // A refusal may come from a newer instance's store; then its code is better than nothing.
  if (!isKey(key)) return plain(code);
  // The one number that a refusal has is what its words are counted by.
  const safe = Object.entries(values).map(([name, value]) =>
    typeof value === 'number' ? [name === 'max' ? 'count' : name, value] : [name, plain(value)],
  );
  return words(key, Object.fromEntries(safe));
}
