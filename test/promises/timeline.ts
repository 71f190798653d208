import type { RecordedPerson, Records, TeamsRecord, TenantRecord } from '../../playground/contract';
import { formsFound } from '../hunt/forms';
import { allStrings, type Offer, offersIn, repeats, visibleText } from './cards';
import type { CheckOptions } from './types';

/** The members of a union of records that can be of that kind. */
export type Kind<R extends { kind: string }, K extends R['kind']> = R extends { kind: infer Own }
  ? [Extract<Own, K>] extends [never]
    ? never
    : R
  : never;
export type Click = Kind<TeamsRecord, 'clicked'>;
export type Stored = Kind<TeamsRecord, 'sent' | 'edited'>;
type Joined = Kind<TenantRecord, 'member-added'>;
type Left = Kind<TenantRecord, 'member-removed'>;

/** Somebody's time in the onboarding group. */
export interface Stay {
  readonly userId: string;
  readonly joined: Joined;
  /** Absent while the person is still in it. */
  readonly left?: Left;
  /** Joined through Onboard. */
  readonly ours: boolean;
}

/** A pass from its creation to whatever ended it. */
export interface PassLife {
  readonly created: Kind<TenantRecord, 'pass-created'>;
  readonly ended?: Kind<TenantRecord, 'pass-deleted' | 'pass-replaced' | 'pass-expired'>;
}

/** A pass on somebody's screen: the answer to a click that held its code. */
export interface Shown {
  readonly click: Click;
  readonly userId: string;
  readonly passId: string;
}

/** One onboarding as Teams saw it: the id that its cards carry, and what was done with them. */
export interface Case {
  readonly id: string;
  readonly messages: readonly Stored[];
  /** Manual clicks that repeat an offer of the bot, in order. */
  readonly clicks: readonly Click[];
  readonly shown: readonly Shown[];
}

/** When a click was made; it is recorded when it was answered. */
export const pressedAt = (click: Click): number => click.at - click.elapsedMs;

export type Timeline = ReturnType<typeof createTimeline>;

