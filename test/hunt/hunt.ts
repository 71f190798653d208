import { forms, haystack } from './forms';

/** Somewhere a pass must not be: a file, a log, a message, a screen. */
export interface Place {
  readonly name: string;
  readonly content: Buffer | string;
}

export interface Find {
  readonly place: string;
  readonly form: string;
  /** Which code, by position: a report of a find must not be one itself. */
  readonly code: number;
}

/** Every (place, form, code) that is found. */
export function hunt(places: readonly Place[], codes: readonly string[]): Find[] {
  return places.flatMap((place) => {
    const hay = haystack(place.content);
    return codes.flatMap((code, index) =>
      forms
        .filter((form) => form.found(hay, code))
        .map((form) => ({ place: place.name, form: form.name, code: index })),
    );
  });
}

/**
 * The forms that the hunt would miss in this place, shown by planting each in the middle of a copy of what is there.
 * A search that finds nothing proves nothing until this answers with an empty list.
 */
export function missedWhenPlanted(place: Place, code: string): string[] {
  const bytes = Buffer.isBuffer(place.content) ? place.content : Buffer.from(place.content, 'utf8');
  // An even offset, as every UTF-16 text has from its own start; the search itself needs no alignment.
  const middle = (bytes.length >> 2) * 2;
  return forms
    .filter((form) => {
      const planted = Buffer.concat([
        bytes.subarray(0, middle),
        Buffer.from(' '),
        form.example(code),
        Buffer.from(' '),
        bytes.subarray(middle),
      ]);
      return !form.found(haystack(planted), code);
    })
    .map((form) => form.name);
}
