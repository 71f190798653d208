import type { Card } from './card';
import { panel } from './panel';
import { t } from './strings/strings';

/** For whoever asks for a view of a card that is not theirs: it names nobody, and nothing can be pressed on it. */
export function renderNeutral(): Card {
  return panel({ title: t('neutral.title'), lines: [t('neutral.text')] });
}
