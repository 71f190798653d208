import type { PersonId } from '../onboarding/person';
import type { Context } from './context';
import { TenantError } from './tenant';

/** More strangers than this are not a mistake of somebody's but a sign that this is another group. */
const MOST_UNKNOWN = 20;

type Wrong =
  | 'too-many-unknown'
  | 'unreadable'
  | 'dynamic'
  | 'synchronized'
  | 'role-assignable'
  | 'nested'
  | 'not-people';

/**
 * Why nobody should be cleared out of this group by a machine, as a stable code; `null` when nothing speaks against it.
 * A mistyped ONBOARDING_GROUP_ID must not empty somebody else's group. `next` are those who would go now: the onboarding
 * group holds people and nothing else.
 */
export async function groupLooksWrong(
  { tenant }: Pick<Context, 'tenant'>,
  unknown: number,
  next: readonly PersonId[],
): Promise<Wrong | null> {
  if (unknown > MOST_UNKNOWN) return 'too-many-unknown';
  try {
    const [shape, people] = await Promise.all([
      tenant.groupShape(),
      Promise.all(next.map((member) => tenant.person(member))),
    ]);
    if (shape.dynamic) return 'dynamic';
    if (shape.synchronized) return 'synchronized';
    if (shape.roleAssignable) return 'role-assignable';
    if (shape.nested) return 'nested';
    return people.includes(null) ? 'not-people' : null;
  } catch (error) {
    if (error instanceof TenantError) return 'unreadable';
    throw error;
  }
}
