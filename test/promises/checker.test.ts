import { createHmac } from 'node:crypto';
import type { Records } from '../../playground/contract';
import { type CheckOptions, check } from './checker';
import { APP, answer, CODE, cleanRecords, type Draft, data, GROUP, message, optionsFor } from './story';

type Plant = (draft: Draft) => void;

const minutes = (count: number) => count * 60_000;
const adaOptions: Partial<CheckOptions> = {
  privilegedAllowed: true,
  passCodes: [{ userId: 'id-ada', id: 'pass-1', code: CODE }],
};

const find = <T extends { kind: string }>(list: readonly T[], kind: T['kind'], nth = 0): T => {
  const found = list.filter((each) => each.kind === kind)[nth];
  if (!found) throw new Error(`no ${kind}`);
  return found;
};
const drop = <T>(list: readonly T[], unwanted: T) => list.filter((each) => each !== unwanted);
const after = (seq: number, by = 0.5) => seq + by;
const clickOn = (draft: Draft, verb: string) => {
  const found = draft.teams.find((each) => each.kind === 'clicked' && each.verb === verb);
  if (found?.kind !== 'clicked') throw new Error(`no click on ${verb}`);
  return found;
};
const setPerson = (draft: Draft, key: string, change: object) => {
  draft.people = draft.people.map((each) => (each.key === key ? { ...each, ...change } : each));
};

/** Everything after a record happens so much later. */
const delay = (draft: Draft, from: number, by: number) => {
  const shift = <T extends { seq: number; at: number }>(list: readonly T[]) =>
    list.map((each) => (each.seq > from ? { ...each, at: each.at + by } : each));
  draft.tenant = shift(draft.tenant).map((each) =>
    each.kind === 'sessions-revoked' ? { ...each, validFrom: each.at } : each,
  );
  draft.teams = shift(draft.teams);
  draft.graph = shift(draft.graph);
  draft.now += by;
};

function judged(plant: Plant, subject: 'jane' | 'ada' = 'jane', more: Partial<CheckOptions> = {}) {
  const draft = cleanRecords(subject);
  plant(draft);
  const records: Records = draft;
  return check(records, optionsFor(records, { ...(subject === 'ada' ? adaOptions : {}), ...more }));
}

describe('a clean story', () => {
  test('breaks no promise', () => expect(judged(() => {})).toEqual([]));
  test('of a privileged person breaks none either', () => expect(judged(() => {}, 'ada')).toEqual([]));
  test('is clean at every earlier moment as well: nothing is judged before its time', () => {
    const all = cleanRecords();
    const last = Math.max(...all.teams.map((each) => each.seq));
    for (let until = 1; until <= last; until++) {
      const cut = <T extends { seq: number; at: number }>(list: T[]) => list.filter((each) => each.seq <= until);
      const draft = {
        ...all,
        tenant: cut(all.tenant),
        graph: cut(all.graph),
        teams: cut(all.teams),
        product: cut(all.product),
      };
      const now = Math.max(...[...draft.tenant, ...draft.teams, ...draft.product].map((each) => each.at));
      expect({ until, found: check(draft, optionsFor(draft, { now })) }).toEqual({ until, found: [] });
    }
  });
});

