import { secretsOf, withPassword } from './parts';
import { pageOf, panel, windowCard } from './places';
import type { Tour } from './tour';

export const withoutOnboard: Tour = {
  id: 'without-onboard',
  name: 'What goes wrong without Onboard',
  about: 'The Catch-22 on computer and phone, and the group member whom everybody forgot.',
  cast: ['priya', 'mallory', 'jane'],
  steps: [
    {
      title: 'A bank without Onboard',
      text: 'Onboard is switched off for this tour. The tenant accepts nothing but phishing-resistant sign-in, and Jane starts today.',
      act: (places) => places.head('Kill'),
      look: () => document.querySelector('header.top .product'),
    },
    {
      title: 'At her computer: a dead end',
      text: 'Jane’s password is right. She is told that more information is needed, and the next page refuses her: registering a passkey needs a sign-in with a passkey.',
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
      title: 'On her phone: a loop',
      text: 'Authenticator does not know it either. It takes name and password, asks for more information, and begins again.',
      act: async (places) => {
        const { phone } = places.person('jane');
        await phone.open('authenticator');
        await phone.press('add-account');
        await phone.fill('name');
        await phone.press('next');
        await phone.fill('password');
        await phone.press('next');
        await phone.shows('interrupt');
        await phone.press('next');
      },
      look: () => pageOf('jane'),
    },
    {
      title: 'An administrator helps, by hand',
      text: 'The known way out is a group that the policies leave out. Somebody with the right role puts Jane into it and promises to take her out on Friday.',
      act: async (places) => {
        await places.tenant('Controls');
        const select = await places.hands.find('the person', () =>
          [...(panel()?.querySelectorAll('.setting select') ?? [])].find((one) =>
            [...(one as HTMLSelectElement).options].some(({ value }) => value === 'jane'),
          ),
        );
        await places.hands.choose(select as HTMLSelectElement, 'jane');
        await places.control('Put into the onboarding group');
        await places.windowSays(/is in the onboarding group/);
      },
      look: windowCard,
    },
    {
      title: 'Friday comes and goes',
      text: 'Three days later. The ticket is closed and the administrator is on holiday. No deadline was set, and nothing looks at the group: Jane is still exempt from every policy that asks for more than a password.',
      act: async (places) => {
        await places.tenant('Controls');
        for (let day = 0; day < 3; day++) await places.control('+ 1 day');
        await places.tenant('Tenant');
      },
      look: windowCard,
    },
    {
      title: 'A password is enough again',
      text: 'Mallory found Jane’s password in a leak. She types it on her own computer, and reads Jane’s mail. This is the hole that the bank bought passkeys to close.',
      act: async (places) => {
        const { name, password } = await secretsOf('jane');
        const { computer } = places.person('mallory');
        await computer.open('mail');
        await computer.type('name', name);
        await computer.press('next');
        await computer.shows('sign-in-password');
        await computer.type('password', password);
        await computer.press('next');
        await computer.shows('mail');
      },
      look: () => pageOf('mallory'),
    },
    {
      title: 'The log says why',
      text: 'The sign-in was allowed, because every policy that asks for more leaves the onboarding group out. Nobody broke in: the door had been left open.',
      act: async (places) => void (await places.tenant('Sign-ins')),
      look: panel,
    },
    {
      title: 'What Onboard does about it',
      text: 'It puts nobody into the group without a deadline that was committed first, takes people out on proof or on time, and looks at the group again and again. Members whom it does not know, such as Jane now, are reported; it can be told to take them out as well.',
      act: async (places) => {
        await places.head('Start');
        await places.hands.until('Onboard to run', () => document.querySelector('.product.running') !== null);
      },
      look: () => document.querySelector('header.top .product'),
    },
  ],
};
