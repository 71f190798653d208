import { openAddress } from './devices-browser';
import { type Fields, type Next, type Step, step } from './devices-step';
import { placeOf, type Seat } from './devices-world';

const ADDRESSES = ['mail', 'teams', 'security-info', 'portal'];

/** The desktop of a computer: an address to open, in a private window. */
export function computerHome(seat: Seat): Step {
  return step({
    page: 'home',
    title: 'Computer',
    where: '',
    text: ['A private browser window. Nobody is signed in.'],
    fields: [{ id: 'url', label: 'Address', kind: 'choice', options: ADDRESSES }],
    buttons: [
      {
        id: 'open',
        label: 'Open',
        primary: true,
        go: (fields) => open(seat, fields),
      },
    ],
  });
}

/** What can be done on every page: type another address, close the window. Null for any other press. */
export function computerAnywhere(seat: Seat, press: string, fields: Fields): Next | null {
  if (press === 'open') return open(seat, fields);
  return press === 'close' ? computerHome(seat) : null;
}

function open(seat: Seat, fields: Fields): Next {
  seat.place = placeOf(fields);
  return openAddress(seat, fields.url, fields.keepSession === true) ?? computerHome(seat);
}
