import { z } from 'zod/v4';
import { type Route, routes, type Verb, verbs } from '../../cards/render';
import { LOSSES, type Loss } from '../onboarding/recovery';

/** A click, taken apart. All of it came from a client: it names things, and proves nothing. */
export interface ClickData {
  readonly verb: Verb;
  readonly onboarding: string;
  readonly nonce: string;
  readonly version: number;
  readonly place?: { readonly route: Route; readonly step: number };
  readonly inputs: {
    readonly knowsPerson: boolean;
    readonly spokeToday: boolean;
    readonly why: string;
    readonly comment: string;
    readonly ticket: string;
    readonly because: string;
    /** `2026-12-01`, `09:00`, each empty where it was left out. */
    readonly startDate: string;
    readonly startTime: string;
    readonly person: string | undefined;
    /** Of "I'm stuck": where, and what is seen. Codes; what is not known is another one. */
    readonly at: string | undefined;
    readonly saw: string | undefined;
    /** Of a recovery. */
    readonly loss: Loss | undefined;
    readonly old: readonly string[];
    readonly noneWorks: boolean;
    /** A tag; which of them there are is decided where it is used. */
    readonly language: string | undefined;
  };
}

const ticked = z
  .union([z.boolean(), z.string().max(8)])
  .optional()
  .catch(undefined)
  .transform((value) => value === true || value === 'true');

const code = z
  .string()
  .regex(/^[a-z][a-z-]{0,39}$/)
  .optional()
  .catch(undefined);

const shape = z.object({
  // The SDK and older clients leave `trigger` out of a click; only a refresh names itself.
  trigger: z.string().max(20).optional(),
  action: z.object({
    verb: z.string().max(64),
    data: z.object({
      onboarding: z.string().max(64),
      nonce: z.string().max(128),
      version: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
      route: z.enum(routes).optional().catch(undefined),
      step: z.number().int().min(0).max(99).optional().catch(undefined),
      knowsPerson: ticked,
      spokeToday: ticked,
      why: z.string().max(4_000).optional().catch(undefined),
      comment: z.string().max(4_000).optional().catch(undefined),
      ticket: z.string().max(200).optional().catch(undefined),
      because: z.string().max(4_000).optional().catch(undefined),
      startDate: z.string().max(20).optional().catch(undefined),
      startTime: z.string().max(20).optional().catch(undefined),
      language: z.string().max(35).optional().catch(undefined),
      person: z.guid().optional().catch(undefined),
      at: code,
      saw: code,
      loss: z.enum(LOSSES).optional().catch(undefined),
      old: z.string().max(8_000).optional().catch(undefined),
      noneWorks: ticked,
    }),
  }),
});

/** Takes an `adaptiveCard/action` value apart. */
export function readClick(value: unknown): ClickData | 'malformed' | 'unknown-verb' | 'refresh' {
  const parsed = shape.safeParse(value);
  if (!parsed.success) return 'malformed';
  const { trigger, action } = parsed.data;
  const verb = verbs.find((known) => known === action.verb);
  // No card of ours asks to be refreshed: whoever does has made that up, or looks at a very old one.
  if (trigger === 'automatic') return 'refresh';
  if (verb === undefined) return 'unknown-verb';
  const { onboarding, nonce, version, route, step, knowsPerson, spokeToday, person, language, ...typed } = action.data;
  return {
    verb,
    onboarding,
    nonce,
    version,
    ...(route === undefined ? {} : { place: { route, step: step ?? 0 } }),
    inputs: {
      knowsPerson,
      spokeToday,
      why: typed.why ?? '',
      comment: typed.comment ?? '',
      ticket: typed.ticket ?? '',
      because: typed.because ?? '',
      startDate: typed.startDate ?? '',
      startTime: typed.startTime ?? '',
      person: person?.toLowerCase(),
      at: typed.at,
      saw: typed.saw,
      loss: typed.loss,
      // How a client sends what was ticked in a list of several.
      old: (typed.old ?? '').split(',').filter((id) => id !== ''),
      noneWorks: typed.noneWorks,
      language,
    },
  };
}