/** Each plants one thing into a clean story. Some break more than one promise; the named one must be among them. */
const planted: readonly (readonly [promise: number, what: string, plant: Plant])[] = [
  [
    1,
    'she stays in the group past the deadline',
    (draft) => {
      const joined = find(draft.tenant, 'member-added');
      delay(draft, joined.seq, minutes(62));
      draft.tenant = drop(draft.tenant, find(draft.tenant, 'method-added'));
    },
  ],
  [
    1,
    'she stays after the passkey was there',
    (draft) => {
      const added = find(draft.tenant, 'method-added');
      delay(draft, added.seq, minutes(5));
    },
  ],
  [
    1,
    'she is put back into the group on the same approval',
    (draft) => {
      const left = find(draft.tenant, 'member-removed');
      const again = { actor: APP, groupId: GROUP, userId: 'id-jane' };
      draft.tenant.push({ ...again, kind: 'member-added', seq: after(left.seq, 0.1), at: left.at });
      draft.tenant.push({ ...again, kind: 'member-removed', seq: after(left.seq, 0.2), at: left.at });
    },
  ],
  [
    1,
    'she is still a member and no record says why',
    (draft) => {
      draft.standing = { ...draft.standing, members: ['id-jane'] };
    },
  ],
  [
    1,
    'a window opens after a start before the group was looked at',
    (draft) => {
      draft.product.push({
        did: 'started',
        pid: 2,
        seq: after(clickOn(draft, 'onboarding.approve').seq),
        at: draft.now,
      });
    },
  ],
  [
    2,
    'nobody approved',
    (draft) => {
      draft.teams = drop(draft.teams, clickOn(draft, 'onboarding.approve') as never);
    },
  ],
  [
    2,
    'somebody approved who is not her manager',
    (draft) => {
      const click = clickOn(draft, 'onboarding.approve');
      Object.assign(click, { by: 'mallory' });
    },
  ],
  [
    2,
    'the manager was disabled by then',
    (draft) => {
      const { seq, at } = clickOn(draft, 'onboarding.approve');
      draft.tenant.unshift({
        kind: 'person-changed',
        actor: 'admin',
        userId: 'id-mo',
        change: { accountEnabled: false },
        seq: seq - 0.5,
        at,
      });
    },
  ],
  [
    2,
    'the manager was no longer the manager when the pass was shown',
    (draft) => {
      const { seq, at } = clickOn(draft, 'onboarding.showPass');
      draft.tenant.unshift({
        kind: 'person-changed',
        actor: 'admin',
        userId: 'id-jane',
        change: { managerId: 'id-kim' },
        seq: seq - 0.5,
        at,
      });
    },
  ],
  [
    2,
    'the pass was shown to the fallback, who did not approve',
    (draft) => {
      Object.assign(clickOn(draft, 'onboarding.showPass'), { by: 'lee' });
    },
  ],
  [
    2,
    'the manager asked himself',
    (draft) => {
      Object.assign(find(draft.teams, 'said'), { by: 'mo' });
    },
  ],
  [
    2,
    'she approved herself',
    (draft) => {
      setPerson(draft, 'jane', { fallbackApprover: true });
      Object.assign(clickOn(draft, 'onboarding.approve'), { by: 'jane' });
    },
  ],
  [
    2,
    'the manager left the group two hours ago',
    (draft) => {
      const past = { actor: 'admin', groupId: GROUP, userId: 'id-mo' };
      const at = draft.now - minutes(150);
      draft.tenant.unshift(
        { ...past, kind: 'member-added', seq: -2, at },
        { ...past, kind: 'member-removed', seq: -1, at },
      );
    },
  ],
  [
    2,
    'the requester is in the group',
    (draft) => {
      const past = { actor: 'admin', groupId: GROUP, userId: 'id-priya' };
      draft.tenant.unshift({ ...past, kind: 'member-added', seq: -2, at: draft.now - minutes(150) });
      draft.standing = { ...draft.standing, members: ['id-priya'] };
    },
  ],
  [
    3,
    'the pass is in a stored message',
    (draft) => {
      Object.assign(find(draft.teams, 'sent', 4), { activity: message(`Use ${CODE}`) });
    },
  ],
  [
    3,
    'the pass is in a stored message, spelled',
    (draft) => {
      const text = 'capital Hotel, ampersand, capital Tango, nine, dollar sign, echo, alfa, capital Kilo';
      Object.assign(find(draft.teams, 'sent', 4), { activity: message(text) });
    },
  ],
  [
    3,
    'the pass is in the answer to a refresh',
    (draft) => {
      const click = clickOn(draft, 'onboarding.showPass');
      draft.teams.push({ ...click, seq: after(click.seq), trigger: 'automatic' });
    },
  ],
  [
    3,
    'the same pass is answered twice',
    (draft) => {
      const click = clickOn(draft, 'onboarding.showPass');
      draft.teams.push({ ...click, seq: after(click.seq) });
    },
  ],
  [
    3,
    'the pass is in the address of a call',
    (draft) => {
      Object.assign(draft.graph[3] ?? {}, { path: `/v1.0/users/x?pass=${encodeURIComponent(CODE)}` });
    },
  ],
  ...(['method-added', 'pass-deleted', 'sessions-revoked'] as const).map(
    (kind) =>
      [
        4,
        `completed is said without ${kind}`,
        (draft: Draft) => {
          draft.tenant = drop(draft.tenant, find(draft.tenant, kind));
        },
      ] as const,
  ),
  [
    4,
    'completed is said although the passkey was gone again',
    (draft) => {
      const { seq, at } = find(draft.tenant, 'method-added');
      draft.tenant.push({
        kind: 'method-removed',
        actor: 'admin',
        userId: 'id-jane',
        methodId: 'key-1',
        methodKind: 'fido2',
        seq: after(seq),
        at,
      });
    },
  ],
  [
    4,
    'completed is said before she was out of the group',
    (draft) => {
      const removed = find(draft.tenant, 'member-removed');
      const { seq, at } = find(draft.tenant, 'pass-deleted');
      const early = find(draft.teams, 'sent', 5);
      Object.assign(early, { seq: removed.seq - 0.5, at: removed.at });
      expect(seq + at).toBeGreaterThan(0);
    },
  ],
  [
    4,
    'sessions were revoked only before the removal',
    (draft) => {
      const removed = find(draft.tenant, 'member-removed');
      Object.assign(find(draft.tenant, 'sessions-revoked'), { validFrom: removed.at - 1 });
    },
  ],
  [
    4,
    'nobody had read the group after the removal',
    (draft) => {
      const removed = find(draft.tenant, 'member-removed');
      draft.graph = draft.graph.filter((call) => call.method !== 'GET' || call.seq < removed.seq);
    },
  ],
  [
    4,
    'one part is said too early, without the word completed',
    (draft) => {
      const removed = find(draft.tenant, 'member-removed');
      const click = clickOn(draft, 'onboarding.done');
      Object.assign(click, {
        seq: removed.seq - 0.5,
        at: removed.at,
        answer: answer('Jane Doe is no longer in the group.'),
      });
    },
  ],
  [
    5,
    'two passes live at once',
    (draft) => {
      const first = find(draft.tenant, 'pass-created');
      draft.tenant.push({ ...first, seq: after(first.seq), passId: 'pass-2' } as typeof first);
    },
  ],
  [
    5,
    'a pass that nobody saw is left alive',
    (draft) => {
      const gone = find(draft.tenant, 'pass-deleted');
      const first = find(draft.tenant, 'pass-created');
      draft.tenant.push({ ...gone, kind: 'pass-replaced', seq: after(first.seq, 0.1), at: first.at } as typeof gone);
      draft.tenant.push({ ...first, passId: 'pass-2', seq: after(first.seq, 0.2) } as typeof first);
      Object.assign(gone, { passId: 'pass-2' });
    },
  ],
  [
    5,
    'a fourth pass is made in one window',
    (draft) => {
      const first = find(draft.tenant, 'pass-created');
      const gone = find(draft.tenant, 'pass-deleted');
      for (const [index, passId] of ['pass-a', 'pass-b', 'pass-c'].entries()) {
        const at = first.at - 1;
        draft.tenant.push({ ...first, passId, seq: first.seq - 0.9 + index / 10, at } as typeof first);
        draft.tenant.push({ ...gone, passId, seq: first.seq - 0.85 + index / 10, at } as typeof gone);
      }
    },
  ],
  [
    5,
    'a declined request is opened',
    (draft) => {
      const click = clickOn(draft, 'onboarding.approve');
      draft.teams.push({ ...click, verb: 'onboarding.decline', seq: click.seq - 0.5 });
      Object.assign(find(draft.teams, 'sent', 1), {
        activity: message(
          'Is Jane Doe to get a passkey?',
          { type: 'Action.Execute', verb: 'onboarding.approve', data: data(1) },
          { type: 'Action.Execute', verb: 'onboarding.decline', data: data(1) },
        ),
      });
    },
  ],
  [
    5,
    'a request is lost',
    (draft) => {
      const said = find(draft.teams, 'said');
      draft.teams.push({ ...said, by: 'lee', conversation: 'a:lee', seq: after(said.seq) } as typeof said);
    },
  ],
  [
    5,
    'she is never told that it is over',
    (draft) => {
      draft.teams = drop(draft.teams, find(draft.teams, 'sent', 6));
    },
  ],
  [
    6,
    'the pass outlives its window',
    (draft) => {
      draft.tenant = drop(draft.tenant, find(draft.tenant, 'pass-deleted'));
    },
  ],
  [
    6,
    'sessions outlive the window because Teams was down',
    (draft) => {
      draft.tenant = drop(draft.tenant, find(draft.tenant, 'sessions-revoked'));
      const { at } = find(draft.tenant, 'member-removed');
      draft.teams = draft.teams.filter((each) => each.kind !== 'sent' || each.at < at);
      draft.teams.push({ kind: 'refused', operation: 'send', status: 503, code: 'ServiceUnavailable', seq: 999, at });
    },
  ],
  ...(
    [
      ['a guest', { userType: 'Guest' }],
      ['a disabled account', { enabled: false }],
      ['a break-glass account', { breakGlass: true }],
      ['a privileged person', { privileged: true }],
    ] as const
  ).map(([who, change]) => [7, `${who} is let in`, (draft: Draft) => setPerson(draft, 'jane', change)] as const),
  [
    7,
    'she was disabled when the pass was made',
    (draft) => {
      const { seq, at } = find(draft.tenant, 'pass-created');
      draft.tenant.unshift({
        kind: 'person-changed',
        actor: 'admin',
        userId: 'id-jane',
        change: { accountEnabled: false },
        seq: seq - 0.5,
        at,
      });
    },
  ],
  [
    8,
    'an invented nonce is answered with a pass',
    (draft) => {
      Object.assign(clickOn(draft, 'onboarding.showPass'), { data: { ...data(3), nonce: 'guessed' }, forged: true });
    },
  ],
  [
    8,
    'somebody named only in the data of a click is let in',
    (draft) => {
      const click = clickOn(draft, 'onboarding.approve');
      const joined = find(draft.tenant, 'member-added');
      draft.teams.push({
        ...click,
        seq: after(click.seq),
        forged: true,
        data: { ...data(1, 'case-x'), subject: 'id-jane-roe' },
      });
      const stay = { actor: APP, groupId: GROUP, userId: 'id-jane-roe', at: joined.at };
      draft.tenant.push({ ...stay, kind: 'member-added', seq: after(joined.seq) });
      draft.tenant.push({ ...stay, kind: 'member-removed', seq: after(joined.seq, 0.6) });
    },
  ],
  [
    8,
    'the only approval is an invented one',
    (draft) => {
      Object.assign(clickOn(draft, 'onboarding.approve'), { data: { ...data(1), nonce: 'guessed' }, forged: true });
    },
  ],
  [
    9,
    'the same change is made twice at once',
    (draft) => {
      const revoke = draft.graph.find((call) => call.path.endsWith('revokeSignInSessions'));
      if (revoke) draft.graph.push({ ...revoke, seq: after(revoke.seq), at: revoke.at + 300 });
    },
  ],
  [
    9,
    'somebody gets the same message twice',
    (draft) => {
      const told = find(draft.teams, 'sent', 5);
      draft.teams.push({ ...told, seq: 900, at: told.at + 300 } as typeof told);
    },
  ],
];

