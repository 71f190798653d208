import type { Page } from '../../playground/contract';
import { openWindow } from '../cli/open-window';
import { type Client, productFiles, startPlayground, stopPlaygrounds, verdict, waitFor } from '../harness/playground';

jest.setTimeout(90_000);
afterEach(stopPlaygrounds);

/** One step as a reader has it: the words, and the names in bold. */
interface Read {
  readonly words: string;
  readonly names: readonly string[];
}

const text = (html: string) =>
  html.replace(/<[^>]+>/g, '').replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));

async function readGuide(client: Client, route: string): Promise<Read[]> {
  const { GUIDE_URL = '' } = await client.env();
  const html = await (await fetch(`${GUIDE_URL}?lang=en`)).text();
  const section = new RegExp(`<section class="route" id="${route}".*?</section>`, 's').exec(html)?.[0] ?? '';
  return (section.match(/<li>.*?<\/li>/gs) ?? []).map((step) => ({
    words: text(step),
    names: [...step.matchAll(/<b>(.*?)<\/b>/g)].map(([, name]) => text(name ?? '')),
  }));
}

/**
 * Somebody who has never seen any of this: presses only what the guide names, in its words, or the one button that a
 * page with a filled-in line offers. Returns the titles of the pages that were seen.
 */
async function follow(
  device: { look(): Promise<Page>; press(id: string, fields?: Record<string, unknown>): Promise<Page> },
  steps: readonly Read[],
  knows: { readonly name: string; readonly pass: string },
  done: (page: Page) => boolean,
): Promise<string[]> {
  const seen: string[] = [];
  let page = await device.look();
  for (let presses = 0; presses < 25 && !done(page); presses++) {
    seen.push(page.title);
    if (page.stopped) throw new Error(`stopped at "${page.title}": ${page.stopped.message}`);
    const told = (label: string) =>
      steps.some(
        ({ words, names }) =>
          names.some((name) => label.replace(/^\+ /, '') === name || label.endsWith(` in ${name}`)) ||
          words.includes(label.replace(/^(Use|Open) /, '')),
      );
    const fields: Record<string, string> = {};
    for (const field of page.fields) {
      if (field.id === 'name') fields.name = knows.name;
      if (field.id === 'pass') fields.pass = knows.pass;
    }
    const filled = Object.keys(fields).length > 0;
    const pressed =
      page.buttons.find((one) => filled && one.primary) ??
      page.buttons.find(({ id, label }) => id !== 'close' && id !== 'cancel' && told(label));
    if (!pressed) throw new Error(`the guide does not say what to press on "${page.title}": ${seen.join(' > ')}`);
    page = await device.press(pressed.id, fields);
  }
  seen.push(page.title);
  return seen;
}

async function stage(route: string) {
  const spawned = await startPlayground('everyone');
  const { client } = spawned;
  await openWindow(client);
  const pass = await waitFor('the pass is there', async () => (await client.passes()).at(-1));
  const jane = (await client.people()).find(({ key }) => key === 'jane');
  const knows = { name: jane?.userPrincipalName ?? '', pass: pass.code };
  const finished = async () => {
    await waitFor('nobody is exempt', async () => (await client.records()).standing.members.length === 0 || undefined);
    expect(await verdict(client)).toEqual([]);
  };
  return { spawned, client, jane: client.person('jane'), steps: await readGuide(client, route), knows, finished };
}

test('with only the guide in hand, on an iPhone: from installing the app to the passkey', async () => {
  const { jane, steps, knows, finished } = await stage('iphone');
  expect(steps.some(({ names }) => names.includes('Authenticator'))).toBe(true);
  await jane.phone.press('open-app', { app: 'authenticator' });
  const seen = await follow(jane.phone, steps, knows, ({ title }) => title === 'Account added');
  expect(seen).toContain('Turn on Authenticator as a passkey provider');
  const account = await jane.phone.press('done');
  expect(account.title).toBe('Authenticator');
  await finished();
});

test('with only the guide in hand, on a computer and a phone', async () => {
  const { jane, steps, knows, finished } = await stage('computer');
  expect(steps.some(({ names }) => names.includes('aka.ms/mysecurityinfo'))).toBe(true);
  await jane.computer.press('open', { url: 'security-info' });
  await follow(jane.computer, steps, knows, ({ title }) => title === 'Complete the setup in Authenticator');
  await jane.phone.press('open-app', { app: 'authenticator' });
  await follow(jane.phone, steps, knows, ({ title }) => title === 'Account added');
  const seen = await follow(jane.computer, steps, knows, ({ title }) => title === 'Passkey created');
  expect(seen).toEqual(['Complete the setup in Authenticator', 'Passkey created']);
  await finished();
});

test('a personal link from the card with the pass follows her to the end, and is kept nowhere', async () => {
  const { spawned, client, jane, steps, knows } = await stage('iphone');
  const links = await waitFor('the card has the link', async () => {
    const { card } = await client.person('mo').click('show-pass');
    const found = JSON.stringify(card ?? '').match(/http:[^"#\s]*\/g#[\w-]{27}/g);
    return found ?? undefined;
  });
  const [url = '', token = ''] = (links[0] ?? '').split('#');
  const pass = (await client.passes()).at(-1)?.code ?? '';
  const next = async (asked: string) => {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: asked }),
    };
    return (await fetch(`${url}/next`, init)).text();
  };
  const unknown = await next('a'.repeat(27));
  expect(await next(token)).toBe(unknown);

  await jane.phone.press('open-app', { app: 'authenticator' });
  await follow(jane.phone, steps, { ...knows, pass }, ({ title }) => /save this passkey/.test(title));
  await waitFor('Authenticator was seen', async () => (await next(token)).includes('"passkey"') || undefined);
  await follow(jane.phone, steps, { ...knows, pass }, ({ title }) => title === 'Account added');
  await waitFor('the passkey was seen', async () => (await next(token)).includes('"finish"') || undefined);
  await jane.click('done');
  await waitFor('it is over, and the link with it', async () => (await next(token)) === unknown || undefined);

  const kept = productFiles(spawned).filter(({ content }) => content.includes(token));
  expect(kept.map(({ name }) => name)).toEqual([]);
  expect(productFiles(spawned).some(({ content }) => content.includes('guide_link'))).toBe(true);
});
