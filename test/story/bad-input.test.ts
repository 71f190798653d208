import type { Records } from '../../playground/contract';
import {
  type Client,
  choicesOf,
  type Person,
  startPlayground,
  stopPlaygrounds,
  textOf,
  togglesOf,
  verdict,
  waitFor,
} from '../harness/playground';
import { offersIn } from '../promises/cards';

jest.setTimeout(60_000);

let client: Client;
beforeAll(async () => {
  ({ client } = await startPlayground('everyone', { MAX_REQUESTS_PER_REQUESTER_PER_DAY: '500' }));
});
afterAll(stopPlaygrounds);

/** The tenant as it stands, and everything that was ever done to it. */
const tenantOf = ({ standing, tenant }: Records) => ({ standing, tenant });

/** Runs `act`, and holds that nothing at all was changed in the tenant by it. */
async function withoutChange<T>(act: () => Promise<T>): Promise<T> {
  const before = await client.records();
  const result = await act();
  const after = await client.records();
  expect(tenantOf(after)).toEqual(tenantOf(before));
  expect(after.graph.slice(before.graph.length).filter((call) => call.write)).toEqual([]);
  return result;
}

const ticks = (card: unknown) => Object.fromEntries(togglesOf(card).map(({ id, on }) => [id, on]));

/** Says a line to Onboard and gives what it answered, as text. */
async function answerTo(who: Person, text: string): Promise<string> {
  // Onboard spaces its messages to one conversation as Teams wants it; a test need not wait for that.
  await client.advance(10_000);
  const before = new Set((await who.messages()).map(({ id }) => id));
  const said = await who.say(text);
  expect(said.status).toBeGreaterThanOrEqual(200);
  expect(said.status).toBeLessThan(300);
  const message = await waitFor(`an answer to ${JSON.stringify(text.slice(0, 40))}`, async () =>
    (await who.messages()).find(({ id }) => !before.has(id)),
  );
  return textOf(message);
}

