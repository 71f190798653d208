import { useRef } from 'preact/hooks';
import { Icon } from '../icons';
import type { Tour } from './tour';
import { TOURS } from './tours';

/** The button that opens the list of tours. */
export function TourMenu(props: { readonly usable: boolean; readonly onStart: (tour: Tour) => void }) {
  const { usable, onStart } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <>
      <button type="button" class="tours-button" onClick={() => dialog.current?.showModal()}>
        Tours
      </button>
      <dialog ref={dialog} class="tour-menu" aria-labelledby="tours-title">
        <header>
          <h2 id="tours-title">Tours</h2>
          <button type="button" class="icon-button" aria-label="Close" onClick={() => dialog.current?.close()}>
            <Icon name="cross" />
          </button>
        </header>
        <p class="quiet">
          {usable
            ? 'Each plays by itself on this page, can be paused, and starts from a clean tenant: what was played here before is gone.'
            : 'Tours are played in the tenant "everyone": start it with npm start.'}
        </p>
        <ol>
          {TOURS.map((tour) => (
            <li key={tour.id}>
              <button
                type="button"
                disabled={!usable}
                onClick={() => {
                  dialog.current?.close();
                  onStart(tour);
                }}
              >
                <b>{tour.name}</b>
                <span>{tour.about}</span>
              </button>
            </li>
          ))}
        </ol>
        <p class="quiet">
          <a href="/gallery">All cards in all states</a>
        </p>
      </dialog>
    </>
  );
}
