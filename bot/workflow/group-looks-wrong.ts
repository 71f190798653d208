import type { Context } from './context';
import { TenantError } from './tenant';

/** More strangers than this are not a mistake of somebody's but a sign that this is another group. */
const MOST_UNKNOWN = 20;

/**
 * Why nobody should be cleared out of this group by a machine, as a stable code; `null` when nothing speaks against it.
 * A mistyped ONBOARDING_GROUP_ID must not empty somebody else's group.
 */
export async function groupLooksWrong(
  { tenant }: Pick<Context, 'tenant'>,
  unknown: number,
): Promise<'too-many-unknown' | 'unreadable' | 'dynamic' | 'synchronized' | 'role-assignable' | 'nested' | null> {
  if (unknown > MOST_UNKNOWN) return 'too-many-unknown';
  try {
    const shape = await tenant.groupShape();
    if (shape.dynamic) return 'dynamic';
    if (shape.synchronized) return 'synchronized';
    if (shape.roleAssignable) return 'role-assignable';
    return shape.nested ? 'nested' : null;
  } catch (error) {
    if (error instanceof TenantError) return 'unreadable';
    throw error;
  }
}
