import type { Refusal, RefusalCode } from '../../bot/onboarding/refusal';
import {
  plain,
  refusalText,
  renderApproval,
  renderGuide,
  renderHandOver,
  renderNotice,
  renderRequest,
  renderStuck,
  summaryOf,
} from '../../cards/render';
import { spell } from '../../cards/spell';
import { english } from '../../cards/strings/strings';
import { md } from '../../cards/text';
import { clockTime, dateTime } from '../../cards/when';
import { ids, NOON, openOnboarding } from '../teams/fakes';
import { CODE, closed, exit, readBack, rules, states } from './states';

const text = (card: object) => JSON.stringify(card);

describe('refusals', () => {
  const name = 'Jane *Doe*';
  // A code that is added to Refusal and not here is a compile error.
  const each: { readonly [C in RefusalCode]: readonly Omit<Extract<Refusal, { code: C }>, 'code'>[] } = {
    'not-helpdesk': [{}],
    paused: [{}],
    'requester-exempt': [{}],
    'requester-cap': [{ max: 20 }],
    'name-unusable': [{ why: 'empty' }, { why: 'too-long' }, { why: 'characters' }],
    'nobody-found': [{ name }],
    'mention-unknown': [{ name }],
    'too-many-found': [{ name }],
    self: [{}],
    guest: [{ name }],
    disabled: [{ name }],
    protected: [{ name }],
    'privileged-off': [{ name }],
    'privileged-unreadable': [{ name }],
    'guard-unproven': [{ why: 'no policy' }],
    'no-second-approver': [{}],
    'has-passkey': [{ name, passkey: 'iPhone' }],
    'nothing-to-recover': [{ name }],
    'choose-old': [{}],
    'old-not-there': [{ name }],
    'other-way': [{ name, passkey: 'iPhone' }],
    'old-still-there': [{ name, passkey: 'iPhone' }],
    'helpdesk-called-already': [{}],
    'already-member': [{ name }],
    'already-open': [{ name, reference: 'ONB-3' }],
    'recent-window': [{ name }],
    'subject-cap': [{ name, max: 2 }],
    'no-approver': [
      { name, why: 'no-manager' },
      { name, why: 'manager-disabled' },
      { name, why: 'manager-not-a-person' },
      { name, why: 'manager-is-requester' },
      { name, why: 'manager-exempt' },
    ],
    'approver-cap': [{ name, max: 10 }],
    'start-unusable': [
      { why: 'past', suggestion: 'tomorrow 09:00' },
      { why: 'too-far' },
      { why: 'ambiguous', suggestion: '3 Apr 09:00, 4 Mar 09:00' },
      { why: 'no-time', suggestion: '1 Dec 09:00' },
      { why: 'unreadable' },
      { why: 'no-such-time' },
    ],
    'too-many-at-once': [{ max: 10 }],
    'too-early': [{ startAt: NOON }],
    'unknown-onboarding': [{}],
    'no-onboarding-for': [{ name }],
    'not-admin': [{}],
    'nobody-else': [{}],
    'passed-on': [{ to: 'Lee' }],
    'not-approved-yet': [{}],
    'asked-just-now': [{}],
    'stale-card': [{}],
    'not-yours': [{}],
    'not-approver-any-more': [{}],
    'approver-exempt': [{}],
    'same-person': [{}],
    'confirm-first': [{}],
    'already-decided': [
      { outcome: 'approved', by: name },
      { outcome: 'stopped', by: '' },
    ],
    'awaiting-second': [{}],
    'second-approval-lapsed': [{}],
    finished: [{ outcome: 'lapsed' }],
    expired: [{}],
    'getting-ready': [{}],
    'earlier-pass-gone': [{}],
    'passes-used-up': [{ max: 3 }],
    'too-late-for-a-pass': [{}],
    'unknown-command': [{ said: 'hey' }, { said: 'lst', suggestion: 'list' }],
    'tenant-unavailable': [{ retryable: true }, { retryable: false, reference: 'req-1' }],
    'too-busy': [{}],
    'tenant-denied': [{ permission: 'User.Read.All' }],
  };
  const cases = Object.entries(each).flatMap(([code, all]) => all.map((rest) => ({ code, ...rest }) as Refusal));

  test.each(cases)('$code $why $outcome', (refusal) => {
    const said = refusalText(refusal);
    expect(said.length).toBeGreaterThan(10);
    expect(said).not.toMatch(/[{}]|undefined|\[object/);
    expect(said).toMatch(/^[A-Z].*[.a-z)]$/s);
    // Everything that the refusal knows and a person can use is said.
    for (const [key, value] of Object.entries(refusal))
      if (['name', 'max', 'reference', 'passkey', 'permission', 'suggestion', 'by'].includes(key) && value !== '')
        if (!(key === 'name' && 'why' in refusal && refusal.why === 'manager-is-requester'))
          expect(said).toContain(String(value));
  });

  test('a code from a newer version is shown, not thrown', () => {
    expect(refusalText({ code: 'from-the-future' } as never)).toBe('from-the-future');
  });
});