describe('a planted violation is found', () => {
  test.each(planted)('promise %i: %s', (promise, _what, plant) => {
    expect(judged(plant).map((violation) => violation.promise)).toContain(promise);
  });

  test('every finding comes from the plant: without it the same story is clean', () => {
    for (const [, , plant] of planted) {
      const before = cleanRecords();
      const changed = cleanRecords();
      plant(changed);
      expect(changed).not.toEqual(before);
    }
    expect(judged(() => {})).toEqual([]);
  });

  test('promise 2: a privileged person without a second approver', () => {
    const found = judged((draft) => {
      draft.teams = drop(draft.teams, clickOn(draft, 'onboarding.secondApprove') as never);
    }, 'ada');
    expect(found).toEqual([expect.objectContaining({ promise: 2, what: expect.stringContaining('second approver') })]);
  });

  test('promise 2: the second approver is the first', () => {
    const found = judged((draft) => {
      setPerson(draft, 'mo', { secondApprover: true });
      Object.assign(clickOn(draft, 'onboarding.secondApprove'), { by: 'mo' });
    }, 'ada');
    expect(found.map((each) => each.promise)).toContain(2);
  });

  test('promise 2: the second approver is shown the pass', () => {
    const found = judged((draft) => {
      Object.assign(clickOn(draft, 'onboarding.showPass'), { by: 'kim' });
    }, 'ada');
    expect(found.map((each) => each.promise)).toContain(2);
  });
});

