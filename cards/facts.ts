import type { Method } from '../bot/onboarding/method';
import { type Onboarding, reference } from '../bot/onboarding/onboarding';
import type { PersonName } from '../bot/onboarding/person';
import type { Viewer } from './card';
import type { Fact } from './panel';
import { isKey, t } from './strings/strings';
import { md, plain, type Safe, TEXT_LENGTH } from './text';
import { clockTime, dateTime } from './when';

/** Who the person is, in the ways by which somebody who knows them recognises them. */
export function personFacts(person: PersonName): Fact[] {
  const job = [person.jobTitle, person.department].filter((part) => part !== undefined).join(', ');
  return [
    { title: t('fact.subject'), value: md(person.displayName) },
    { title: t('fact.account'), value: md(person.userPrincipalName) },
    ...(job ? [{ title: t('fact.job'), value: md(job) }] : []),
  ];
}

/** Why it was asked for, in the requester's words. */
export function wordsFacts({ ticket, because }: Onboarding): Fact[] {
  return [
    ...(ticket ? [{ title: t('fact.ticket'), value: md(ticket) }] : []),
    ...(because ? [{ title: t('fact.because'), value: md(because, TEXT_LENGTH) }] : []),
  ];
}

/** `ONB-42`. */
export function referenceOf(onboarding: Pick<Onboarding, 'number'>): Safe {
  return plain(reference(onboarding));
}

/** The state in words; a closed one is named by how it ended. */
export function stateText(onboarding: Onboarding): Safe {
  return t(stateKey(onboarding));
}

/** Which words say the state. */
export function stateKey(onboarding: Onboarding) {
  if (onboarding.state === 'closed') return `state.${onboarding.outcome ?? 'cancelled'}` as const;
  if (onboarding.state === 'requested' && onboarding.approvedBy) return 'state.second' as const;
  return `state.${onboarding.state}` as const;
}

export function passkeyName(onboarding: Onboarding): Safe {
  return methodName(onboarding.passkey?.displayName);
}

export function methodName(name: string | undefined): Safe {
  return name === undefined || plain(name) === '' ? t('passkey.unnamed') : md(name);
}

/** A method as people know it: what kind it is, and how it is called. */
export function methodText({ kind, displayName }: Pick<Method, 'kind' | 'displayName'>): Safe {
  const words = t(`method.${kind}`);
  return displayName === undefined || plain(displayName) === ''
    ? words
    : t('method.named', { kind: words, name: md(displayName) });
}

/** What has happened so far, in order, each with its time. Only what is known is listed. */
export function progressFacts(onboarding: Onboarding, viewer: Viewer): Fact[] {
  const { zone } = viewer;
  const facts: Fact[] = [];
  const add = (title: Safe, value: Safe | undefined) => {
    if (value !== undefined) facts.push({ title, value });
  };
  const at = (time: number | undefined) => (time === undefined ? undefined : clockTime(time, zone));

  if (onboarding.state === 'requested') add(t('fact.decideBy'), dateTime(onboarding.expiresAt, zone));
  if (onboarding.approvedBy) add(t('fact.approvedBy'), md(onboarding.approvedBy.displayName));
  if (onboarding.secondApprovedBy) add(t('fact.secondBy'), md(onboarding.secondApprovedBy.displayName));
  if (onboarding.startAt !== undefined && onboarding.openedAt === undefined)
    add(t('fact.startAt'), dateTime(onboarding.startAt, zone));
  if (onboarding.useBy !== undefined) add(t('fact.useBy'), dateTime(onboarding.useBy, zone));
  add(t('fact.opened'), at(onboarding.openedAt));
  if (onboarding.state !== 'closed') add(t('fact.deadline'), at(onboarding.deadline));
  if (onboarding.pass && !onboarding.exit) {
    const { number, validUntil } = onboarding.pass;
    add(t('fact.pass'), t('fact.pass.value', { number, until: clockTime(validUntil, zone) }));
  }
  add(t('fact.handedOver'), at(onboarding.handedOverAt));
  add(t('fact.authenticator'), at(onboarding.authenticatorSeenAt));
  const passkey = onboarding.passkey;
  if (passkey) {
    const values = { passkey: passkeyName(onboarding), at: clockTime(passkey.seenAt, zone) };
    add(t('fact.passkey'), t('fact.passkey.value', values));
  }
  return [...facts, ...readBackFacts(onboarding, viewer)];
}

/** The parts of an exit: those that were read back, with their times, and those that were not yet. */
export function readBackFacts(onboarding: Onboarding, { zone }: Viewer): Fact[] {
  const { exit } = onboarding;
  if (!exit) return [];
  const part = (title: Safe, at: number | undefined): Fact => ({
    title,
    value: at === undefined ? t('fact.pending') : clockTime(at, zone),
  });
  return [
    part(t('fact.left'), exit.leftAt),
    part(t('fact.passGone'), exit.passGoneAt),
    part(t('fact.sessions'), exit.sessionsRevokedAt),
  ];
}

/** Completed is said only of what was read back, every part of it. */
export function isWhollyReadBack(onboarding: Onboarding): boolean {
  const { exit, passkey } = onboarding;
  return [passkey, exit?.leftAt, exit?.passGoneAt, exit?.sessionsRevokedAt].every((part) => part !== undefined);
}

export function commentFact(onboarding: Onboarding): Fact[] {
  return onboarding.comment ? [{ title: t('fact.comment'), value: md(onboarding.comment, TEXT_LENGTH) }] : [];
}

/** What aftercare or an exit found, in words; a code that has none is shown as it is. */
export function findingLines(onboarding: Onboarding): Safe[] {
  return onboarding.findings.slice(0, 20).map((finding) => {
    const [code = '', what = ''] = finding.split(/:(.*)/s);
    if (code === 'method-added') {
      const method = onboarding.added?.find(({ id }) => id === what);
      return t('alert.method-added', { what: method ? methodText(method) : md(what) });
    }
    if (code === 'subject-denies') return t('alert.subject-denies', { subject: md(onboarding.subject.displayName) });
    if (code === 'foreign-registration') return t('alert.foreign-registration', { what: md(what) });
    // The card may be read, or edited, after the exit came through at last: it must not say that she is still in.
    if (code === 'exit-overdue' && onboarding.exit?.leftAt !== undefined) return t('alert.exit-was-overdue');
    const key = `alert.${code}`;
    if (
      key === 'alert.exit-overdue' ||
      key === 'alert.member-again' ||
      key === 'alert.pass-again' ||
      key === 'alert.passkey-gone' ||
      key === 'alert.methods-unreadable'
    )
      return t(key);
    return t('alert.other', { what: md(finding) });
  });
}

/** An outcome or state code in words. */
export function outcomeText(outcome: string): Safe {
  const key = `outcome.${outcome}`;
  return isKey(key) && key.startsWith('outcome.') ? t(key as 'outcome.completed') : md(outcome);
}
