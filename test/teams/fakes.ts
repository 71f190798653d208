import type { Onboardings } from '../../bot/workflow/onboardings';
import type { Conversation, Outbox, OutboxRow } from '../../bot/workflow/store-port';
import { ids } from '../../cards/samples/onboardings';

export { approvedBy, ids, NOON, onboarding, openOnboarding } from '../../cards/samples/onboardings';

export const tenantId = '11111111-1111-4111-8111-111111111111';
export const appId = '22222222-2222-4222-8222-222222222222';

/** Refuses everything that a test did not give. */
export function fakeOnboardings(over: Partial<Onboardings> = {}): jest.Mocked<Onboardings> {
  const refuse = async () => ({ kind: 'refused', refusal: { code: 'unknown-onboarding' } }) as const;
  const fake: Onboardings = {
    request: async () => ({ kind: 'refused', refusal: { code: 'not-helpdesk' } }),
    recoverable: refuse,
    turnPage: refuse,
    saySeen: refuse,
    callHelp: refuse,
    approve: refuse,
    secondApprove: refuse,
    decline: refuse,
    showPass: refuse,
    handedOver: refuse,
    stop: refuse,
    done: refuse,
    confirmHandled: refuse,
    cancel: refuse,
    view: async () => null,
    find: async () => ({ code: 'not-helpdesk' }),
    list: async () => ({ code: 'not-helpdesk' }),
    passOn: refuse,
    wantPass: refuse,
    lookUp: async () => ({ code: 'not-helpdesk' }),
    setPaused: async () => ({ code: 'not-admin' }),
    askedIn: async () => [],
    operatorStop: async () => [],
    ...over,
  };
  return Object.fromEntries(
    Object.entries(fake).map(([name, method]) => [name, jest.fn(method)]),
  ) as unknown as jest.Mocked<Onboardings>;
}

export interface FakeOutbox extends Outbox {
  readonly rows: OutboxRow[];
  readonly conversations: Map<string, Conversation>;
  readonly answers: { key: string; data: Readonly<Record<string, unknown>> }[];
  readonly failures: { row: string; code: string; dueAt: number | null }[];
  readonly delivered: { row: string; at: { conversation: string; activity: string } }[];
}

export function fakeOutbox(): FakeOutbox {
  const rows: OutboxRow[] = [];
  const choices = new Map<string, string>();
  const conversations = new Map<string, Conversation>();
  const answers: FakeOutbox['answers'] = [];
  const failures: FakeOutbox['failures'] = [];
  const delivered: FakeOutbox['delivered'] = [];
  return {
    rows,
    conversations,
    answers,
    failures,
    delivered,
    async answer(key, to, data) {
      if (answers.some((answer) => answer.key === key)) return;
      answers.push({ key, data });
      rows.push(row({ id: `answer-${key}`, onboardingId: null, to, message: 'answer', live: false, data }));
    },
    async board(conversation) {
      rows.push(row({ id: `board-${conversation}`, onboardingId: null, to: { conversation }, message: 'board' }));
    },
    async claim(_now, _until, _owner, limit) {
      return rows.splice(0, limit);
    },
    async sent(sentRow, at) {
      delivered.push({ row: sentRow.id, at });
    },
    async failed(failedRow, code, dueAt) {
      failures.push({ row: failedRow.id, code, dueAt });
    },
    nextDue: async () => null,
    async saveConversation(conversation) {
      conversations.set(conversation.id, conversation);
    },
    conversation: async (id) => conversations.get(id) ?? null,
    personalConversation: async (person) =>
      [...conversations.values()].find((one) => one.kind === 'personal' && one.personId === person) ?? null,
    chosenLanguage: async (person) => choices.get(person) ?? null,
    async chooseLanguage(person, language) {
      choices.set(person, language);
    },
    async forgetConversation(id) {
      conversations.delete(id);
    },
    reachable: jest.fn(async () => undefined),
  };
}

export function row(over: Partial<OutboxRow> = {}): OutboxRow {
  return {
    id: 'row-1',
    onboardingId: 'o-1',
    to: { person: ids.mo },
    message: 'approval',
    live: true,
    data: null,
    wanted: 1,
    sent: 0,
    sentTo: null,
    attempts: 0,
    ...over,
  };
}
