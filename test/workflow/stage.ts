import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Change, Tell } from '../../bot/onboarding/decision';
import { type Onboarding, reference } from '../../bot/onboarding/onboarding';
import type { Policy } from '../../bot/onboarding/policy';
import { type OpenStore, openStore } from '../../bot/store/open-store';
import { createWorkflow, type Workflow } from '../../bot/workflow/index';
import type { Click } from '../../bot/workflow/onboardings';
import type { Caps, Store } from '../../bot/workflow/store-port';
import { jane, kim, lee, mallory, mo, person, policy, priya, T0 } from '../onboarding/people';
import { FakeClock, settle } from './fake-clock';
import { FakeTenant } from './fake-tenant';

export const janeToo = person('jane-roe', { displayName: 'Jane Roe' });

/** The workflow on a real store, a tenant in memory and a clock that the test moves. */
export class Stage {
  clock = new FakeClock(T0);
  readonly tenant = new FakeTenant(() => this.clock.real());
  readonly lines: object[] = [];
  readonly tells: Tell[] = [];
  readonly #dir = mkdtempSync(join(tmpdir(), 'onboard-workflow-'));
  opened!: OpenStore;
  workflow!: Workflow;
  policy: Policy;

  constructor(more: Partial<Policy> = {}) {
    this.policy = { ...policy, ...more };
    for (const someone of [jane, mo, priya, lee, kim, mallory]) this.tenant.people.set(someone.id, someone);
    this.tenant.managers.set(jane.id, mo.id);
    this.tenant.groups.set(policy.helpdeskGroupId, new Set([priya.id]));
  }

  get log() {
    const keep = (line: object) => void this.lines.push(line);
    return { debug: () => undefined, info: keep, warn: keep, error: keep };
  }

  async start(): Promise<this> {
    this.opened = await openStore(
      { dataDir: this.#dir },
      { ledgerKey: Buffer.alloc(32, 7), log: this.log, clock: this.clock },
    );
    this.build();
    this.workflow.start();
    await settle();
    return this;
  }

  build(): void {
    this.workflow = createWorkflow({
      tenant: this.tenant,
      store: this.#listening(this.opened.store),
      policy: this.policy,
      clock: this.clock,
      log: this.log,
      pace: { pollHot: 10_000, pollSlow: 25_000, sweep: 60_000 },
      changed: () => undefined,
    });
  }

  /** Remembers who was to be told what, for each commit that took place. */
  #listening(store: Store): Store {
    // In front of the store, not a copy of it: a test may still replace what is behind.
    return Object.assign(Object.create(store) as Store, {
      create: async (change: Change, caps?: Caps) => {
        const created = await store.create(change, caps);
        if ('created' in created) this.tells.push(...change.tell);
        return created;
      },
      commit: async (previous: Onboarding, change: Change) => {
        const stored = await store.commit(previous, change);
        if (stored) this.tells.push(...change.tell);
        return stored;
      },
      commitCapped: async (previous: Onboarding, change: Change, caps: Pick<Caps, 'approver'>) => {
        const stored = await store.commitCapped(previous, change, caps);
        if (stored && !('capped' in stored)) this.tells.push(...change.tell);
        return stored;
      },
    });
  }

  /** To whom that message went, in order, repetitions of live cards left out as the outbox leaves them out. */
  told(message: string): string[] {
    const about = this.tells.filter((tell) => ('live' in tell ? tell.live : tell.once) === message);
    const to = about.map((tell) => ('person' in tell.to ? tell.to.person : tell.to.conversation));
    return about.some((tell) => 'live' in tell) ? [...new Set(to)].sort() : to.sort();
  }

  /** The process dies without a word and another one starts on the same store. */
  async restart(): Promise<void> {
    const old = this.workflow;
    // A dead process does nothing more: its calls never come back.
    const dead = this.tenant.before;
    this.tenant.before = () => new Promise(() => undefined);
    void old.stop();
    await settle();
    await this.opened.close();
    this.tenant.before = dead;
    this.clock = this.clock.restarted();
    this.opened = await openStore(
      { dataDir: this.#dir },
      { ledgerKey: Buffer.alloc(32, 7), log: this.log, clock: this.clock },
    );
    await this.opened.clearLeases();
    this.build();
    this.workflow.start();
    await settle();
  }

  async end(): Promise<void> {
    this.tenant.before = async () => undefined;
    const stopped = this.workflow.stop();
    await this.clock.advance(12_000, 1_000);
    await stopped;
    await this.opened.close();
    rmSync(this.#dir, { recursive: true, force: true });
  }

  async request(who: { text: string } | { id: string } = { id: jane.id }, by = priya.id): Promise<Onboarding> {
    const answer = await this.workflow.onboardings.request({ requester: by, who, askedIn: 'conversation-1' });
    if (answer.kind !== 'requested') throw new Error(`not requested: ${JSON.stringify(answer)}`);
    return answer.onboarding;
  }

  click(onboarding: Onboarding, by: string, more: Partial<Click> = {}): Click {
    return { by, onboardingId: onboarding.id, nonce: onboarding.nonce, version: onboarding.version, ...more };
  }

  async approved(): Promise<Onboarding> {
    const answer = await this.workflow.onboardings.approve(this.click(await this.request(), mo.id), {
      knowsPerson: true,
      spokeToday: true,
    });
    if (answer.kind !== 'ok') throw new Error(`not approved: ${JSON.stringify(answer.refusal)}`);
    return answer.onboarding;
  }

  /** The click, with time moving on under it as it does in life. */
  async showPass(onboarding: Onboarding, by = mo.id) {
    const answer = this.workflow.onboardings.showPass(this.click(onboarding, by));
    let done = false;
    void answer.finally(() => {
      done = true;
    });
    for (let round = 0; round < 200 && !done; round++) await this.clock.advance(25, 25);
    return answer;
  }

  async open(): Promise<Onboarding> {
    const shown = await this.showPass(await this.approved());
    if (shown.kind !== 'pass') throw new Error(`no pass: ${JSON.stringify(shown.refusal)}`);
    return shown.onboarding;
  }

  async now(onboarding: Pick<Onboarding, 'id'>): Promise<Onboarding> {
    const found = await this.opened.store.load(onboarding.id);
    if (!found) throw new Error('no such onboarding');
    return found;
  }

  async events(onboarding?: Onboarding): Promise<string[]> {
    const entries = await this.opened.ledger.entries(onboarding ? { onboardingId: onboarding.id } : {});
    return entries.map((line) => line.entry.event);
  }

  said(event: string): object[] {
    return this.lines.filter((line) => 'event' in line && line.event === event);
  }

  reference = reference;
}