/** The facts that the promises are held against, derived from the records alone. */
export function createTimeline(records: Records, options: CheckOptions) {
  const app = `app:${records.botAppId}`;
  const tenant = [...records.tenant].sort((a, b) => a.seq - b.seq);
  const teams = [...records.teams].sort((a, b) => a.seq - b.seq);

  const stays: Stay[] = [];
  for (const record of tenant) {
    if (record.kind === 'member-added' && record.groupId === records.groupId) {
      stays.push({ userId: record.userId, joined: record, ours: record.actor === app });
    }
    if (record.kind === 'member-removed' && record.groupId === records.groupId) {
      const index = stays.findIndex((stay) => stay.userId === record.userId && !stay.left);
      const stay = stays[index];
      if (stay) stays[index] = { ...stay, left: record };
    }
  }

  const passes: PassLife[] = [];
  for (const record of tenant) {
    if (record.kind === 'pass-created') passes.push({ created: record });
    if (record.kind === 'pass-deleted' || record.kind === 'pass-replaced' || record.kind === 'pass-expired') {
      const index = passes.findIndex((pass) => pass.created.passId === record.passId && !pass.ended);
      const pass = passes[index];
      if (pass) passes[index] = { ...pass, ended: record };
    }
  }

  const clicks = teams.filter((record): record is Click => record.kind === 'clicked');
  const stored = teams.filter((record): record is Stored => record.kind === 'sent' || record.kind === 'edited');

  const shown: Shown[] = clicks.flatMap((click) => {
    const text = allStrings(click.answer).join('\n');
    return options.passCodes
      .filter(({ code }) => formsFound(text, code).length > 0)
      .map(({ userId, id }) => ({ click, userId, passId: id }));
  });

  // Offers, with when the bot first made them.
  const offers: (Offer & { readonly seq: number })[] = [
    ...stored.flatMap((message) => offersIn(message.activity).map((offer) => ({ ...offer, seq: message.seq }))),
    ...clicks.flatMap((click) => offersIn(click.answer).map((offer) => ({ ...offer, seq: click.seq }))),
  ];
  const offered = (click: Click) =>
    offers.find((offer) => offer.seq < click.seq && repeats(offer, click.verb, click.data));

  const ids = new Set(offers.flatMap((offer) => caseIdOf(offer.data) ?? []));
  const cases: Case[] = [...ids].map((id) => ({
    id,
    messages: stored.filter((message) => offersIn(message.activity).some((offer) => caseIdOf(offer.data) === id)),
    clicks: clicks.filter((click) => click.trigger === 'manual' && caseIdOf(click.data) === id && offered(click)),
    shown: shown.filter(({ click }) => caseIdOf(click.data) === id),
  }));

  /** The person as the directory had them at that moment. */
  function personAt(id: string, seq: number): RecordedPerson | undefined {
    let person = records.people.find((each) => each.id === id);
    for (const record of tenant) {
      if (record.seq > seq || record.kind !== 'person-changed' || record.userId !== id || !person) continue;
      const { accountEnabled, ...rest } = record.change;
      person = { ...person, ...rest, ...(typeof accountEnabled === 'boolean' ? { enabled: accountEnabled } : {}) };
    }
    return person;
  }

  const idOf = (key: string) => records.people.find((each) => each.key === key)?.id ?? `nobody:${key}`;

  /** Case of a stay: where its pass was shown, else the latest one whose cards name the person and that was approved. */
  function caseOf(stay: Stay): Case | undefined {
    const until = stay.left?.seq ?? Number.POSITIVE_INFINITY;
    const byPass = cases.find((each) =>
      each.shown.some(
        ({ userId, click }) =>
          userId === stay.userId && pressedAt(click) <= (stay.left?.at ?? options.now) && click.at >= stay.joined.at,
      ),
    );
    if (byPass) return byPass;
    const name = records.people.find((each) => each.id === stay.userId)?.displayName ?? stay.userId;
    return cases
      .filter((each) => each.messages.some((message) => message.seq < until && names(message.activity, name)))
      .filter((each) => each.clicks.some((click) => pressedAt(click) <= stay.joined.at))
      .at(-1);
  }

  return {
    records,
    options,
    app,
    tenant,
    teams,
    stays,
    passes,
    clicks,
    stored,
    shown,
    cases,
    offered,
    personAt,
    idOf,
    caseOf,
    /** Every stay in the group that overlaps the last `ms` before that moment. */
    exemptWithin: (id: string, at: number, ms: number) =>
      stays.find(
        (stay) => stay.userId === id && stay.joined.at <= at && (stay.left === undefined || stay.left.at > at - ms),
      ),
    nameOf: (id: string) => records.people.find((each) => each.id === id)?.displayName ?? id,
    /** How long something due within [from, to] may be late because the tenant could not be reached. */
    forgiven: (from: number, to: number) =>
      (options.outages ?? []).reduce(
        (sum, outage) => sum + Math.max(0, Math.min(outage.to, to) - Math.max(outage.from, from)),
        0,
      ),
  };
}

const CASE_KEYS = ['onboarding', 'onboardingId', 'case', 'caseId', 'id', 'o'];

/** The id of the onboarding in a card's data: it names an onboarding, a version and a nonce, and nothing else. */
export function caseIdOf(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  for (const key of CASE_KEYS) {
    const value = (data as Record<string, unknown>)[key];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

/** The name in a text that people read, however markdown, HTML or direction marks dress it up. */
export function names(content: unknown, name: string): boolean {
  const bare = (text: string) => text.replace(/&#?\w+;/g, '').replace(/[^\p{L}\p{N}]+/gu, ' ');
  return ` ${bare(visibleText(content))} `.includes(` ${bare(name).trim()} `);
}
