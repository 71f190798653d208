import type { Method } from '../bot/onboarding/method';
import type { Onboarding } from '../bot/onboarding/onboarding';
import type { PersonName } from '../bot/onboarding/person';
import { button, type Card, type Viewer } from './card';
import { methodName } from './facts';
import { form } from './form';
import { type Fact, panel } from './panel';
import { t } from './strings/strings';
import { md, plain, type Safe } from './text';
import { clockTime, dateTime } from './when';

/** A passkey that helpdesk can choose. */
export type Choice = Method & { readonly accepted: boolean };

/**
 * What helpdesk chooses from before a recovery is asked for. Ways out that need no code and no window come first. Names
 * and ids on it are looked up again when it is sent.
 */
export function renderRecover(
  person: PersonName,
  passkeys: readonly Choice[],
  deletes: boolean,
  { zone }: Viewer,
  typed: { readonly ticket?: string; readonly because?: string } = {},
): Card {
  const subject = md(person.displayName);
  const others = passkeys.filter(({ accepted }) => accepted).length > 1;
  return form({
    title: t('recover.title', { subject }),
    lines: [
      md(person.userPrincipalName),
      t('recover.cheaper.title'),
      ...(others ? [t('recover.cheaper.other', { subject })] : []),
      t('recover.cheaper.replaced', { subject }),
      t('recover.text'),
    ],
    questions: [
      {
        id: 'loss',
        label: t('recover.loss.label'),
        needed: t('recover.loss.needed'),
        choices: (['lost', 'stolen', 'replaced'] as const).map((loss) => ({
          title: t(`recover.loss.${loss}`),
          value: loss,
        })),
      },
      {
        id: 'old',
        label: t('recover.old.label'),
        needed: t('recover.old.needed'),
        several: true,
        choices: passkeys.slice(0, 20).map((passkey) => ({ title: choiceTitle(passkey, zone), value: passkey.id })),
      },
    ],
    ticks: others ? [{ id: 'noneWorks', title: t('recover.noneWorks', { subject }) }] : [],
    texts: [
      { id: 'ticket', label: t('pick.ticket'), value: plain(typed.ticket ?? '') },
      { id: 'because', label: t('pick.because'), value: plain(typed.because ?? '', 300) },
    ],
    notes: [t(deletes ? 'recover.old.onboard' : 'recover.old.hand'), t('recover.loss.stolenNote', { subject })],
    buttons: [
      button({ id: '', nonce: '', version: 0 }, 'recover', t('recover.button'), {
        style: 'positive',
        inputs: 'auto',
        person: person.id,
      }),
    ],
  });
}

/** Several people fit the name that was typed. */
export function renderRecoverWhom(people: readonly PersonName[], said: string): Card {
  const choices = people.slice(0, 10).map((person) => ({
    title: [person.displayName, person.userPrincipalName, person.jobTitle, person.department]
      .flatMap((part) => (part === undefined ? [] : [plain(part)]))
      .join(' - '),
    value: person.id,
  }));
  return form({
    title: t('people.title'),
    lines: [t('people.text', { said: md(said) })],
    questions: [{ id: 'person', label: t('people.label'), needed: t('people.needed'), choices }],
    buttons: [
      button({ id: '', nonce: '', version: 0 }, 'recover', t('button.next'), { style: 'positive', inputs: 'auto' }),
    ],
  });
}

// Choices are shown as they are, without formatting, so the words are bounded but not escaped.
function choiceTitle({ displayName, createdAt, accepted }: Choice, zone: string | undefined): string {
  const name = plain(displayName ?? '') || t('passkey.unnamed');
  const dated =
    createdAt === undefined
      ? t('recover.passkey.undated', { passkey: name as Safe })
      : t('recover.passkey', { passkey: name as Safe, at: dateTime(createdAt, zone) });
  return accepted ? dated : t('recover.passkey.notAccepted', { passkey: dated });
}

/** What helpdesk sees after it was sent. */
export function renderRecoverAsked(onboarding: Onboarding): Card {
  const subject = md(onboarding.subject.displayName);
  return panel({
    title: t('recover.title', { subject }),
    lines: [t('recover.asked', { reference: plain(`ONB-${onboarding.number}`), subject })],
  });
}

/** What is replaced, why, and what became of it so far. Empty where nothing is. */
export function recoveryFacts({ recovery }: Onboarding, { zone }: Viewer): Fact[] {
  if (!recovery) return [];
  const old = recovery.old.map(({ displayName }): Fact => {
    const passkey = methodName(displayName);
    const value =
      recovery.goneAt === undefined
        ? t(recovery.by === 'onboard' ? 'fact.old.onboard' : 'fact.old.hand', { passkey })
        : t('fact.old.gone', { passkey, at: clockTime(recovery.goneAt, zone) });
    return { title: t('fact.old'), value };
  });
  const theft =
    recovery.loss === 'stolen'
      ? [
          {
            title: t('fact.theft'),
            value:
              recovery.sessionsRevokedAt === undefined
                ? t('fact.pending')
                : clockTime(recovery.sessionsRevokedAt, zone),
          },
        ]
      : [];
  return [{ title: t('fact.loss'), value: t(`loss.${recovery.loss}`) }, ...old, ...theft];
}

/** What an approver has to know beyond the ordinary. */
export function recoveryRisks({ recovery, subject }: Onboarding): Safe[] {
  if (!recovery) return [];
  const passkey = names(recovery.old);
  return [
    t(recovery.by === 'onboard' ? 'approval.recover.onboard' : 'approval.recover.hand', { passkey }),
    ...(recovery.loss === 'stolen' ? [t('approval.recover.stolen', { subject: md(subject.displayName) })] : []),
  ];
}

/** What somebody has to do by hand before it can begin; and afterwards, what is not put back. */
export function recoveryLines({ recovery, state, subject, outcome }: Onboarding): Safe[] {
  if (!recovery) return [];
  const passkey = names(recovery.old);
  const waiting = state === 'requested' || state === 'approved' || state === 'opening';
  if (waiting && recovery.by === 'hand' && recovery.goneAt === undefined)
    return [t('recover.hand.title', { passkey }), t('recover.hand.clicks', { account: md(subject.userPrincipalName) })];
  const ended = state === 'closed' && outcome !== 'completed';
  return ended && recovery.goneAt !== undefined
    ? [t('recover.notPutBack', { passkey, subject: md(subject.displayName) })]
    : [];
}

function names(old: readonly Method[]): Safe {
  return old.map(({ displayName }) => methodName(displayName)).join(', ') as Safe;
}
