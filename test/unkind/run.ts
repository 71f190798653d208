import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Records } from '../../playground/contract';
import { KIND_BEHAVIOUR } from '../../playground/kind-behaviour';
import { check } from '../promises/checker';
import type { Unkindness } from './behaviours';
import { openPlace, type Place, type Play, pause, Stuck, type World } from './stage';
import type { Story } from './stories';
import { untruths } from './truth';

export interface Outcome {
  readonly story: string;
  readonly unkindness: string;
  readonly ended: string;
  /** What is wrong, in sentences. Empty: nothing. */
  readonly wrong: readonly string[];
  /** The longest time in the group, ms of the tenant's clock. */
  readonly exemptMs: number;
  readonly seconds: number;
}

/** Beside what is measured by jumps of the clock: retries, pauses, and as late as the tenant is. */
const SLACK = 180_000;

/** Plays these stories one after the other in one tenant that is so unkind. */
export async function playAll(
  world: World,
  unkindness: Unkindness,
  stories: readonly Story[],
  seed: number,
  keepIn: string,
  told: (outcome: Outcome) => void,
): Promise<void> {
  let place = await openPlace(world, stories.length + 1, unkindness.blocks === true);
  try {
    await begin(place, unkindness, seed);
    for (const story of stories) {
      const outcome = await playOne(place, unkindness, story, keepIn);
      told(outcome);
      if (outcome.wrong.length === 0 || story === stories.at(-1)) continue;
      // What went wrong must not get in the way of the next.
      await place.spawned.stop();
      place = await openPlace(world, stories.length + 1, unkindness.blocks === true);
      await begin(place, unkindness, seed);
    }
  } finally {
    await place.spawned.stop();
  }
}

/**
 * What cannot be proven is not said to be over: it waits, with nobody in the group and the operator told what is missing,
 * and ends by itself once that is there.
 */
async function endsWhenHealed(
  place: Place,
  unkindness: Unkindness,
  play: Play,
): Promise<{ ended: string; wrong: string[] }> {
  const { client } = place;
  const wrong: string[] = [];
  // A membership through PIM ends by itself, whatever right is missing.
  if (place.world !== 'pim' && (await play.records()).standing.members.includes(play.id))
    wrong.push('while it waited she was in the group');
  if ((await play.ended()) === 'completed') wrong.push('while it waited people were told that it was completed');
  wrong.push(...operatorKnows(place, unkindness));
  await client.behave({ ...KIND_BEHAVIOUR, faults: [EXPIRE] });
  await client.advance(60_000);
  await play.stop().catch(() => undefined);
  const ended = await play.over().catch((error: unknown) => {
    wrong.push(`it did not end when everything was well again: ${error instanceof Error ? error.message : error}`);
    return 'nothing';
  });
  await begin(place, unkindness, 0);
  return { ended: `${ended}${PROVEN}`, wrong };
}

/** A permission that is missing is named in the log. */
function operatorKnows({ spawned }: Place, { is }: Unkindness): string[] {
  const log = readFileSync(join(spawned.dataDir, 'product.log'), 'utf8');
  return (is.withoutRoles ?? [])
    .slice(0, 1)
    .filter((role) => !log.includes(role))
    .map((role) => `the log does not name ${role}`);
}

const PROVEN = ', once it could be proven';
const EXPIRE = { method: 'GET', path: '^/v1.0/', do: 'expire' as const, times: 1 };

async function begin({ client }: Place, { is, freshToken }: Unkindness, seed: number): Promise<void> {
  const renewal = freshToken ? [EXPIRE] : [];
  await client.behave({ seed, ...is, faults: [...renewal, ...(is.faults ?? [])] });
  for (let n = 0; freshToken && n < 100; n++) {
    if ((await client.behave({})).faults.length === (is.faults ?? []).length) break;
    await client.advance(1_000);
    await pause(100);
  }
}