describe('what helpdesk types', () => {
  test.each<[what: string, line: string, answer: RegExp]>([
    ['an unknown name', '@onboard zacharias', /found nobody called zacharias/i],
    ['an unknown address', 'onboard nobody@northwind.example', /found nobody/i],
    ['no name', 'onboard', /Who shall get a passkey\?/],
    ['only spaces', '@onboard      ', /Who shall get a passkey\?/],
    ['5,000 characters', `onboard ${'jane '.repeat(1_000)}`, /too long/i],
    ['5,000 characters without a space', `onboard ${'j'.repeat(5_000)}`, /too long/i],
    ['5,000 characters that are no command', 'x'.repeat(5_000), /do not understand/i],
    ['control characters', 'onboard ja\u0000ne\u0007', /characters that I cannot use|found nobody/i],
    ['a name turned round', 'onboard \u202Eenaj\u202C', /characters that I cannot use|found nobody/i],
    ['right-to-left letters', 'onboard \u05D9\u05D9\u05DF \u062C\u064A\u0646', /found nobody/i],
    ['markdown', 'onboard **jane** [click](https://evil.example) `x` # h', /found nobody|too many|Who do you mean/i],
    ['HTML', 'onboard <img src=x onerror=alert(1)>', /Who shall get a passkey\?|found nobody|characters/i],
    ['a quote', "onboard o'nobody", /found nobody/i],
    ['an ampersand, a hash and an asterisk', 'onboard & # * nobody', /found nobody/i],
    ['an OData filter', "onboard x') or startswith(displayName,'", /found nobody|characters/i],
    ['a guest', 'onboard gus_contoso.example#EXT#@northwind.example', /guest/i],
    ['a disabled account', 'onboard dana.frost@northwind.example', /disabled/i],
    ['a Global Administrator', 'onboard gloria.mendes@northwind.example', /administrator rights/i],
    ['somebody eligible for a role', 'onboard eli.strand@northwind.example', /administrator rights/i],
    ['somebody privileged through a group', 'onboard ruth.adler@northwind.example', /administrator rights/i],
    ['the break-glass account', 'onboard break.glass.01@northwind.example', /protected account/i],
    ['oneself', 'onboard priya.raman@northwind.example', /cannot ask for yourself/i],
    ['a person with a working passkey', 'onboard pat.quill@northwind.example', /has a working passkey/i],
    ['an unknown command', 'frobnicate everything', /do not understand/i],
    ['a misspelt command', 'onbord jane', /did you mean/i],
    ['an onboarding that is not there', 'cancel ONB-999', /do not know that onboarding/i],
    ['nothing but a greeting', 'hello', /do not understand|What you can type/i],
  ])('%s', async (_what, line, answer) => {
    const said = await withoutChange(() => answerTo(client.person('priya'), line));
    expect(said).toMatch(answer);
    expect(said.length).toBeLessThan(1_000);
  });

  test('two of that name: to be chosen by address and title', async () => {
    const said = await withoutChange(() => answerTo(client.person('priya'), '@onboard jane'));
    expect(said).toMatch(/Who do you mean/);
    expect(said).toMatch(/jane\.doe@northwind\.example.*Loan officer/);
    expect(said).toMatch(/jane\.roe@northwind\.example.*Credit analyst/);
  });

  test('a chosen person who is not on the card is judged like any other', async () => {
    const priya = client.person('priya');
    const gloria = (await client.records()).people.find(({ key }) => key === 'gloria')?.id ?? '';
    const question = await priya.waitForButton('choose');
    const forged = await withoutChange(() =>
      priya.clickOn({
        messageId: question.id,
        verb: 'choose',
        inputs: { person: choicesOf(question.card)[0]?.value ?? '' },
        forge: { person: gloria },
      }),
    );
    expect(forged.words).toMatch(/administrator rights/i);
  });

  test('her own manager asks: somebody else decides', async () => {
    expect(await withoutChange(() => answerTo(client.person('helen'), 'onboard tim'))).toMatch(/Decides: Lee Walsh/);
    const card = await client.person('lee').see(/Is this request for Tim/);
    const answer = await withoutChange(() =>
      client
        .person('helen')
        .clickOn({ messageId: card.id, verb: 'approve-and-show', unseen: true, inputs: ticks(card.card) }),
    );
    expect(answer.words).toMatch(/already have a part|not yours/i);
  });

  test('somebody outside the helpdesk group', async () => {
    for (const key of ['mallory', 'mo', 'jane']) {
      const said = await withoutChange(() => answerTo(client.person(key), '@onboard jane.doe@northwind.example'));
      expect(said).toMatch(/Only the helpdesk/);
    }
  });

  test.each<[key: string, line: string]>([
    ['no manager', 'onboard nora.lind@northwind.example'],
    ['a disabled manager', 'onboard derek.ash@northwind.example'],
    ['a manager who is no person', 'onboard otto.brandt@northwind.example'],
  ])('%s: a fallback is asked, and nothing is changed', async (_what, line) => {
    const [priya, lee] = [client.person('priya'), client.person('lee')];
    const before = (await lee.messages()).length;
    expect(await withoutChange(() => answerTo(priya, line))).toMatch(/ONB-\d+/);
    await waitFor('the fallback is asked', async () => (await lee.messages()).length > before);
    expect(await withoutChange(() => answerTo(priya, line))).toMatch(/has an onboarding already: ONB-\d+/);
  });

  test('a name with a quote, an ampersand, a hash and an asterisk is shown as it is', async () => {
    const said = await withoutChange(() => answerTo(client.person('priya'), "onboard O'Brien"));
    const olga = await withoutChange(() =>
      said.includes('ONB-')
        ? Promise.resolve(said)
        : answerTo(client.person('priya'), 'onboard olga.obrien@northwind.example'),
    );
    expect(olga.replace(/\\/g, '')).toContain("Olga O'Brien & Söhne #1*");
    const asked = await client.person('mo').see(/Olga/);
    expect(textOf(asked).replace(/\\/g, '')).toContain('Partner liaison <b>East</b>');
    expect(
      await withoutChange(() => answerTo(client.person('priya'), 'onboard olga.obrien@northwind.example')),
    ).toMatch(/has an onboarding already/);
  });
});

