import type { Stopped } from '../contract';

/**
 * Entra's published sign-in error codes, as far as the playground answers with them. 0 where the code of a refusal is
 * not published; a Temporary Access Pass's refusals are documented by their text only.
 */
export const CODES = {
  wrongPassword: 50126,
  unknownUser: 50034,
  disabled: 50057,
  blocked: 53003,
  deviceNotCompliant: 53000,
  deviceNotJoined: 53001,
  appNotApproved: 53002,
  appNotProtected: 53009,
  strongAuthenticationRequired: 50074,
  mustRegister: 50072,
  freshTokenNeeded: 50173,
  unpublished: 0,
} as const;

export function stopped(
  symptom: Stopped['symptom'],
  errorCode: number,
  message: string,
  policy?: Stopped['policy'] | null,
): Stopped {
  return { symptom, errorCode, message, ...(policy ? { policy } : {}) };
}
