import type { Spawned } from '../../playground/story/spawn';
import type { Listener } from '../../playground/story/tale';
import { CASTS, tell } from '../../playground/story/tale';
import { type Client, productFiles, startPlayground, stopPlaygrounds, verdict, waitFor } from '../harness/playground';
import { forms } from '../hunt/forms';
import { hunt, missedWhenPlanted, type Place } from '../hunt/hunt';

jest.setTimeout(120_000);
afterAll(stopPlaygrounds);

let spawned: Spawned;
let client: Client;
let codes: string[];
/** What is looked through, taken at the moments when a pass is most likely to be lying about. */
const places: Place[] = [];

let provoked = false;
const silent: Listener = { step() {}, did() {}, page() {}, answer() {}, proved() {} };

/** Every place that there is now, named after the moment. */
async function look(moment: string): Promise<void> {
  places.push(...productFiles(spawned).map(({ name, content }) => ({ name: `${moment}: file ${name}`, content })));
  const { teams, graph, tenant, signIns } = await client.records();
  const stored = teams.filter(({ kind }) => kind === 'sent' || kind === 'edited');
  places.push({ name: `${moment}: stored messages`, content: JSON.stringify(stored) });
  places.push({ name: `${moment}: what else was recorded`, content: JSON.stringify([graph, tenant, signIns]) });
  for (const { key } of await client.people()) {
    // The one screen on which it belongs.
    if (key === 'mo') continue;
    places.push({ name: `${moment}: screen of ${key}`, content: JSON.stringify(await client.person(key).screen()) });
  }
}

beforeAll(async () => {
  spawned = await startPlayground('everyone', { LOG_LEVEL: 'debug', MAX_PASSES: '10' });
  client = spawned.client;
  const listener: Listener = {
    ...silent,
    async answer(who) {
      if (who !== 'mo' || provoked || (await client.passes()).length === 0) return;
      provoked = true;
      await look('with the pass on the screen');
      // Errors while a pass is minted anew: refused, throttled, never sent, and done with the answer lost.
      for (const fault of [
        { do: 'status', status: 500 },
        { do: 'status', status: 429, retryAfter: 1 },
        { do: 'refuse' },
        { do: 'lost' },
      ] as const) {
        await client.behave({ faults: [{ method: 'POST', path: 'temporaryAccessPassMethods', times: 1, ...fault }] });
        await waitFor('the fault was met', async () => {
          // A mint whose answer was lost keeps its lease; the next one is let in when it has run out.
          await later();
          await client.person('mo').clickOn(await buttonForPass());
          return (await client.behave({})).faults.length === 0;
        });
      }
      await look('after errors');
      await waitFor('the newest pass is shown', async () => {
        await later();
        const shown = await client.person('mo').clickOn(await buttonForPass());
        const newest = (await client.passes()).at(-1)?.code ?? '';
        return shown.words.replace(/\s/g, '').includes(newest);
      });
    },
  };
  await tell({ client, cast: CASTS.everyone, listener, kills: new Set(['after-pass']) });
  await client.product('stop');
  await look('at the end');
  codes = (await client.passes()).map(({ code }) => code);
});

/** A quarter of a minute on, and the product has noticed: a jump during a click would count as slowness of the click. */
async function later(): Promise<void> {
  await client.advance(16_000);
  await new Promise((resolve) => setTimeout(resolve, 300));
}

async function buttonForPass() {
  const message = await client.person('mo').waitForButton('show-pass');
  return { messageId: message.id, verb: 'show-pass' };
}

test('there was something to hunt, and places to look at', () => {
  expect(codes.length).toBeGreaterThanOrEqual(2);
  const names = places.map(({ name }) => name).join('\n');
  for (const part of [
    'onboard.db',
    'onboard.db-wal',
    'product.log',
    'stored messages',
    'screen of jane',
    'screen of priya',
  ]) {
    expect(names).toContain(part);
  }
  const log = places.find(({ name }) => name === 'at the end: file product.log')?.content.toString() ?? '';
  expect(log).toMatch(/"level":"debug"/);
  expect(log).toMatch(/temporaryAccessPass|pass\.create|createPass|passes\.create/i);
});

test('in each place, each form of each code is found when it is planted there', () => {
  const missed = places.flatMap((place) =>
    codes.flatMap((code) => missedWhenPlanted(place, code).map((form) => `${place.name}: ${form}`)),
  );
  expect(missed).toEqual([]);
  expect(forms.length).toBeGreaterThanOrEqual(12);
});

test('the pass is in none of them', () => {
  expect(hunt(places, codes)).toEqual([]);
});

test('and it was on the one screen where it belongs', async () => {
  const { teams } = await client.records();
  const answers = teams.filter((record) => record.kind === 'clicked' && record.by === 'mo');
  expect(hunt([{ name: 'answers to Mo', content: JSON.stringify(answers) }], codes).length).toBeGreaterThan(0);
});

test('no promise was broken by the errors either', async () => {
  expect(await verdict(client, { maxPasses: 10 })).toEqual([]);
});
