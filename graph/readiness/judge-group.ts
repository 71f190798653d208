import { sayer } from './judge-methods';
import type { TenantFacts } from './read-tenant';
import type { CheckFinding } from './verdict';

type Item = Readonly<Record<string, unknown>>;

/** The onboarding group: one that Onboard can write, and through which nobody gets more than an exemption. */
export function judgeGroup(group: Item): CheckFinding[] {
  const say = sayer('group', 'groups/{id}');
  const fix = 'Create a new security group with assigned members, not role-assignable, and use its object id.';
  const kinds = Array.isArray(group.groupTypes) ? group.groupTypes.map(String) : [];
  const found: CheckFinding[] = [];
  if (kinds.includes('DynamicMembership'))
    found.push(
      say(
        'fail',
        'The group is dynamic: nobody can be added, and Graph only says "insufficient privileges".',
        '$.groupTypes',
        fix,
      ),
    );
  if (kinds.includes('Unified'))
    found.push(
      say('fail', 'The group is a Microsoft 365 group: its members get a mailbox and files too.', '$.groupTypes', fix),
    );
  if (group.onPremisesSyncEnabled === true)
    found.push(
      say('fail', 'The group is kept on premises: it cannot be changed in Entra.', '$.onPremisesSyncEnabled', fix),
    );
  if (group.mailEnabled === true && !kinds.includes('Unified'))
    found.push(say('fail', 'The group has a mail address: Graph cannot write its members.', '$.mailEnabled', fix));
  if (group.securityEnabled === false)
    found.push(say('fail', 'The group is no security group: no policy can name it.', '$.securityEnabled', fix));
  if (group.isAssignableToRole === true)
    found.push(
      say(
        'fail',
        'The group is role-assignable: its members cannot be changed with the permissions of Onboard, and it may carry roles.',
        '$.isAssignableToRole',
        fix,
      ),
    );
  return found.length > 0 ? found : [say('ok', 'A cloud-only security group with assigned members.', '$', null)];
}

/** Who else can change the group, what it is part of, and who is in it. */
export function judgeGroupLinks(
  facts: Pick<TenantFacts, 'groupParents' | 'groupOwners' | 'groupMembers'>,
): CheckFinding[] {
  const found: CheckFinding[] = [];
  const read = <T>(what: { readonly value: T } | { readonly unread: string }, judge: (value: T) => void) => {
    if ('value' in what) judge(what.value);
  };
  read(facts.groupParents, (parents) => {
    if (parents.length > 0)
      found.push(
        sayer('group-nested', 'groups/{id}/memberOf')(
          'fail',
          `The group is in ${parents.length} other group(s): whoever is onboarded gets what those give.`,
          '$.value',
          'Take the onboarding group out of every other group.',
        ),
      );
  });
  read(facts.groupOwners, (owners) => {
    if (owners.length > 0)
      found.push(
        sayer('group-owners', 'groups/{id}/owners')(
          'warn',
          `The group has ${owners.length} owner(s), who can exempt anybody from MFA, themselves included.`,
          '$.value',
          'Remove the owners; the watchdog is the one that may stay.',
        ),
      );
  });
  read(facts.groupMembers, (members) => {
    if (members.length > 0)
      found.push(
        sayer('group-members', 'groups/{id}/members')(
          'review',
          `${members.length} in the group now: each has to belong to an open onboarding.`,
          '$.value',
          'onboard list shows who is open; onboard sweep takes out who is not.',
        ),
      );
  });
  return found;
}
