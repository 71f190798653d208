/** Stands for a mentioned person while a line is taken apart. cleanText lets no such character through from outside. */
export const PERSON = '\uE000';

/** As it can be said back: bounded, and without the stand-in for a mention. */
export function shown(text: string): string {
  return [...text.replaceAll(PERSON, '...')].slice(0, 100).join('').trim();
}
