import type { PassCode, RecordedPerson, Records } from '../../playground/contract';
import type { CheckOptions } from './types';

/** Synthetic records: one clean onboarding of Jane, written by hand, which each planted violation changes in one thing. */

export const APP = 'app:bot';
export const GROUP = 'group-onboarding';
export const CODE = 'H&T9$eaK';
const START = Date.UTC(2026, 10, 23, 9, 0, 0);
const MINUTE = 60_000;

type Change<T> = { -readonly [K in keyof T]: T[K] };
export type Draft = {
  -readonly [K in keyof Records]: Records[K] extends readonly (infer E)[] ? Change<E>[] : Records[K];
};

const person = (key: string, displayName: string, more: Partial<RecordedPerson> = {}): RecordedPerson => ({
  key,
  id: `id-${key}`,
  displayName,
  managerId: 'id-kim',
  enabled: true,
  userType: 'Member',
  privileged: false,
  breakGlass: false,
  helpdesk: false,
  fallbackApprover: false,
  secondApprover: false,
  ...more,
});

const people: RecordedPerson[] = [
  person('priya', 'Priya Raman', { helpdesk: true }),
  person('mo', 'Mo Haddad'),
  person('jane', 'Jane Doe', { managerId: 'id-mo' }),
  person('jane-roe', 'Jane Roe', { managerId: 'id-mo' }),
  person('ada', 'Ada Byrne', { managerId: 'id-mo', privileged: true }),
  person('kim', 'Kim Sato', { managerId: null, secondApprover: true }),
  person('lee', 'Lee Walsh', { fallbackApprover: true }),
  person('mallory', 'Mallory Vance', { managerId: 'id-mo' }),
];

export const data = (version: number, id = 'case-1') => ({ onboarding: id, version, nonce: `nonce-of-${id}` });

const execute = (verb: string, title: string, version: number) => ({
  type: 'Action.Execute',
  verb,
  title,
  data: data(version),
});

export const message = (text: string, ...actions: unknown[]) => ({
  type: 'message',
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: { type: 'AdaptiveCard', body: [{ type: 'TextBlock', text }], actions },
    },
  ],
});

export const answer = (text: string) => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.activity.message',
  value: text,
});

