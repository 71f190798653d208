import { idOfPerson } from '../../playground/tenant/people';
import { type Harness, startTenant } from './tenant-harness';

let t: Harness;
beforeAll(async () => {
  t = await startTenant('admins');
});
afterAll(() => t.close());

const person = (key: string) => t.tenant.records().people.find((one) => one.key === key);

test('people are recorded as a checker needs them', () => {
  expect(person('jane')).toEqual({
    key: 'jane',
    id: idOfPerson('jane'),
    displayName: 'Jane Doe',
    managerId: idOfPerson('mo'),
    enabled: true,
    userType: 'Member',
    privileged: false,
    breakGlass: false,
    helpdesk: false,
    fallbackApprover: false,
    secondApprover: false,
  });
  expect(person('sam')).toMatchObject({ helpdesk: true });
  expect(person('lee')).toMatchObject({ fallbackApprover: true, secondApprover: false });
  expect(person('kim')).toMatchObject({ fallbackApprover: false, secondApprover: true });
  expect(person('ada')).toMatchObject({ privileged: true });
  expect(person('breakglass')).toMatchObject({ breakGlass: true, privileged: true });
  expect(person('dana')).toMatchObject({ enabled: false });
  // A contact is nobody who could approve.
  expect(person('otto')).toMatchObject({ managerId: null });
});

test('a change by hand is in the records', () => {
  t.tenant.changes.changePerson('admin', idOfPerson('mo'), { accountEnabled: false });
  expect(person('mo')).toMatchObject({ enabled: false });
  t.tenant.changes.changePerson('admin', idOfPerson('mo'), { accountEnabled: true });
});

test('whoever may join a role-assignable group through PIM is privileged', () => {
  const [group] = [...t.tenant.state.groups.values()].filter((one) => one.isAssignableToRole);
  const principalId = idOfPerson('nora');
  expect(person('nora')).toMatchObject({ privileged: false });
  t.tenant.state.groupEligibilities.push({ id: 'eligible', groupId: group?.id ?? '', principalId });
  expect(person('nora')).toMatchObject({ privileged: true });
});

test('PIM for Groups lists who may join, and asks for a principal or a group', async () => {
  const path = '/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances';
  expect((await t.call('GET', path)).status).toBe(400);
  const found = await t.call('GET', `${path}?$filter=principalId eq '${idOfPerson('nora')}'`);
  expect(found.body.value).toMatchObject([{ id: 'eligible', accessId: 'member' }]);
});

test('nothing that is recorded holds a secret of the application', () => {
  expect(JSON.stringify([t.tenant.records(), t.journal])).not.toContain(t.tenant.state.botApp.secret);
});

test('behaviour is changed in parts', () => {
  t.behave({ graphDelayMs: 5 });
  t.behave({ withoutRoles: ['User.Read.All'] });
  expect(t.tenant.state.behaviour).toMatchObject({ graphDelayMs: 5, withoutRoles: ['User.Read.All'], faults: [] });
});
