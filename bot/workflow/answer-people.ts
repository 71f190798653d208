import { approve, decline, secondApprove } from '../onboarding/approval';
import type { Decision } from '../onboarding/decision';
import { stop as stopDecision } from '../onboarding/exit';
import { confirmHandled } from '../onboarding/handling';
import { entry, type StartedBy } from '../onboarding/moved';
import { type Onboarding, reference } from '../onboarding/onboarding';
import { passOn } from '../onboarding/pass-on';
import type { PersonId, PersonName } from '../onboarding/person';
import type { Refusal } from '../onboarding/refusal';
import { wantPass } from '../onboarding/want-pass';
import { doneSaid, saidAlready } from '../onboarding/watch';
import { handedOver } from '../onboarding/window';
import { commit } from './commit';
import type { Context } from './context';
import { eachActive } from './each-active';
import { readApproval, readCandidates } from './facts';
import { callHelp, saySeen, turnPage } from './guidance';
import { makeRequest } from './make-request';
import type { Answer, Click, Onboardings } from './onboardings';
import { readRecoverable } from './recoverable';
import { showPass } from './show-pass';
import type { Caps } from './store-port';
import { type Tenant, TenantError } from './tenant';

/** How many of the latest onboardings are looked through for a name. */
const LOOK_UP = 200;

/**
 * What people can do, each with its answer: who they are and what may be done is read again, decided by the pure core, and
 * committed. A tenant that cannot be asked is an answer too.
 *
 * @param leaving the tenant for what somebody's leaving waits for
 */