/** One onboarding as it should be, minute by minute. `subject` may be somebody else; `second` adds a second approval. */
export function cleanRecords(subject: 'jane' | 'ada' = 'jane'): Draft {
  const id = `id-${subject}`;
  const name = people.find((each) => each.key === subject)?.displayName ?? '';
  let seq = 0;
  // `at` is in minutes after the start.
  const stamp = (at: number) => ({ seq: ++seq, at: START + at * MINUTE });
  const draft: Draft = {
    now: START + 30 * MINUTE,
    groupId: GROUP,
    botAppId: 'bot',
    people: people.map((each) => ({ ...each })),
    product: [],
    tenant: [],
    graph: [],
    signIns: [],
    teams: [],
    standing: { members: [], passes: [], methods: [] },
  };
  const call = (at: number, method: string, path: string, status: number) =>
    draft.graph.push({
      ...stamp(at),
      method,
      path,
      status,
      batch: false,
      write: method !== 'GET' && status < 300,
      answerLost: false,
    });
  const sent = (at: number, to: string, messageId: string, activity: unknown) =>
    draft.teams.push({ ...stamp(at), kind: 'sent', conversation: `a:${to}`, messageId, activity, readers: [to] });
  const click = (at: number, by: string, messageId: string, verb: string, version: number, reply: unknown) =>
    draft.teams.push({
      ...stamp(at),
      kind: 'clicked',
      by,
      conversation: `a:${by}`,
      messageId,
      verb,
      trigger: 'manual',
      data: { ...data(version), comment: '' },
      forged: false,
      status: 200,
      answer: reply,
      elapsedMs: 100,
    });

  draft.product.push({ ...stamp(0), did: 'started', pid: 1 });
  call(0, 'GET', `/v1.0/groups/${GROUP}/members`, 200);
  draft.teams.push({
    ...stamp(1),
    kind: 'said',
    by: 'priya',
    conversation: 'a:priya',
    text: `@onboard ${name.toLowerCase()}`,
    status: 200,
  });
  sent(1, 'priya', 'm1', message(`ONB-1: ${name}. Waiting for Mo Haddad.`, execute('onboarding.cancel', 'Cancel', 1)));
  sent(1, 'mo', 'm2', message(`Is ${name} to get a passkey?`, execute('onboarding.approve', 'Approve', 1)));
  click(2, 'mo', 'm2', 'onboarding.approve', 1, answer('Approved.'));
  if (subject === 'ada') {
    sent(2, 'kim', 'm2b', message(`Approve ${name} too?`, execute('onboarding.secondApprove', 'Approve', 2)));
    click(3, 'kim', 'm2b', 'onboarding.secondApprove', 2, answer('Approved.'));
  }
  sent(
    3,
    'mo',
    'm3',
    message(`When ${name} is with you, show the pass.`, execute('onboarding.showPass', 'Show pass', 3)),
  );
  call(4, 'POST', `/v1.0/groups/${GROUP}/members/$ref`, 204);
  draft.tenant.push({ ...stamp(4), kind: 'member-added', actor: APP, groupId: GROUP, userId: id });
  call(4, 'POST', `/v1.0/users/${id}/authentication/temporaryAccessPassMethods`, 201);
  draft.tenant.push({
    ...stamp(4),
    kind: 'pass-created',
    actor: APP,
    userId: id,
    passId: 'pass-1',
    usableOnce: false,
    lifetimeMinutes: 60,
  });
  click(4, 'mo', 'm3', 'onboarding.showPass', 3, {
    statusCode: 200,
    type: 'application/vnd.microsoft.card.adaptive',
    value: message(`The pass of ${name}: ${CODE}`).attachments[0]?.content,
  });
  sent(5, subject, 'm4', message('Follow these steps.', execute('onboarding.done', "I'm done", 4)));
  draft.tenant.push({
    ...stamp(10),
    kind: 'method-added',
    actor: `user:${id}`,
    userId: id,
    methodId: 'key-1',
    methodKind: 'fido2',
    aaGuid: '90a3ccdf-635c-4729-a248-9b709135078f',
    passkeyType: 'deviceBound',
  });
  call(10.1, 'DELETE', `/v1.0/groups/${GROUP}/members/${id}/$ref`, 204);
  draft.tenant.push({ ...stamp(10.1), kind: 'member-removed', actor: APP, groupId: GROUP, userId: id });
  call(10.2, 'GET', `/v1.0/groups/${GROUP}/members`, 200);
  click(11, subject, 'm4', 'onboarding.done', 4, answer('Thank you.'));
  call(11, 'DELETE', `/v1.0/users/${id}/authentication/temporaryAccessPassMethods/pass-1`, 204);
  draft.tenant.push({ ...stamp(11), kind: 'pass-deleted', actor: APP, userId: id, passId: 'pass-1' });
  call(11, 'POST', `/v1.0/users/${id}/revokeSignInSessions`, 200);
  const revoked = stamp(11);
  draft.tenant.push({ ...revoked, kind: 'sessions-revoked', actor: APP, userId: id, validFrom: revoked.at });
  call(11.1, 'GET', `/v1.0/users/${id}`, 200);
  for (const to of ['priya', 'mo', subject]) {
    const text = `ONB-1 completed: ${name} is no longer in the group, the pass was deleted, sessions were revoked.`;
    sent(11.2, to, `m5-${to}`, message(text));
  }
  return draft;
}

export const passCodes: PassCode[] = [{ userId: 'id-jane', id: 'pass-1', code: CODE }];

export function optionsFor(records: Records, more: Partial<CheckOptions> = {}): CheckOptions {
  return { windowMinutes: 60, pollSlackMs: 60_000, passCodes, now: records.now, ...more };
}
