import { z } from 'zod/v4';
import {
  type Card,
  type Given,
  inLanguage,
  knownZone,
  languageFor,
  renderDialogAsked,
  renderDialogPeople,
  renderDialogPick,
  t,
} from '../../cards/render';
import type { Clock } from '../clock';
import type { Logger } from '../log';
import type { Onboardings } from '../workflow/onboardings';
import type { Outbox } from '../workflow/store-port';
import { askForChosen } from './choose';
import { type ClickData, readClick } from './click-data';
import type { Caller } from './gate';
import { callerLanguage } from './readers';
import { within } from './within';

/** The command of the message extension, as the manifest names it. */
export const DIALOG_COMMAND = 'onboard';

const FETCH = 'composeExtension/fetchTask';
const SUBMIT = 'composeExtension/submitAction';

/** The body of an answer to a message extension: the dialog goes on with a card, or ends with one sentence. */
export interface DialogBody {
  readonly task:
    | { readonly type: 'message'; readonly value: string }
    | {
        readonly type: 'continue';
        readonly value: {
          readonly title: string;
          readonly width: 'medium';
          readonly height: 'medium';
          readonly card: { readonly contentType: string; readonly content: Card };
        };
      };
}

export interface DialogDeps {
  readonly onboardings: Pick<Onboardings, 'request'>;
  readonly outbox: Pick<Outbox, 'personalConversation' | 'chosenLanguage'>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly wake: () => void;
  readonly hardStop?: number;
}

/** Teams asks again after five seconds, twice. */
const HARD_STOP = 4_000;

// Everything else stays unread: on a message, what it says and who wrote it come along, and neither is ours to keep.
const shape = z.object({
  commandId: z.literal(DIALOG_COMMAND),
  botMessagePreviewAction: z.undefined().optional(),
  data: z.looseObject({ verb: z.literal('choose') }).optional(),
});

export function isDialog(activity: { readonly type?: string; readonly name?: string }): boolean {
  return activity.type === 'invoke' && (activity.name === FETCH || activity.name === SUBMIT);
}

export function dialogMessage(value: string): DialogBody {
  return { task: { type: 'message', value } };
}

/**
 * Answers the dialog that people open from the compose box, the command box or a message: whom, as on the card for a line
 * that names nobody. What it leads to is shown in the asker's own chat. The conversation that it was opened in is neither
 * written to nor kept: Onboard need not be in it, and Teams calls a chat of two people personal as well.
 */
export async function answerDialog(
  deps: DialogDeps,
  { caller, arrivedAt }: { readonly caller: Caller; readonly arrivedAt: number },
  name: string,
  value: unknown,
): Promise<DialogBody> {
  let language = languageFor([caller.conversation.locale]);
  const work = (async () => {
    language = await callerLanguage(deps.outbox, caller, null);
    return inLanguage(language, () => dialog(deps, caller, name, value));
  })();
  const answer = await within(work, arrivedAt + (deps.hardStop ?? HARD_STOP) - deps.clock.now());
  deps.wake();
  if (answer !== undefined) return answer;
  work.catch((error: unknown) => deps.log.error({ event: 'late-click-failed', verb: name, error }));
  deps.log.warn({ event: 'click-late', verb: name });
  return inLanguage(language, () => dialogMessage(t('dialog.late')));
}

async function dialog(deps: DialogDeps, caller: Caller, name: string, value: unknown): Promise<DialogBody> {
  const sent = shape.safeParse(value).data;
  if (!sent) return dialogMessage(t('click.malformed'));
  const home = await deps.outbox.personalConversation(caller.person);
  if (!home) return dialogMessage(t('dialog.noChat'));
  if (name === FETCH) return going(renderDialogPick());

  const click = readClick({ action: { verb: sent.data?.verb, data: sent.data } });
  if (typeof click === 'string') return dialogMessage(t('click.malformed'));
  const zone = knownZone(caller.zone) ?? knownZone(home.zone ?? undefined);
  const chosen = await askForChosen(deps, { ...caller, conversation: home }, zone, click.inputs);
  switch (chosen.kind) {
    case 'asked':
      return going(renderDialogAsked(chosen.onboarding));
    case 'which':
      return going(renderDialogPeople(chosen.people, given(click.inputs)));
    case 'refused':
      return going(renderDialogPick(given(click.inputs), chosen.text));
  }
}

/** What was typed besides whom, so that a refusal does not lose it. */
function given({ ticket, because, startDate, startTime }: ClickData['inputs']): Given {
  return { ticket, because, startDate, startTime };
}

function going(content: Card): DialogBody {
  const card = { contentType: 'application/vnd.microsoft.card.adaptive', content };
  return { task: { type: 'continue', value: { title: t('dialog.title'), width: 'medium', height: 'medium', card } } };
}
