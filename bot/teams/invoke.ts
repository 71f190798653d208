import type { Card } from '../../cards/render';

/** The body of an invoke answer; HTTP and the outer status are always 200. */
export interface InvokeBody {
  readonly statusCode: number;
  readonly type: string;
  readonly value: unknown;
}

/** Replaces the card, for the person who clicked and on the device they clicked on. */
export function cardAnswer(card: Card): InvokeBody {
  return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card };
}

/** A line under the card, which stays as it is. */
export function messageAnswer(text: string): InvokeBody {
  return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: text };
}

export function errorAnswer(statusCode: 400 | 500, code: string, message: string): InvokeBody {
  return { statusCode, type: 'application/vnd.microsoft.error', value: { code, message } };
}