export function createOnboardings(
  context: Context,
  leaving: Tenant,
  run: (id: string, until: number) => Promise<void>,
): Onboardings {
  const { store, tenant, policy, clock } = context;

  /** The onboarding that a card names, if the card is one of ours for it. */
  async function named(click: Click): Promise<Onboarding | null> {
    const onboarding = await store.load(click.onboardingId);
    if (!onboarding || onboarding.nonce !== click.nonce || click.version > onboarding.version) return null;
    return onboarding;
  }

  async function clicked(click: Click, act: (onboarding: Onboarding) => Promise<Answer>): Promise<Answer> {
    const onboarding = await named(click);
    if (!onboarding) return no({ code: 'unknown-onboarding' });
    try {
      return await act(onboarding);
    } catch (error) {
      return no(unavailable(context, error, onboarding), onboarding);
    }
  }

  async function decide(
    onboarding: Onboarding,
    decision: (current: Onboarding, full: ReadonlySet<PersonId>) => Decision,
    caps?: Pick<Caps, 'approver'>,
  ): Promise<Answer> {
    const done = await commit(context, onboarding, decision, caps);
    return done.ok ? { kind: 'ok', onboarding: done.onboarding } : no(done.refusal, done.onboarding);
  }

  /** Whoever has a part in it, and helpdesk. */
  async function mayStop(by: PersonId, onboarding: Onboarding, asked = tenant): Promise<boolean> {
    const parts = [
      onboarding.subject.id,
      onboarding.requester.id,
      onboarding.approver.id,
      onboarding.approvedBy?.id,
      onboarding.secondApprovedBy?.id,
    ];
    return parts.includes(by) || asked.isInGroup(by, policy.helpdeskGroupId);
  }

  async function stopBy(onboarding: Onboarding, by: StartedBy): Promise<Answer> {
    return decide(onboarding, (current) => stopDecision(current, by, policy, clock.now()));
  }

  return {
    async request(ask) {
      try {
        return await makeRequest(context, ask);
      } catch (error) {
        return { kind: 'refused', refusal: unavailable(context, error) };
      }
    },
    async recoverable(ask) {
      try {
        return await readRecoverable(context, ask);
      } catch (error) {
        return { kind: 'refused', refusal: unavailable(context, error) };
      }
    },
    turnPage: (click, place) => clicked(click, (onboarding) => turnPage(context, onboarding, click.by, place)),
    saySeen: (click, said) => clicked(click, (onboarding) => saySeen(context, onboarding, click.by, said)),
    callHelp: (click) => clicked(click, (onboarding) => callHelp(context, onboarding, click.by)),
    approve: (click, confirmed) =>
      clicked(click, async (onboarding) => {
        const facts = await readApproval(context, onboarding, click.by);
        if (!facts) return no({ code: 'nobody-found', name: onboarding.subject.displayName }, onboarding);
        return decide(onboarding, (current) => approve(current, facts, confirmed, policy, clock.now()));
      }),
    secondApprove: (click) =>
      clicked(click, async (onboarding) => {
        const facts = await readApproval(context, onboarding, click.by);
        if (!facts) return no({ code: 'nobody-found', name: onboarding.subject.displayName }, onboarding);
        return decide(onboarding, (current) => secondApprove(current, facts, policy, clock.now()));
      }),
    decline: (click, why) =>
      clicked(click, async (onboarding) => {
        const facts = await readApproval(context, onboarding, click.by);
        if (!facts) return no({ code: 'nobody-found', name: onboarding.subject.displayName }, onboarding);
        return decide(onboarding, (current) => decline(current, facts, why, policy, clock.now()));
      }),
    async showPass(click) {
      const startedAt = click.arrivedAt ?? clock.now();
      const onboarding = await named(click);
      if (!onboarding) return { kind: 'refused', refusal: { code: 'unknown-onboarding' } };
      let begun = false;
      try {
        const facts = await readApproval(context, onboarding, click.by);
        if (!facts)
          return {
            kind: 'refused',
            refusal: { code: 'nobody-found', name: onboarding.subject.displayName },
            onboarding,
          };
        begun = true;
        return await showPass(context, onboarding, facts, startedAt, run);
      } catch (error) {
        const newest = (await store.load(onboarding.id)) ?? onboarding;
        const refusal = unavailable(context, error, onboarding);
        // From here on the window may have opened, or a pass may have gone: "nothing was changed" would be a guess.
        const unsure = begun && refusal.code === 'tenant-unavailable';
        return { kind: 'refused', refusal: unsure ? { ...refusal, unsure } : refusal, onboarding: newest };
      }
    },
    handedOver: (click) =>
      clicked(click, async (onboarding) =>
        onboarding.handedOverAt !== undefined && onboarding.state === 'open' && onboarding.approvedBy?.id === click.by
          ? { kind: 'ok', onboarding }
          : decide(onboarding, (current) => handedOver(current, click.by, clock.now())),
      ),
    stop: (click) =>
      clicked(click, async (onboarding) =>
        (await mayStop(click.by, onboarding, leaving))
          ? stopBy(onboarding, { person: click.by })
          : no({ code: 'not-yours' }, onboarding),
      ),
    done: (click) =>
      clicked(click, async (onboarding) =>
        saidAlready(onboarding, click.by, clock.now())
          ? { kind: 'ok', onboarding }
          : decide(onboarding, (current) => doneSaid(current, click.by, clock.now())),
      ),
    confirmHandled: (click) =>
      clicked(click, async (onboarding) => {
        const [may, person] = await Promise.all([mayStop(click.by, onboarding), tenant.person(click.by)]);
        if (!may || !person) return no({ code: 'not-yours' }, onboarding);
        return decide(onboarding, (current) => confirmHandled(current, person, clock.now()));
      }),
    passOn: (click) =>
      clicked(click, async (onboarding) => {
        const [person, candidates] = await Promise.all([
          tenant.person(click.by),
          readCandidates(context, onboarding, click.by),
        ]);
        if (!person?.enabled) return no({ code: 'not-approver-any-more' }, onboarding);
        const isFree = (full: ReadonlySet<PersonId>) =>
          candidates.filter((candidate) => !full.has(candidate.person.id));
        return decide(
          onboarding,
          (current, full) => passOn(current, person, isFree(full), policy, clock.now()),
          // Counted again by the store itself: several who pass on at once must not each see the last free place.
          { approver: { max: policy.maxOpenPerApprover } },
        );
      }),
    async wantPass(by, number) {
      const onboarding = await store.loadByNumber(number);
      if (!onboarding) return no({ code: 'unknown-onboarding' });
      return clicked(
        { by, onboardingId: onboarding.id, nonce: onboarding.nonce, version: onboarding.version },
        async (current) =>
          (await mayStop(by, current))
            ? decide(current, (now) => wantPass(now, by, policy, clock.now()))
            : no({ code: 'not-yours' }),
      );
    },
    async setPaused(by, paused) {
      try {
        const person = policy.adminIds.includes(by) ? await tenant.person(by) : null;
        if (!person?.enabled || person.kind === 'guest') return { code: 'not-admin' };
        if ((await store.paused()) === paused) return { changed: false };
        await store.setPaused(paused, entry(clock.now(), { person: by }, paused ? 'paused' : 'resumed'));
        context.log.info({ event: paused ? 'paused' : 'resumed', by });
        return { changed: true };
      } catch (error) {
        return unavailable(context, error);
      }
    },
    async lookUp(by, who) {
      try {
        if (!(await tenant.isInGroup(by, policy.helpdeskGroupId))) return { code: 'not-helpdesk' };
        return (await store.list(LOOK_UP)).filter((one) => isCalled(one.subject, who));
      } catch (error) {
        return unavailable(context, error);
      }
    },
    askedIn: (conversation, endedSince) => store.askedIn(conversation, endedSince),
    async cancel(by, number) {
      const onboarding = await store.loadByNumber(number);
      if (!onboarding) return no({ code: 'unknown-onboarding' });
      return clicked(
        { by, onboardingId: onboarding.id, nonce: onboarding.nonce, version: onboarding.version },
        async (current) =>
          (await mayStop(by, current, leaving)) ? stopBy(current, { person: by }) : no({ code: 'not-yours' }),
      );
    },
    view: (id) => store.load(id),
    async find(by, number) {
      try {
        const onboarding = await store.loadByNumber(number);
        if (!onboarding) return { code: 'unknown-onboarding' };
        return (await mayStop(by, onboarding)) ? onboarding : { code: 'not-helpdesk' };
      } catch (error) {
        return unavailable(context, error);
      }
    },
    async list(by) {
      try {
        return (await tenant.isInGroup(by, policy.helpdeskGroupId)) ? await store.list(20) : { code: 'not-helpdesk' };
      } catch (error) {
        return unavailable(context, error);
      }
    },
    async operatorStop(number, operator) {
      const one = number === 'all' ? null : await store.loadByNumber(number);
      const all = number === 'all' ? eachActive(store) : one ? [one] : [];
      const stopped: Onboarding[] = [];
      for await (const onboarding of all) {
        if (number === 'all' && onboarding.state === 'closed') continue;
        const answer = await stopBy(onboarding, { operator });
        if (answer.kind === 'ok') stopped.push(answer.onboarding);
      }
      await store.record(null, [
        entry(clock.now(), { operator }, 'operator-stop', { asked: String(number), stopped: stopped.map(reference) }),
      ]);
      return stopped;
    },
  };
}

