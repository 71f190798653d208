import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../icons';
import type { Player, PlayerState } from './player';

/** The words of the step, and what can be done with the tour. */
export function TourBar({ state, player }: { readonly state: PlayerState; readonly player: Player }) {
  const { tour, shown, begun, playing, acting, over, problem } = state;
  const step = tour.steps[shown];
  const toggle = useRef<HTMLButtonElement>(null);
  useEffect(() => toggle.current?.focus(), [tour]);
  const atEnd = over && shown === tour.steps.length - 1;

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape') player.stop();
    else if (event.key === 'ArrowRight' && !atEnd) player.next();
    else if (event.key === 'ArrowLeft') player.back();
    else return;
    event.preventDefault();
  }

  return (
    <section class="tour" aria-label={`Tour: ${tour.name}`} onKeyDown={onKeyDown}>
      <div class="tour-words" aria-live="polite" aria-atomic="true">
        <p class="tour-where">
          {tour.name}
          {shown >= 0 && ` · step ${shown + 1} of ${tour.steps.length}`}
          {shown >= 0 && shown < begun && ' · already done'}
        </p>
        <h2>{step ? step.title : 'From the beginning'}</h2>
        <p>{step ? step.text : 'A clean tenant, an empty Teams, and Onboard started anew.'}</p>
        {problem && <p class="problem">{problem} Press Next to try again, or stop and go on by yourself.</p>}
      </div>
      <progress max={tour.steps.length} value={Math.max(0, begun + (acting ? 0 : 1))} aria-label="Steps done" />
      <div class="tour-buttons">
        <button type="button" disabled={shown <= 0} onClick={player.back}>
          <Icon name="back" />
          Back
        </button>
        <button
          type="button"
          ref={toggle}
          class="primary"
          disabled={over}
          onClick={playing ? player.pause : player.play}
        >
          {over ? 'Played' : playing ? 'Pause' : 'Play'}
        </button>
        <button type="button" disabled={atEnd || (playing && acting && shown === begun)} onClick={player.next}>
          Next
        </button>
        <button type="button" onClick={player.stop} title="The playground stays as it is: go on by yourself">
          {over ? 'Close' : 'Stop'}
        </button>
      </div>
    </section>
  );
}
