import { readStoreConfig } from '../../config';
import { hasOpenWindow, type Onboarding, reference } from '../../onboarding/onboarding';
import type { Output } from '../output';
import { table } from '../table';
import { useStore } from '../use-store';
import { when } from '../when';

/** The newest onboardings, open windows marked; or as JSON Lines. */
export async function list(
  env: NodeJS.ProcessEnv,
  output: Output,
  options: { readonly limit: number; readonly json: boolean },
): Promise<void> {
  await useStore(readStoreConfig(env), async ({ store }) => {
    const onboardings = await store.list(options.limit);
    if (options.json) {
      for (const onboarding of onboardings) output.result(JSON.stringify(summaryOf(onboarding)));
      return;
    }
    if (await store.paused()) output.remark('Paused: no new windows until `onboard resume`. Exits go on.');
    output.result(
      onboardings.length === 0
        ? 'No onboardings yet.'
        : table(
            ['ONBOARDING', 'STATE', 'SUBJECT', 'REQUESTED', 'IN THE GROUP', 'DEADLINE'],
            onboardings.map((onboarding) => [
              reference(onboarding),
              stateOf(onboarding),
              onboarding.subject.userPrincipalName,
              when(onboarding.requestedAt),
              membershipOf(onboarding),
              when(onboarding.deadline),
            ]),
          ),
    );
  });
}

/** What scripts get of an onboarding: nothing that lets its holder press a button. */
export function summaryOf(onboarding: Onboarding): Omit<Onboarding, 'nonce'> {
  const { nonce: _, ...rest } = onboarding;
  return rest;
}

function stateOf({ state, outcome, exit }: Onboarding): string {
  return state === 'closed'
    ? `closed: ${outcome ?? ''}`
    : state === 'closing'
      ? `closing: ${exit?.outcome ?? ''}`
      : state;
}

function membershipOf(onboarding: Onboarding): string {
  if (hasOpenWindow(onboarding)) return onboarding.memberAt === undefined ? 'perhaps' : 'yes';
  return onboarding.exit?.leftAt === undefined ? 'never was' : 'left';
}
