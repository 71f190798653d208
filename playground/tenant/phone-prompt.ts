import { type Next, type Step, step } from './devices-step';
import { during, type Visit } from './security-info-visit';
import { RESOURCES } from './sign-in-resources';

/** One of the several prompts of the phone for face or finger. */
export function confirm(visit: Visit, why: string, approved: () => Next): Step {
  const ios = visit.seat.platform === 'iOS';
  return step({
    page: 'biometric-prompt',
    title: ios ? 'Face ID' : 'Fingerprint',
    where: RESOURCES.authenticator.where,
    text: [why],
    signedInAs: visit.user.userPrincipalName,
    buttons: [
      {
        id: 'approve',
        label: ios ? 'Use Face ID' : 'Touch the sensor',
        primary: true,
        go: during(visit, approved),
      },
      { id: 'cancel', label: 'Cancel', go: () => visit.seat.home() },
    ],
  });
}