describe('what is not a violation', () => {
  test('an exit that came late because the tenant was out of reach', () => {
    const late: Plant = (draft) => {
      const added = find(draft.tenant, 'method-added');
      delay(draft, added.seq, minutes(5));
    };
    const { at } = find(cleanRecords().tenant, 'method-added');
    expect(judged(late, 'jane', { outages: [{ from: at, to: at + minutes(5) }] })).toEqual([]);
  });

  test('a message that came again because the product was killed in between', () => {
    expect(
      judged((draft) => {
        const told = find(draft.teams, 'sent', 5);
        draft.product.push({ did: 'started', pid: 2, seq: 890, at: told.at });
        draft.teams.push({ ...told, seq: 900, at: told.at + 300 } as typeof told);
      }),
    ).toEqual([]);
  });

  test('a window that one instance opened while another one was starting', () => {
    const start =
      (ready: boolean): Plant =>
      (draft) => {
        const joined = find(draft.tenant, 'member-added');
        if (ready) draft.product.push({ did: 'ready', pid: 1, seq: joined.seq - 0.3, at: joined.at });
        draft.product.push({ did: 'started', pid: 2, seq: joined.seq - 0.2, at: joined.at });
      };
    expect(judged(start(true))).toEqual([]);
    expect(judged(start(false)).map(({ promise }) => promise)).toContain(1);
  });

  test('an approval that took effect and whose answer was lost', () => {
    const lost: Plant = (draft) =>
      void Object.assign(clickOn(draft, 'onboarding.approve'), { status: 0, answer: undefined });
    expect(judged(lost)).toEqual([]);
  });

  test('sessions revoked again because the first time was in the second of the removal', () => {
    const again =
      (ms: number): Plant =>
      (draft) => {
        const removed = find(draft.tenant, 'member-removed');
        const revoke = draft.graph.find((call) => call.path.endsWith('revokeSignInSessions'));
        if (!revoke) throw new Error('nobody revokes');
        const at = Math.floor(removed.at / 1_000) * 1_000 + ms;
        Object.assign(revoke, { at });
        draft.graph.push({ ...revoke, seq: revoke.seq + 0.5, at: at + 300 });
      };
    expect(judged(again(500)).map(({ promise }) => promise)).not.toContain(9);
    expect(judged(again(1_200)).map(({ promise }) => promise)).toContain(9);
  });

  test('somebody added by hand is the sweep’s business, not a window of ours', () => {
    expect(
      judged((draft) => {
        draft.tenant.push({
          kind: 'member-added',
          actor: 'admin',
          groupId: GROUP,
          userId: 'id-mallory',
          seq: 950,
          at: draft.now,
        });
        draft.standing = { ...draft.standing, members: ['id-mallory'] };
      }),
    ).toEqual([]);
  });
});

