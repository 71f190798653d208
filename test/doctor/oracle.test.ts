import { readFileSync } from 'node:fs';
import { judgeOnboardingPolicy } from '../../graph/readiness/judge-onboarding-policy';
import { judgePolicy } from '../../graph/readiness/judge-policy';
import { readPolicy } from '../../graph/readiness/policy';
import { BREAK_GLASS, GROUP, ONBOARDING_ORACLE, ORACLE } from '../oracle/policies';

test.each(ORACLE)('$name: $verdict', ({ policy, verdict }) => {
  const finding = judgePolicy(readPolicy(policy, 'case.json'), GROUP);
  expect(finding).toMatchObject({ verdict });
  expect(finding.reason).toMatch(/\.$/);
  expect(finding.evidence).toMatch(/^case\.json: \$\./);
});

test.each(ONBOARDING_ORACLE)('the policy of the group, $name: $verdict', ({ policy, verdict }) => {
  expect(judgeOnboardingPolicy(readPolicy(policy, 'case.json'), GROUP, [BREAK_GLASS])).toMatchObject({ verdict });
});

// Whatever else a policy asks for: the group excluded by name is out of it.
test.each(ORACLE)('with the group excluded nothing is left of it: $name', ({ policy }) => {
  const users = { ...(policy.conditions.users as object), excludeGroups: [GROUP.toUpperCase()] };
  const excluded = { ...policy, conditions: { ...policy.conditions, users } };
  const { verdict } = judgePolicy(readPolicy(excluded, 'case.json'), GROUP);
  expect(['ok', 'review']).toContain(verdict);
  if (verdict === 'review') expect(policy.conditions.clientApplications).not.toBeNull();
});

test('what stops people says how to exclude the group, and leaves all other lists as they are', () => {
  const stopping = ORACLE.filter(({ verdict }) => verdict === 'fail' || verdict === 'must-exclude');
  expect(stopping.length).toBeGreaterThan(10);
  for (const { policy } of stopping) {
    const { fix } = judgePolicy(readPolicy(policy, 'case.json'), GROUP);
    expect(fix).toContain(`PATCH /v1.0/identity/conditionalAccess/policies/${policy.id}`);
    const body = JSON.parse(fix?.split('\n').at(-1) ?? '');
    const before = policy.conditions.users as Record<string, string[]>;
    expect(body.conditions.users.excludeGroups).toEqual([...(before.excludeGroups ?? []), GROUP]);
    for (const list of ['includeUsers', 'excludeUsers', 'includeGroups', 'includeRoles', 'excludeRoles']) {
      expect(body.conditions.users[list]).toEqual(before[list]);
    }
  }
});

test('the oracle knows nothing of the product or of the playground', () => {
  expect(readFileSync(`${__dirname}/../oracle/policies.ts`, 'utf8')).not.toMatch(/from '\.\.\//);
});
