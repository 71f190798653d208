import { firstLook } from './first-look';
import { kill } from './kill';
import { lostPhone } from './lost-phone';
import type { Tour } from './tour';
import { withoutOnboard } from './without-onboard';
import { wrongPerson } from './wrong-person';

/** In the order in which they are offered. */
export const TOURS: readonly Tour[] = [firstLook, withoutOnboard, lostPhone, kill, wrongPerson];