test('a finding never repeats the pass', () => {
  const found = judged((draft) => {
    Object.assign(find(draft.teams, 'sent', 4), { activity: message(`Use ${CODE}`) });
  });
  expect(found.length).toBeGreaterThan(0);
  expect(JSON.stringify(found)).not.toContain(CODE);
});

describe('promise 10: the ledger', () => {
  const key = Buffer.alloc(32, 7);
  const mac = (...lines: (string | number)[]) => createHmac('sha256', key).update(lines.join('\n')).digest('hex');
  const zeros = '0'.repeat(64);

  /** A ledger in the documented format, made here by hand; the first entry may be of the first format. */
  function ledger(entries: readonly object[], firstFormat = false) {
    let previous = zeros;
    let own = zeros;
    let n = 0;
    return entries.map((entry, index) => {
      const seq = index + 1;
      if (firstFormat && seq === 1) {
        previous = mac('onboard-ledger-1', previous, seq, '"case-1"', JSON.stringify(entry));
        return { seq, onboardingId: 'case-1', n: null, own: null, mac: previous, entry };
      }
      own = mac('onboard-chain-2', own, '"case-1"', ++n, JSON.stringify(entry));
      previous = mac('onboard-ledger-2', previous, seq, '"case-1"', n, own);
      return { seq, onboardingId: 'case-1', n, own, mac: previous, entry };
    });
  }
  const whole = ledger([
    { at: 1, actor: { person: 'id-mo' }, detail: {}, event: 'approved' },
    { at: 2, actor: { onboard: 'worker' }, detail: { subject: 'id-jane' }, event: 'member-add-intended' },
    { at: 3, actor: { onboard: 'worker' }, detail: { pass: 'pass-1' }, event: 'pass-created' },
  ]);
  const last = whole.at(-1)?.mac ?? '';
  const heads = (sequence: number) => [{ sequence, hash: last }];
  const found = (lines: readonly object[], heads: readonly { sequence: number; hash: string }[]) =>
    judged(() => {}, 'jane', { ledger: { lines: lines.map((line) => JSON.stringify(line)), key, heads } }).map(
      ({ promise, what }) => `${promise}: ${what}`,
    );

  test('whole', () => expect(found(whole, heads(3))).toEqual([]));
  test('whole, begun in the first format', () =>
    expect(
      found(
        ledger(
          whole.map(({ entry }) => entry),
          true,
        ),
        [],
      ),
    ).toEqual([]));
  test.each<[string, () => readonly object[], { sequence: number; hash: string }[]]>([
    ['missing', () => whole.filter(({ seq }) => seq !== 1), []],
    ['altered', () => whole.map((line) => (line.seq === 1 ? { ...line, entry: { ...line.entry, at: 9 } } : line)), []],
    ['gone', () => whole, heads(4)],
    ['altered', () => whole.map((line) => (line.seq === 2 ? { ...line, n: 3 } : line)), []],
    ['another history', () => whole, heads(2)],
    ['says nothing', () => ledger([{ detail: { subject: 'id-jane' } }, { detail: {} }, { detail: {} }]), []],
  ])('%s', (words, lines, heads) => {
    expect(found(lines(), heads)).toEqual([expect.stringMatching(new RegExp(`^10: .*${words}`))]);
  });
});
