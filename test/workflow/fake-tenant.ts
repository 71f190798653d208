import type { AuditEvent } from '../../bot/onboarding/audit';
import type { Method, MethodKind, Passkey } from '../../bot/onboarding/method';
import type { Person, PersonId } from '../../bot/onboarding/person';
import { Pass } from '../../bot/pass';
import { type PassRecord, type Tenant, TenantError, type TenantErrorKind } from '../../bot/workflow/tenant';
import { policy } from '../onboarding/people';

type Call = keyof Tenant;
type Fault = {
  readonly kind: TenantErrorKind;
  readonly after?: boolean;
  readonly retryAfter?: number;
  readonly code?: string;
};

/**
 * A tenant in memory for the workflow's own tests: it does what it is told, fails where it is told, and writes down
 * every effect in order. The faithful one, over the wire, is the playground's.
 */
export class FakeTenant implements Tenant {
  readonly people = new Map<PersonId, Person>();
  readonly managers = new Map<PersonId, PersonId>();
  readonly groups = new Map<string, Set<PersonId>>();
  readonly privileged = new Set<PersonId>();
  readonly group = new Set<PersonId>();
  readonly taps = new Map<PersonId, PassRecord>();
  readonly keys = new Map<PersonId, Passkey[]>();
  readonly push = new Map<PersonId, Method[]>();
  readonly other = new Map<PersonId, Method[]>();
  kinds: readonly MethodKind[] = ['passkey', 'authenticator', 'phone'];
  readonly audit: AuditEvent[] = [];
  shape = { dynamic: false, synchronized: false, roleAssignable: false, nested: false };
  readonly validFrom = new Map<PersonId, number>();
  guard: { proven: true; policyName: string } | { proven: false; why: string } = { proven: true, policyName: 'CA889' };
  policy = { enabled: true, forcesOneTime: false, minimumMinutes: 10, maximumMinutes: 480 };
  /** What changed, in order. */
  readonly effects: string[] = [];
  readonly calls: string[] = [];
  readonly #faults = new Map<Call, Fault[]>();
  #pass = 0;
  /** Called before each call; lets a test stop the world in the middle. */
  before: (call: Call) => Promise<void> = async () => undefined;

  constructor(readonly now: () => number) {}

