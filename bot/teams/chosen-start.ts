import type { Refusal } from '../onboarding/refusal';
import { epochOf } from './wall-time';

/**
 * The start that was chosen on a card, in the time zone of whoever chose. Day and time belong together: half of it is a
 * mistake, and nothing is guessed. Whether it lies ahead is judged with the request.
 */
export function readChosenStart(
  { startDate, startTime }: { readonly startDate: string; readonly startTime: string },
  zone: string,
): { readonly startAt?: number } | { readonly refusal: Refusal } {
  if (startDate === '' && startTime === '') return {};
  const day = /^(\d{4})-(\d\d)-(\d\d)$/.exec(startDate);
  const time = /^(\d\d):(\d\d)$/.exec(startTime);
  if (!day || !time)
    return { refusal: { code: 'start-unusable', why: startTime === '' && day ? 'no-time' : 'unreadable' } };
  const [year = 0, month = 0, date = 0] = day.slice(1).map(Number);
  const [hour = 0, minute = 0] = time.slice(1).map(Number);
  const startAt = hour > 23 || minute > 59 ? null : epochOf({ year, month, day: date, hour, minute }, zone);
  return startAt === null ? { refusal: { code: 'start-unusable', why: 'no-such-time' } } : { startAt };
}