/** Whether a name, a part of it, or an address begins so. Only what is shown in lists anyway is looked through. */
function isCalled(person: PersonName, who: { readonly text: string } | { readonly id: PersonId }): boolean {
  if ('id' in who) return person.id === who.id;
  const text = who.text.toLowerCase();
  const name = person.displayName.toLowerCase();
  const words = [name, person.userPrincipalName.toLowerCase(), ...name.split(/\s+/)];
  return text !== '' && words.some((word) => word.startsWith(text));
}

function no(refusal: Refusal, onboarding?: Onboarding): Extract<Answer, { kind: 'refused' }> {
  return { kind: 'refused', refusal, ...(onboarding ? { onboarding } : {}) };
}

/** A tenant that cannot be asked is an answer to people, and a line for the operator. Anything else is a fault of ours. */
function unavailable(context: Context, error: unknown, onboarding?: Onboarding): Refusal {
  if (!(error instanceof TenantError)) throw error;
  context.log.warn({
    event: 'tenant-error',
    code: error.code,
    operation: error.operation,
    hint: error.hint,
    requestId: error.detail.requestId,
    status: error.detail.status,
    ...(onboarding ? { onboarding: reference(onboarding) } : {}),
  });
  if (error.kind === 'denied') return { code: 'tenant-denied', permission: error.hint };
  if (error.code === 'GRAPH_NOT_NOW') return { code: 'too-busy' };
  return {
    code: 'tenant-unavailable',
    retryable: error.kind !== 'rejected',
    ...(error.detail.requestId ? { reference: error.detail.requestId } : {}),
  };
}
