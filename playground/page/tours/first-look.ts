import { approve, ask, computerToWait, finish, phoneToPasskey, withPasskey, withPassword } from './parts';
import { columnOf, messageOf, pageOf, panel, windowCard } from './places';
import type { Tour } from './tour';

export const firstLook: Tour = {
  id: 'first-look',
  name: 'First look',
  about: 'One onboarding from the closed door to the passkey, and the proof that the exemption ended.',
  cast: ['priya', 'mo', 'jane'],
  steps: [
    {
      title: 'Three people and a tenant',
      text: 'Priya works at the helpdesk, Mo is Jane’s manager, Jane is new. Beside them is the tenant of their bank as its administrator sees it. Every sign-in there asks for a passkey, and nobody is exempt.',
      act: async (places) => void (await places.tenant('Tenant')),
      look: windowCard,
    },
    {
      title: 'The door is locked from the inside',
      text: 'Jane has a password and a phone. To register a passkey she has to sign in, and to sign in she needs a passkey. This is the Catch-22, and it is what the policy is meant to do.',
      act: async (places) => {
        await withPassword(places, 'jane', 'mail');
        const { computer } = places.person('jane');
        await computer.shows('interrupt');
        await computer.press('next');
        await computer.shows('dead-end');
      },
      look: () => pageOf('jane'),
    },
    {
      title: 'Helpdesk asks, in one line of chat',
      text: 'Priya writes "@onboard jane". There are two Janes, so Onboard asks which one. Priya decides nothing: she cannot approve, and she never sees a pass.',
      act: (places) => ask(places, '@onboard jane', 'jane.doe@'),
      look: () => messageOf('priya', /ONB-\d+/),
    },
    {
      title: 'The manager approves, and only he is shown the pass',
      text: 'Onboard read from the directory that Mo is Jane’s manager, and reads it again at this click. The window opens, and the Temporary Access Pass is in the answer to his click: on this screen only, stored nowhere.',
      act: async (places) => {
        await places.person('jane').teams();
        await approve(places);
      },
      look: () => messageOf('mo', /handed it over/),
    },
    {
      title: 'The window is open, and it runs out',
      text: 'Jane is in the onboarding group now: for an hour, Conditional Access asks less of her. That is a real risk, so the deadline was fixed before the window opened, and no new pass moves it.',
      act: (places) => places.windowSays(/is in the onboarding group/),
      look: windowCard,
    },
    {
      title: 'Handed over, and gone from the screen',
      text: 'Mo reads the pass out to Jane, whose voice he knows, and says so. It leaves his screen. Should it be the wrong person, the button to stop is on the same card.',
      act: (places) => places.person('mo').card('I have handed it over'),
      look: () => messageOf('mo', /Jane Doe/),
    },
    {
      title: 'Jane is led, step by step',
      text: 'In her own chat, Onboard asks what Jane has at hand, and names every page and button that she is going to meet.',
      act: async (places) => {
        await places.person('jane').card(/computer/i);
        await places.person('jane').card('Next');
      },
      look: () => messageOf('jane', /Step|Next|Back/),
    },
    {
      title: 'On the computer: sign in with the pass',
      text: 'Jane opens Security info and types the pass. The policy on registering security information accepts it from members of the onboarding group, and from nobody else.',
      act: (places) => computerToWait(places, 'jane'),
      look: () => pageOf('jane'),
    },
    {
      title: 'On the phone: the passkey is made',
      text: 'Jane adds her account in Authenticator with the same pass and confirms with her face. The key never leaves the phone. The pass is good for several sign-ins within the window, because this takes two.',
      act: (places) => phoneToPasskey(places, 'jane'),
      look: () => pageOf('jane'),
    },
    {
      title: 'Onboard sees the passkey, and ends the exemption',
      text: 'Nobody has to remember anything. The passkey was not there before the window opened, and it is of a kind that the bank accepts: Jane is taken out of the group, and that is read back before it is claimed.',
      act: (places) => places.windowSays(/Nobody is exempt/),
      look: windowCard,
    },
    {
      title: 'The last pages still work',
      text: 'Out of the group does not mean thrown out. Jane finishes on phone and computer, and says that she is done. Then the pass is deleted and her sessions are revoked.',
      act: async (places) => {
        await finish(places, 'jane');
        await places.windowSays(/Pass gone(?!not yet| not yet).*Sessions revoked(?!not yet| not yet)/);
      },
      look: windowCard,
    },
    {
      title: 'Said only what was read back',
      text: 'All three are told what was proven: a passkey, out of the group, the pass gone, sessions revoked. Every decision and every change is in the ledger, chained so that tampering shows.',
      act: async (places) => {
        await places.person('jane').reads(/your passkey works/i);
        await places.tenant('Ledger');
      },
      look: panel,
    },
    {
      title: 'The password alone opens nothing',
      text: 'The same sign-in as at the beginning. The policy refuses the bare password again, as it should.',
      act: async (places) => {
        await withPassword(places, 'jane', 'mail');
        await places.person('jane').computer.shows('sign-in-passkey', 'interrupt', 'dead-end', 'blocked');
      },
      look: () => pageOf('jane'),
    },
    {
      title: 'The passkey opens mail',
      text: 'Jane scans the square with her phone and is in. From here on, nothing can be phished from her. Now play it yourself: take her part, or Mo’s, or try to get a pass that is not yours.',
      act: (places) => withPasskey(places, 'jane', 'mail'),
      look: () => columnOf('jane'),
    },
  ],
};