describe('what is claimed', () => {
  test('completed lists the four things that were read back, with their times', () => {
    const card = text(renderRequest(closed('completed'), { id: null }));
    for (const said of [
      'iPhone of Jane, seen 12:10 UTC',
      '12:11 UTC',
      '12:13 UTC',
      '12:15 UTC',
      'has a working passkey',
    ])
      expect(card).toContain(said);
    expect(card).not.toContain('not confirmed yet');
  });

  test.each(['leftAt', 'passGoneAt', 'sessionsRevokedAt'] as const)('without %s it does not say completed', (part) => {
    const { [part]: _, ...rest } = readBack;
    const partly = closed('completed', { exit: exit('completed', rest) });
    for (const card of [renderRequest(partly, { id: null }), renderNotice('approver-closed', partly, { id: ids.mo })]) {
      expect(text(card)).toContain('not confirmed yet');
      expect(text(card)).not.toContain('has a working passkey');
    }
    expect(text(renderNotice('subject-closed', partly, { id: ids.jane })).includes('no longer works')).toBe(
      part !== 'passGoneAt',
    );
  });

  test.each(['lapsed', 'stopped', 'frozen', 'declined', 'expired', 'cancelled'] as const)(
    '%s is not called completed or done',
    (outcome) => {
      for (const message of ['subject-closed', 'approver-closed', 'requester-closed'] as const) {
        const now = closed(outcome);
        const said = `${text(renderNotice(message, now, { id: ids.mo }))} ${summaryOf(message, now)}`;
        expect(said).not.toMatch(/complet|Done:|has a working passkey|passkey works/i);
      }
    },
  );

  test('each outcome has its own words for each of the three', () => {
    const outcomes = ['completed', 'lapsed', 'stopped', 'frozen'] as const;
    for (const message of ['subject-closed', 'approver-closed', 'requester-closed'] as const)
      expect(new Set(outcomes.map((outcome) => text(renderNotice(message, closed(outcome), { id: null })))).size).toBe(
        4,
      );
  });

  test('an alert names each finding', () => {
    const card = text(renderNotice('alert', states.frozen ?? openOnboarding(), { id: ids.mo }));
    for (const said of ['phone 123', 'in the onboarding group again', 'something-new']) expect(card).toContain(said);
  });
});

describe('the pass', () => {
  test('is in the hand-over card only, unformatted, grouped and spelled', () => {
    const now = openOnboarding({ pass: { number: 2, id: 'p', mintedAt: NOON + 60_000, validUntil: NOON + 3_600_000 } });
    const card = text(renderHandOver(now, CODE, { id: ids.mo, zone: 'America/New_York' }, rules));
    expect(card).toContain('"Zq7* _+mK [2]x"');
    // Group by group, each before its words.
    for (const said of ['capital zulu, quebec, seven, star', 'underscore, plus, mike, capital kilo'])
      expect(card).toContain(said);
    expect(card).toMatch(/"text":"_\+mK"[^}]*\},\{"type":"TextRun","text":" +underscore/);
    expect(card).toContain('works from **23 Nov, 07:01 UTC-5** until **23 Nov, 08:00 UTC-5**');
    expect(card).toContain('Code 2 of at most 3');
    expect(card).toContain('23 Nov, 08:00 UTC-5');
    for (const verb of ['handed-over', 'stop', 'show-pass']) expect(card).toContain(`"verb":"${verb}"`);
    expect(text(renderApproval(now, { id: ids.mo }, rules))).not.toContain('Zq7');
  });

  test('has the way to the instructions beside it, as a picture and in letters, where there is one', () => {
    const now = openOnboarding();
    const link = { url: 'https://onboard.example.com/g#token', qr: 'data:image/png;base64,AA' };
    const card = text(renderHandOver(now, CODE, { id: ids.mo }, rules, link));
    expect(card).toContain('"text":"https://onboard.example.com/g#token"');
    expect(card).toContain('"url":"data:image/png;base64,AA","altText":"QR code of the instructions for Jane Doe"');
    expect(text(renderHandOver(now, CODE, { id: ids.mo }, rules))).not.toContain('"Image"');
  });

  test('groups never leave one character alone', () => {
    const shown = (code: string) =>
      /"text":"([^"]*)","fontType/.exec(text(renderHandOver(openOnboarding(), code, { id: null }, rules)))?.[1];
    expect(shown('12345678')).toBe('1234 5678');
    expect(shown('123456789')).toBe('1234 56789');
    expect(shown('')).toBe('');
  });

  test('everything a pass can hold can be spelled', () => {
    for (let code = 33; code < 127; code++) {
      const said = spell(String.fromCharCode(code));
      expect(said).toMatch(/^[a-z -]{2,}$/);
    }
  });
});

