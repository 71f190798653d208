import { GROUPS } from '../../playground/tenant/ids';
import { idOfPerson } from '../../playground/tenant/people';
import { type Harness, startTenant } from './tenant-harness';

let t: Harness;
beforeEach(async () => {
  t = await startTenant();
});
afterEach(() => t.close());

const jane = idOfPerson('jane');
const add = (userId: string, group: string = GROUPS.onboarding) =>
  t.call('POST', `/groups/${group}/members/$ref`, {
    body: { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${userId}` },
  });
const remove = (userId: string, group: string = GROUPS.onboarding) =>
  t.call('DELETE', `/groups/${group}/members/${userId}/$ref`);
const members = () => t.tenant.state.groups.get(GROUPS.onboarding)?.members;

test('adding twice is an error that says so; nothing changes the second time', async () => {
  const first = await add(jane);
  expect([first.status, first.body]).toEqual([204, {}]);
  const second = await add(jane);
  expect(second.status).toBe(400);
  expect(second.body.error).toMatchObject({
    code: 'Request_BadRequest',
    message: "One or more added object references already exist for the following modified properties: 'members'.",
  });
  expect(t.journal.tenant.filter(({ kind }) => kind === 'member-added')).toMatchObject([
    { userId: jane, groupId: GROUPS.onboarding, actor: `app:${t.tenant.state.botApp.appId}` },
  ]);
  expect(t.journal.graph.map(({ write }) => write)).toEqual([true, false]);
});

test('removing twice: 204, then a 404 that names the person; a wrong group is a 404 that names the group', async () => {
  await add(jane);
  expect((await remove(jane)).status).toBe(204);
  expect(members()?.size).toBe(0);
  const again = await remove(jane);
  expect([again.status, again.body.error.code]).toEqual([404, 'Request_ResourceNotFound']);
  expect(again.body.error.message).toContain(jane);
  const wrong = '33333333-0000-4000-8000-000000000999';
  expect((await remove(jane, wrong)).body.error.message).toContain(wrong);
});

test('DELETE without /$ref is refused, changes nothing and is said aloud', async () => {
  await add(jane);
  const answer = await t.call('DELETE', `/groups/${GROUPS.onboarding}/members/${jane}`);
  expect([answer.status, answer.body.error.code]).toEqual([403, 'Authorization_RequestDenied']);
  expect(members()?.has(jane)).toBe(true);
  expect(t.tenant.state.users.has(jane)).toBe(true);
  expect(t.warnings).toEqual([expect.stringContaining('without /$ref')]);
  expect(t.journal.graph.at(-1)).toMatchObject({ status: 403, write: false });
});

test.each([
  ['an unknown person', GROUPS.onboarding, '22222222-0000-4000-8000-000000000999', 404],
  ['an unknown group', '33333333-0000-4000-8000-000000000999', jane, 404],
  ['a dynamic group', GROUPS.dynamic, jane, 403],
  ['a role-assignable group', GROUPS.roleAssignable, jane, 403],
])('adding to or with %s', async (_what, group, userId, status) => {
  expect((await add(userId, group)).status).toBe(status);
  expect(t.journal.tenant).toEqual([]);
});

test('a body that is missing or points elsewhere', async () => {
  const path = `/groups/${GROUPS.onboarding}/members/$ref`;
  expect((await t.call('POST', path)).body.error.message).toContain("'EndOfInput'");
  expect((await t.call('POST', path, { body: { '@odata.id': jane } })).status).toBe(400);
});

test('lists: direct, of users only, and transitive, in pages', async () => {
  const list = async (tail: string) => (await t.call('GET', `/groups/${GROUPS.helpdesk}/${tail}`)).body.value;
  expect((await list('members')).map((row) => row['@odata.type'])).toEqual([
    '#microsoft.graph.user',
    '#microsoft.graph.user',
    '#microsoft.graph.group',
  ]);
  expect(await list('members/microsoft.graph.user?$select=id')).toEqual([
    { '@odata.type': '#microsoft.graph.user', id: idOfPerson('priya') },
    { '@odata.type': '#microsoft.graph.user', id: idOfPerson('helen') },
  ]);
  expect((await list('transitiveMembers?$select=id')).map((row) => row.id)).toContain(idOfPerson('sam'));
  const { body } = await t.call('GET', `/groups/${GROUPS.helpdesk}/members?$top=2&$select=id`);
  const rest = await t.call('GET', String(body['@odata.nextLink']));
  expect([body.value.length, rest.body.value.length]).toEqual([2, 1]);
  expect(rest.body).not.toHaveProperty('@odata.nextLink');
});

test('members come without properties to whoever may not read people', async () => {
  t.behave({ withoutRoles: ['User.Read.All'] });
  const { body } = await t.call('GET', `/groups/${GROUPS.helpdesk}/members?$select=id,displayName`);
  expect(body.value[0]).toEqual({
    '@odata.type': '#microsoft.graph.user',
    id: idOfPerson('priya'),
    displayName: null,
  });
});

test('what is written may be read only later, and is true at once', async () => {
  t.behave({ replicationLagMs: 5000 });
  t.clock.advance(60_000);
  await add(jane);
  const isMember = async () => (await t.call('GET', `/users/${jane}/memberOf/${GROUPS.onboarding}`)).status;
  const listed = async () => (await t.call('GET', `/groups/${GROUPS.onboarding}/members`)).body.value.length;
  const checked = async () =>
    (await t.call('POST', `/users/${jane}/checkMemberGroups`, { body: { groupIds: [GROUPS.onboarding] } })).body.value;
  expect([await isMember(), await listed(), await checked()]).toEqual([404, 0, []]);
  // The write itself is judged by what is true: it is no second addition.
  expect((await add(jane)).status).toBe(400);
  t.clock.advance(5001);
  expect([await isMember(), await listed(), await checked()]).toEqual([200, 1, [GROUPS.onboarding]]);
});
