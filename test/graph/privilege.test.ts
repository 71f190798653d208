import { graphBase } from '../../graph/base-url';
import type { Call } from '../../graph/call';
import { readPrivilege } from '../../graph/privilege';
import { BASE, failureOf, fake, graphError, JANE, MO, type Said, type Seen } from './fake-graph';

const none: Said = { body: { value: [] } };

/** Answers one of the six reads differently, by a part of its path. */
function only(part: string, said: Said) {
  return fake(({ path }: Seen) => (path.includes(part) ? said : none));
}

const role = { id: 'a', roleDefinitionId: 'r', roleDefinition: { displayName: 'User Administrator' } };

describe('privilege', () => {
  it('is none only when all six reads say so', async () => {
    const { tenant, seen } = fake(() => none);
    expect(await tenant.privilege(JANE)).toEqual({ level: 'none', evidence: [] });
    expect(seen).toHaveLength(6);
    const advanced = seen.filter(({ path }) => path.includes('transitiveMemberOf'));
    expect(advanced).toHaveLength(2);
    for (const { headers, url } of advanced) {
      expect(headers.get('consistencylevel')).toBe('eventual');
      expect(url.searchParams.get('$count')).toBe('true');
    }
    for (const { url } of seen.filter(({ path }) => path.includes('roleManagement'))) {
      expect(url.searchParams.get('$filter')).toBe(`principalId eq '${JANE}'`);
      expect(url.searchParams.get('$expand')).toBe('roleDefinition($select=id,displayName)');
    }
  });

  it('is counted at what its six reads cost', async () => {
    const units: number[] = [];
    const send = async (call: Call) => {
      units.push(call.cost.units);
      return { status: 200, body: none.body, tenantTime: 0 };
    };
    await readPrivilege({ base: graphBase(BASE), send }, JANE);
    expect(units).toEqual([1, 2, 2, 2, 1, 1]);
  });

  it.each([
    ['directoryRole', { id: 'a', displayName: 'Global Administrator' }, 'Global Administrator'],
    ['roleAssignments', { ...role, directoryScopeId: '/administrativeUnits/x' }, 'User Administrator'],
    ['roleEligibilityScheduleInstances', role, 'User Administrator'],
    ['roleAssignmentScheduleInstances', { id: 'a', roleDefinitionId: 'r' }, 'r'],
    ['microsoft.graph.group', { id: 'g', displayName: 'Tier 0' }, 'Tier 0'],
  ])('is seen through %s', async (part, item, evidence) => {
    const { tenant } = only(part, { body: { value: [item] } });
    expect(await tenant.privilege(JANE)).toEqual({ level: 'privileged', evidence: [evidence] });
  });

  it('is seen on a later page after an empty one', async () => {
    const link = 'https://graph.test:8443/v1.0/roleManagement/directory/roleAssignments?$skiptoken=2';
    const { tenant } = fake(({ path }) => {
      if (path.includes('skiptoken')) return { body: { value: [role] } };
      return path.includes('roleAssignments') ? { body: { value: [], '@odata.nextLink': link } } : none;
    });
    expect((await tenant.privilege(JANE)).level).toBe('privileged');
  });

  it.each([
    'directoryRole',
    'roleAssignments',
    'roleEligibilityScheduleInstances',
    'roleAssignmentScheduleInstances',
    'microsoft.graph.group',
  ])('is unreadable when %s cannot be read', async (part) => {
    const { tenant } = only(part, graphError(403, 'Authorization_RequestDenied'));
    const privilege = await tenant.privilege(JANE);
    expect(privilege.level).toBe('unreadable');
    expect(privilege.evidence).toEqual([expect.stringContaining('GRAPH_DENIED')]);
  });

  it('is privileged when one read shows a role and another fails', async () => {
    const { tenant } = fake(({ path }) =>
      path.includes('roleAssignments?') ? { body: { value: [role] } } : graphError(500, 'x'),
    );
    expect(await tenant.privilege(JANE)).toEqual({ level: 'privileged', evidence: ['User Administrator'] });
  });

  it.each([
    ['GRAPH_UNAVAILABLE', graphError(500, 'x')],
    ['GRAPH_THROTTLED', { ...graphError(503, 'x'), headers: { 'retry-after': '600' } }],
  ])('is not told at all while one read fails for a moment: %s', async (code, said) => {
    const { tenant } = only('roleEligibilityScheduleInstances', said);
    expect(await failureOf(tenant.privilege(JANE))).toMatchObject({ code });
    const { tenant: never } = fake(({ path }) => {
      if (path.includes('roleAssignments?')) return graphError(403, 'Authorization_RequestDenied');
      return path.includes('roleEligibility') ? said : none;
    });
    // Asking again would not make this one readable.
    expect(await never.privilege(JANE)).toEqual({
      level: 'unreadable',
      evidence: [expect.stringContaining('GRAPH_DENIED')],
    });
  });

  it('takes a missing licence for "no PIM here", and only where PIM is asked', async () => {
    const unlicensed = graphError(400, 'AadPremiumLicenseRequired');
    for (const part of ['roleEligibilityScheduleInstances', 'roleAssignmentScheduleInstances']) {
      expect((await only(part, unlicensed).tenant.privilege(JANE)).level).toBe('none');
    }
    expect((await only('roleAssignments?', unlicensed).tenant.privilege(JANE)).level).toBe('unreadable');
    expect((await only('Instances', graphError(400, 'BadRequest')).tenant.privilege(JANE)).level).toBe('unreadable');
  });

  describe('through eligibility for a group', () => {
    const ELIGIBLE = 'privilegedAccess/group/eligibilityScheduleInstances';
    const groups = (isAssignableToRole: unknown) =>
      fake(({ path }) => {
        if (path.includes('/groups/')) return { body: { id: MO, displayName: 'Operators', isAssignableToRole } };
        return path.includes(ELIGIBLE) ? { body: { value: [{ groupId: MO, accessId: 'owner' }] } } : none;
      });

    it('counts where the group can carry a role, or does not say', async () => {
      for (const kind of [true, undefined]) {
        expect(await groups(kind).tenant.privilege(JANE)).toEqual({ level: 'privileged', evidence: ['Operators'] });
      }
      for (const kind of [false, null]) expect((await groups(kind).tenant.privilege(JANE)).level).toBe('none');
    });

    it('is not none on any failure, a missing permission included', async () => {
      expect((await only(ELIGIBLE, graphError(403, 'accessDenied')).tenant.privilege(JANE)).level).toBe('unreadable');
      const failure = await failureOf(only(ELIGIBLE, graphError(500, 'x')).tenant.privilege(JANE));
      expect(failure.code).toBe('GRAPH_UNAVAILABLE');
      const { tenant } = fake(({ path }) => {
        if (path.includes('/groups/')) return graphError(403, 'Authorization_RequestDenied');
        return path.includes(ELIGIBLE) ? { body: { value: [{ groupId: MO }] } } : none;
      });
      expect((await tenant.privilege(JANE)).level).toBe('unreadable');
    });
  });
});