describe('who may press what', () => {
  const verbsOf = (card: object) => [...text(card).matchAll(/"data":\{"verb":"([\w-]+)"/g)].map((match) => match[1]);
  const approval = (state: string, id: string) =>
    verbsOf(renderApproval(states[state] ?? openOnboarding(), { id }, rules));

  test('the approver', () => {
    expect(approval('requested', ids.mo)).toEqual(['approve-and-show', 'approve', 'decline', 'not-mine']);
    expect(approval('requested, privileged', ids.mo)).toEqual(['approve', 'decline', 'not-mine']);
    // Who was asked as well can leave it to the others, and has nobody to pass it on to.
    expect(approval('requested, escalated', ids.second)).toEqual(['approve-and-show', 'approve', 'decline']);
    expect(approval('requested, passed on', ids.second)).toEqual([]);
    expect(approval('waiting for the second', ids.mo)).toEqual([]);
    expect(approval('approved', ids.mo)).toEqual(['show-pass', 'stop']);
    expect(approval('open, minted', ids.mo)).toEqual(['show-pass', 'handed-over', 'stop']);
    expect(approval('completed', ids.mo)).toEqual([]);
  });

  test('after the hand-over a new pass is behind a warning', () => {
    const card = renderApproval(states['open, handed over'] ?? openOnboarding(), { id: ids.mo }, rules);
    expect(verbsOf(card)).toEqual(['stop', 'show-pass']);
    expect(text(card)).toMatch(
      /Action\.ShowCard","title":"New pass".*makes the one you handed over useless.*show-pass/,
    );
  });

  test('another approver is never offered the pass', () => {
    for (const [state, now] of Object.entries(states))
      for (const card of [...(now.approvedBy ? [renderApproval(now, { id: ids.second }, rules)] : [])])
        expect([state, verbsOf(card).filter((verb) => verb?.includes('show'))]).toEqual([state, []]);
  });

  test('whoever looks after it can say that it is taken care of, until somebody did', () => {
    const viewer = { id: ids.mo };
    for (const state of ['stopped, something added', 'frozen']) {
      const now = states[state] ?? openOnboarding();
      for (const card of [
        renderRequest(now, viewer),
        renderApproval(now, viewer, rules),
        renderNotice('alert', now, viewer),
      ])
        expect([state, verbsOf(card)]).toEqual([state, ['confirm-handled']]);
    }
    for (const state of ['frozen, handled', 'stopped', 'lapsed', 'completed', 'completed, and a phone'])
      expect([state, verbsOf(renderRequest(states[state] ?? openOnboarding(), viewer))]).toEqual([state, []]);
  });

  test('the subject finds a way to stop behind being stuck, on every page, and can finish once it is open', () => {
    expect(verbsOf(renderGuide(openOnboarding({ guideAt: { route: 'android', step: 99 } }), { id: ids.jane }))).toEqual(
      ['guide', 'done', 'stuck', 'guide'],
    );
    expect(verbsOf(renderStuck(openOnboarding(), { id: ids.jane }, { route: 'android', step: 2 }))).toContain('stop');
    expect(verbsOf(renderGuide(states.approved ?? openOnboarding(), { id: ids.jane }))).not.toContain('done');
  });
});

test('what was added is named, with what to do about it, and no longer as something to do once it is handled', () => {
  const said = (state: string) => text(renderRequest(states[state] ?? openOnboarding(), { id: ids.mo }));
  const added = said('stopped, something added');
  for (const words of [
    'Act now',
    'Passkey (Key of somebody)',
    'Phone number',
    'Authentication methods',
    'gone again: Passkey (Gone)',
  ])
    expect(added).toContain(words);
  expect(said('frozen, handled')).toContain('taken care of');
  expect(said('frozen, handled')).not.toContain('Authentication methods');
  expect(said('completed, and a phone')).toContain('Also added in this time: Phone number');
  expect(said('completed, and a phone')).not.toContain('Act now');
});

test('somebody who is asked because another did not answer is told so, and who decided afterwards', () => {
  const escalated = states['requested, escalated'] ?? openOnboarding();
  expect(text(renderApproval(escalated, { id: ids.second }, rules))).toContain('was asked first and has not answered');
  expect(text(renderApproval(escalated, { id: ids.mo }, rules))).not.toContain('was asked first');
  const waiting = states['waiting for the second'] ?? openOnboarding();
  expect(text(renderApproval(waiting, { id: ids.second }, rules))).toContain('There is nothing for you to do');
});

test('a reminder that is read late says that it is settled', () => {
  const said = (kind: 'approver-reminder' | 'approver-start' | 'subject-half-time', state: string) =>
    text(renderNotice(kind, states[state] ?? openOnboarding(), { id: ids.mo }));
  expect(said('approver-reminder', 'requested')).toContain('still needed');
  expect(said('approver-reminder', 'declined')).toContain('settled meanwhile: Declined');
  expect(said('approver-start', 'approved for later')).toContain('can begin now');
  expect(said('approver-start', 'cancelled')).toContain('settled meanwhile');
  expect(said('subject-half-time', 'open, minted')).toContain('I do not see a passkey yet');
  expect(said('subject-half-time', 'lapsed')).toContain('has closed meanwhile');
});

test('the guide does not promise an open window once the exit has begun', () => {
  const said = (state: string) => text(renderGuide(states[state] ?? openOnboarding(), { id: ids.jane }));
  expect(said('open, minted')).toContain('open until');
  for (const state of ['closing, completed', 'closing, done said']) expect(said(state)).not.toContain('open until');
});

test('the guide says that nothing is over before all of it was read back', () => {
  for (const outcome of ['lapsed', 'stopped', 'frozen'] as const) {
    const closing = openOnboarding({
      state: 'closing',
      exit: { outcome, startedAt: 1, startedBy: 'onboard', settleAt: 1, leftAt: 2 },
    });
    expect(text(renderGuide(closing, { id: ids.jane }))).toContain('being closed now');
    expect(text(renderGuide(closing, { id: ids.jane }))).not.toMatch(/no longer|was closed|has closed|were closed/);
    const closed = text(renderGuide({ ...closing, state: 'closed', outcome }, { id: ids.jane }));
    expect(closed).not.toContain('being closed now');
  }
});

describe('times and text', () => {
  test('times say their zone', () => {
    expect(clockTime(NOON)).toBe('12:00 UTC');
    expect(clockTime(NOON, 'Mars/Phobos')).toBe('12:00 UTC');
    expect(dateTime(NOON, 'Asia/Kolkata')).toBe('23 Nov, 17:30 UTC+5:30');
  });

  test('names stay readable', () => {
    for (const name of ["O'Neil & Sons #1", 'Anne-Marie', 'jane.doe@example.com', 'Müller (IT)', 'R&D'])
      expect(md(name)).toBe(name);
    expect(md('a*b_c[d]')).toBe('a\\*b\\_c\\[d\\]');
    expect(plain('שרה')).toBe('\u2068שרה\u2069');
    expect([...plain('😀'.repeat(100))]).toHaveLength(80);
  });

  test('no words are empty, and none has a long dash or an emoji', () => {
    for (const [key, words] of Object.entries(english)) {
      expect([key, words.trim() === words || key.endsWith('.reference'), words.length > 0]).toEqual([key, true, true]);
      expect([key, /[\p{Extended_Pictographic}—–]/u.test(words)]).toEqual([key, false]);
    }
  });
});
