import { CliError, EXIT } from './exit-codes';

/** The number in `ONB-42`, `onb-42` or `42`. */
export function readNumber(text: string): number {
  const digits = /^(?:onb-)?(\d{1,9})$/i.exec(text.trim())?.[1];
  if (!digits) throw new CliError(`"${text.slice(0, 40)}" is not an onboarding: write it like ONB-42.`, EXIT.usage);
  return Number(digits);
}