  /** The next `times` calls fail; with `after`, the effect takes place and only its answer is lost. */
  fail(call: Call, kind: TenantErrorKind, times = 1, more: Omit<Fault, 'kind'> = {}): void {
    this.#faults.set(call, [
      ...(this.#faults.get(call) ?? []),
      ...Array.from({ length: times }, () => ({ kind, ...more })),
    ]);
  }

  heal(): void {
    this.#faults.clear();
  }

  async #do<T>(call: Call, act: () => T): Promise<T> {
    this.calls.push(call);
    await this.before(call);
    const fault = this.#faults.get(call)?.shift();
    if (fault && !fault.after) throw this.#error(call, fault);
    const result = act();
    if (fault) throw this.#error(call, fault);
    return result;
  }

  #error(call: Call, fault: Fault): TenantError {
    return new TenantError(
      fault.kind,
      fault.code ?? `FAKE_${fault.kind.toUpperCase()}`,
      call,
      'as told',
      fault.retryAfter === undefined ? {} : { retryAfter: fault.retryAfter },
    );
  }

  findPeople(text: string) {
    return this.#do('findPeople', () =>
      [...this.people.values()].filter((person) => person.displayName.toLowerCase().startsWith(text.toLowerCase())),
    );
  }
  person(id: PersonId) {
    return this.#do('person', () => this.people.get(id) ?? null);
  }
  manager(id: PersonId) {
    return this.#do('manager', () => {
      const manager = this.people.get(this.managers.get(id) ?? '');
      return manager ? ({ kind: 'person', person: manager } as const) : ({ kind: 'none' } as const);
    });
  }
  isInGroup(id: PersonId, groupId: string) {
    return this.#do('isInGroup', () => this.groups.get(groupId)?.has(id) ?? false);
  }
  privilege(id: PersonId) {
    return this.#do('privilege', () => ({
      level: this.privileged.has(id) ? ('privileged' as const) : ('none' as const),
      evidence: [],
    }));
  }
  methods(id: PersonId) {
    return this.#do('methods', () => ({
      kinds: this.kinds,
      methods: [...(this.keys.get(id) ?? []), ...(this.push.get(id) ?? []), ...(this.other.get(id) ?? [])].filter(
        (method) => this.kinds.includes(method.kind),
      ),
    }));
  }
  removePasskey(id: PersonId, methodId: string) {
    return this.#do('removePasskey', () => {
      const left = (this.keys.get(id) ?? []).filter((method) => method.id !== methodId);
      if (left.length < (this.keys.get(id) ?? []).length) this.effects.push(`remove passkey ${methodId}`);
      this.keys.set(id, left);
    });
  }
  auditEvents(what: AuditEvent['what'], since: number) {
    // The log is asked for one group, as it is over the wire.
    const asked = ({ groupId }: AuditEvent) => what !== 'member-added' || groupId === policy.onboardingGroupId;
    return this.#do('auditEvents', () =>
      this.audit.filter((event) => event.what === what && event.at >= since && asked(event)),
    );
  }
  groupShape() {
    return this.#do('groupShape', () => this.shape);
  }
  passkeys(ids: readonly PersonId[]) {
    return this.#do('passkeys', () => new Map(ids.map((id) => [id, [...(this.keys.get(id) ?? [])]])));
  }
  authenticators(ids: readonly PersonId[]) {
    return this.#do('authenticators', () => new Map(ids.map((id) => [id, [...(this.push.get(id) ?? [])]])));
  }
  isMember(id: PersonId) {
    return this.#do('isMember', () => this.group.has(id));
  }
  members() {
    return this.#do('members', () => [...this.group]);
  }
  addMember(id: PersonId) {
    return this.#do('addMember', () => {
      if (this.group.has(id)) return 'already-member' as const;
      this.group.add(id);
      this.effects.push(`add ${id}`);
      return 'added' as const;
    });
  }
  removeMember(id: PersonId) {
    return this.#do('removeMember', () => {
      const removed = this.group.delete(id);
      if (removed) this.effects.push(`remove ${id}`);
      return {
        result: removed ? ('removed' as const) : ('not-member' as const),
        tenantTime: Math.floor(this.now() / 1000) * 1000,
      };
    });
  }
  passes(id: PersonId) {
    return this.#do('passes', () => {
      const pass = this.taps.get(id);
      return pass ? [pass] : [];
    });
  }
  createPass(id: PersonId, lifetimeMinutes: number) {
    return this.#do('createPass', () => {
      const record: PassRecord = {
        id: `tap-${++this.#pass}`,
        startsAt: this.now(),
        lifetimeMinutes,
        usableOnce: this.policy.forcesOneTime,
        usable: true,
      };
      this.effects.push(this.taps.has(id) ? `replace pass ${id}` : `create pass ${id}`);
      this.taps.set(id, record);
      return { pass: new Pass(`code-${this.#pass}`), record };
    });
  }
  deletePass(id: PersonId, passId: string) {
    return this.#do('deletePass', () => {
      if (this.taps.get(id)?.id !== passId) return 'gone' as const;
      this.taps.delete(id);
      this.effects.push(`delete pass ${id}`);
      return 'deleted' as const;
    });
  }
  passPolicy() {
    return this.#do('passPolicy', () => this.policy);
  }
  revokeSessions(id: PersonId) {
    return this.#do('revokeSessions', () => {
      this.validFrom.set(id, Math.floor(this.now() / 1000) * 1000);
      this.effects.push(`revoke ${id}`);
    });
  }
  sessionsValidFrom(id: PersonId) {
    return this.#do('sessionsValidFrom', () => this.validFrom.get(id) ?? 0);
  }
  guardPolicy() {
    return this.#do('guardPolicy', () => this.guard);
  }
}