async function playOne(place: Place, unkindness: Unkindness, story: Story, keepIn: string): Promise<Outcome> {
  const { client } = place;
  const began = performance.now();
  const before = await client.records();
  const known = new Set((await violations(place, before)).map(({ key }) => key));
  const sinceSeq = lastSeq(before);
  const wrong: string[] = [];
  let ended = 'nothing';
  let subject: string | undefined;
  let play: Play | undefined;
  try {
    ({ ended, subject } = await story.play(place, (begun) => {
      play = begun;
    }));
    if (ended === 'refused' && story.ends !== 'refused') wrong.push(...operatorKnows(place, unkindness));
    if (!mayEnd(story, unkindness, ended)) wrong.push(`it ended "${ended}", and should end "${story.ends}"`);
  } catch (error) {
    const why = `it did not come to its end: ${error instanceof Error ? error.message : error}`;
    const waits =
      unkindness.blocks && error instanceof Stuck && play ? await endsWhenHealed(place, unkindness, play) : null;
    if (waits === null) wrong.push(why);
    else {
      ended = waits.ended;
      subject = play?.id;
      wrong.push(...waits.wrong);
    }
  }
  await pause(200);
  const records = await client.records();
  for (const { key, what } of await violations(place, records)) if (!known.has(key)) wrong.push(what);
  if (records.product.some(({ did, seq }) => did === 'died' && seq > sinceSeq))
    wrong.push('the product ended by itself');
  const { members, passes } = records.standing;
  if (members.length > 0) wrong.push(`at the end ${members.length} are in the group`);
  if (passes.some(({ live }) => live)) wrong.push('at the end there is a live pass');
  const codes = new Map((await client.passes()).map(({ id, code }) => [id, code]));
  for (const id of subject ? [subject] : changedSince(records, sinceSeq))
    wrong.push(...untruths(records, id, sinceSeq, codes));
  if (wrong.length > 0) keep(place, unkindness, story, wrong, records, keepIn);
  return {
    story: story.name,
    unkindness: unkindness.name,
    ended,
    wrong,
    exemptMs: longest(records, sinceSeq),
    seconds: (performance.now() - began) / 1_000,
  };
}

/** Where onboarding cannot work, any end is right that is one; a refusal that is due stays due. */
function mayEnd(story: Story, { blocks }: Unkindness, ended: string): boolean {
  return (
    ended === story.ends ||
    ended.endsWith(PROVEN) ||
    (blocks === true && story.ends !== 'refused' && ended !== 'completed')
  );
}

async function violations({ client, world }: Place, records: Records): Promise<{ key: string; what: string }[]> {
  const info = await client.info();
  const { clockSkewMs, withoutRoles } = await client.behave({});
  const found = check(byOneClock(records, clockSkewMs), {
    windowMinutes: 60,
    pollSlackMs: SLACK,
    settleMs: 5_000,
    maxPasses: 10,
    privilegedAllowed: info.scenario === 'admins',
    passCodes: await client.passes(),
    now: records.now,
  });
  // The checker takes every passkey for the proof; there the point is that it is none.
  const outlived = 'sessions outlived the window';
  const mayNotRevoke = withoutRoles.includes('User.RevokeSessions.All');
  const ofTheWrongKind = 'somebody stayed in the group after the passkey was there';
  return found
    .filter(({ what }) => !(world === 'picky' && what === ofTheWrongKind) && !(mayNotRevoke && what === outlived))
    .map(({ promise, what, evidence }) => ({
      key: `${promise} ${what} ${evidence.join(',')}`,
      what: `promise ${promise}: ${what} (${evidence.join(', ')})`,
    }));
}

/** What the tenant writes is by its own clock; what was recorded is by the playground's. */
function byOneClock(records: Records, skew: number): Records {
  const tenant = records.tenant.map((record) =>
    record.kind === 'sessions-revoked' ? { ...record, validFrom: record.validFrom - skew } : record,
  );
  return { ...records, tenant };
}

function longest({ tenant }: Records, sinceSeq: number): number {
  let most = 0;
  const since = new Map<string, number>();
  for (const record of tenant) {
    if (record.seq <= sinceSeq || !('userId' in record)) continue;
    if (record.kind === 'member-added') since.set(record.userId, record.at);
    if (record.kind === 'member-removed') most = Math.max(most, record.at - (since.get(record.userId) ?? record.at));
  }
  return most;
}

function changedSince({ tenant }: Records, sinceSeq: number): string[] {
  return [...new Set(tenant.flatMap((record) => (record.seq > sinceSeq && 'userId' in record ? record.userId : [])))];
}

function lastSeq({ tenant, teams, graph, product }: Records): number {
  return Math.max(0, ...[tenant, teams, graph, product].map((list) => list.at(-1)?.seq ?? 0));
}

/** What is needed to understand a failure, out of a directory that is about to go. */
function keep(
  { spawned }: Place,
  { name, is }: Unkindness,
  story: Story,
  wrong: readonly string[],
  records: Records,
  keepIn: string,
) {
  const dir = join(keepIn, `${story.name}, ${name}`.replace(/[^\w.-]+/g, '_').slice(0, 120));
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  cpSync(spawned.dataDir, dir, { recursive: true });
  writeFileSync(join(dir, 'records.json'), JSON.stringify({ story: story.name, is, wrong, records }, null, 1));
}