describe('clicks', () => {
  /** A request for Ada, an ordinary person in this tenant, waiting for Mo. */
  async function asked() {
    const priya = client.person('priya');
    if (!(await client.person('mo').found(/Is this request for Ada/)))
      await answerTo(priya, 'onboard ada.byrne@northwind.example');
    const mo = client.person('mo');
    return mo.see(/Ada Byrne/);
  }

  test('by somebody who may not decide', async () => {
    const card = await asked();
    for (const key of ['mallory', 'priya', 'ada', 'helen', 'kim']) {
      for (const verb of ['approve', 'approve-and-show', 'decline']) {
        const answer = await withoutChange(() =>
          client
            .person(key)
            .clickOn({ messageId: card.id, verb, unseen: true, inputs: { ...ticks(card.card), why: 'x' } }),
        );
        expect(answer.status).toBe(200);
        expect(answer.card).toBeUndefined();
        expect(answer.words).toMatch(/not yours|no longer decide|already have a part/i);
      }
    }
    expect(await client.passes()).toEqual([]);
  });

  test('without the ticks', async () => {
    const card = await asked();
    const answer = await withoutChange(() => client.person('mo').clickOn({ messageId: card.id, verb: 'approve' }));
    expect(answer.words).toMatch(/Tick both/i);
  });

  test.each<[what: string, forge: Record<string, unknown>]>([
    ['another nonce', { nonce: 'AAAAAAAAAAAAAAAAAAAAAA' }],
    ['no nonce', { nonce: '' }],
    ['a nonce that is no text', { nonce: { $gt: '' } }],
    ['another onboarding', { onboarding: '00000000-0000-4000-8000-000000000000' }],
    ['an onboarding that is no text', { onboarding: ['x'] }],
    ['a version of the future', { version: 999_999 }],
    ['a version that is no number', { version: 'x' }],
  ])('with altered data: %s', async (_what, forge) => {
    const card = await asked();
    const answer = await withoutChange(() =>
      client
        .person('mo')
        .clickOn({ messageId: card.id, verb: 'approve-and-show', inputs: ticks(card.card), unseen: true, forge }),
    );
    expect(answer.status).toBe(200);
    expect(answer.card).toBeUndefined();
    expect(answer.words.length).toBeGreaterThan(10);
  });

  test('with a verb that does not exist', async () => {
    const card = await asked();
    const answer = await withoutChange(() =>
      client.person('mo').clickOn({ messageId: card.id, verb: 'become-admin', unseen: true }),
    );
    expect(answer.status).toBe(200);
    expect(answer.words.length).toBeGreaterThan(5);
  });

  test('data cannot name somebody else: the onboarding decides who it is for', async () => {
    await answerTo(client.person('priya'), 'onboard jane.roe@northwind.example');
    const mo = client.person('mo');
    const card = await mo.see(/Is this request for Jane Roe/);
    const { people } = await client.records();
    const idOf = (key: string) => people.find((each) => each.key === key)?.id ?? '';
    const answer = await mo.clickOn({
      messageId: card.id,
      verb: 'approve-and-show',
      inputs: ticks(card.card),
      forge: { subject: idOf('jane'), subjectId: idOf('jane'), person: idOf('jane'), by: idOf('lee') },
    });
    expect(answer.words).toMatch(/Code for Jane Roe/);
    expect((await client.passes()).map(({ userId }) => userId)).toEqual([idOf('jane-roe')]);
    expect((await client.records()).standing.members).toEqual([idOf('jane-roe')]);
    await mo.click('stop');
    await waitFor('everything is closed again', async () => {
      const { standing, tenant } = await client.records();
      return (
        standing.members.length + standing.passes.length === 0 && tenant.some(({ kind }) => kind === 'sessions-revoked')
      );
    });
  });

  test('twice, and later: the second one is told that it is decided, and how', async () => {
    const card = await asked();
    const mo = client.person('mo');
    // What the buttons said when they were there; a client that did not see the edit still has them.
    const [offer] = offersIn(card.card);
    const { onboarding, nonce, version } = offer?.data ?? {};
    const forge = { onboarding, nonce, version };
    const declined = await withoutChange(() =>
      mo.clickOn({ messageId: card.id, verb: 'decline', inputs: { why: 'She has left the company.' }, unseen: true }),
    );
    expect(declined.status).toBe(200);
    for (const verb of [
      'decline',
      'approve',
      'approve-and-show',
      'second-approve',
      'show-pass',
      'handed-over',
      'stop',
    ]) {
      const again = await withoutChange(() =>
        mo.clickOn({ messageId: card.id, verb, inputs: { ...ticks(card.card), why: 'Again.' }, unseen: true, forge }),
      );
      expect({ verb, status: again.status, card: again.card }).toEqual({ verb, status: 200, card: undefined });
      expect({ verb, words: again.words }).toEqual({ verb, words: expect.stringMatching(/declined|not yours/i) });
    }
  });
});

test('and no promise was broken by any of it', async () => {
  expect(await verdict(client)).toEqual([]);
});
