import { approve, ask, computerToWait, finish, openAddress, phoneToPasskey, withPasskey } from './parts';
import type { Places } from './places';
import { messageOf, pageOf, panel, windowCard } from './places';
import type { Tour } from './tour';

async function byHand(places: Places, key: string, label: string): Promise<void> {
  await places.tenant('Controls');
  const select = await places.hands.find('the person', () =>
    [...(panel()?.querySelectorAll('.setting select') ?? [])].find((one) =>
      [...(one as HTMLSelectElement).options].some(({ value }) => value === key),
    ),
  );
  await places.hands.choose(select as HTMLSelectElement, key);
  await places.control(label);
}

export const lostPhone: Tour = {
  id: 'lost-phone',
  name: 'The lost phone',
  about:
    'Pat’s passkey went down with the phone. How somebody without one comes back when an administrator clears the account.',
  cast: ['priya', 'mo', 'pat'],
  steps: [
    {
      title: 'Pat has a passkey',
      text: 'Pat signs in every day with the passkey in Authenticator: the computer shows a square, the phone scans it.',
      act: (places) => withPasskey(places, 'pat', 'mail'),
      look: () => pageOf('pat'),
    },
    {
      title: 'The phone is gone',
      text: 'Pat gets a new phone. It has a camera and an Authenticator, and nothing in it: the passkey never left the old one.',
      act: (places) => byHand(places, 'pat', 'Hand out a new, empty phone'),
      look: panel,
    },
    {
      title: 'Nothing answers the square',
      text: 'The tenant still knows the lost passkey and asks for it. The new phone does not have it.',
      act: async (places) => {
        const { computer, phone } = places.person('pat');
        await openAddress(places, 'pat', 'mail');
        await computer.shows('sign-in-passkey', 'sign-in-password');
        if (computer.page() !== 'sign-in-passkey') await computer.press('use-passkey');
        await computer.press('phone');
        await computer.press('scan');
        await phone.press('approve');
        await phone.shows('no-passkey');
      },
      look: () => pageOf('pat'),
    },
    {
      title: 'Onboard does not take a caller’s word',
      text: 'Priya asks for Pat, and is refused: the directory says that Pat has a passkey. Somebody who only claims to have lost a phone gets nothing here. For a lost phone she would type "recover pat" and choose the passkey that goes, and Mo would read on his card which one; here an administrator does it.',
      act: async (places) => {
        await places.person('priya').say('@onboard pat');
        await places.person('priya').reads(/Pat Quill/);
      },
      look: () => messageOf('priya', /Pat Quill/),
    },
    {
      title: 'An administrator removes what was lost',
      text: 'After the bank’s own check of who is calling, an administrator removes Pat’s methods and revokes the sessions. The finder of the phone can do nothing with it any more, and Pat has only a password.',
      act: (places) => byHand(places, 'pat', 'Remove all sign-in methods'),
      look: panel,
    },
    {
      title: 'From here on, Pat is like a new colleague',
      text: 'The same line of chat, the same manager, the same one hour.',
      act: async (places) => {
        await ask(places, '@onboard pat');
        await approve(places);
        await places.person('mo').card('I have handed it over');
      },
      look: windowCard,
    },
    {
      title: 'A passkey on the new phone',
      text: 'Pat signs in with the pass on the computer and in Authenticator, and makes a new passkey. Onboard compares it with what was there before the window opened.',
      act: async (places) => {
        await computerToWait(places, 'pat');
        await phoneToPasskey(places, 'pat');
        await places.windowSays(/Nobody is exempt/);
      },
      look: windowCard,
    },
    {
      title: 'And everything is closed again',
      text: 'Out of the group, the pass deleted, sessions revoked: the same four proofs as for a new colleague.',
      act: async (places) => {
        await finish(places, 'pat');
        await places.windowSays(/Pass gone(?!not yet| not yet).*Sessions revoked(?!not yet| not yet)/);
      },
      look: windowCard,
    },
  ],
};
