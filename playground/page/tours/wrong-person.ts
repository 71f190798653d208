import { approve, ask, secretsOf } from './parts';
import { messageOf, pageOf, panel, windowCard } from './places';
import type { Tour } from './tour';

export const wrongPerson: Tour = {
  id: 'wrong-person',
  name: 'The wrong person gets the pass',
  about: 'Somebody who sounds like Jane has the pass read out. The manager notices, and presses stop.',
  cast: ['priya', 'mo', 'mallory'],
  steps: [
    {
      title: 'Everything is in order, so far',
      text: 'Priya asked for Jane, and Mo approved and was shown the pass. Mallory works in another branch, and she is on the telephone.',
      act: async (places) => {
        await ask(places, '@onboard jane', 'jane.doe@');
        await approve(places);
      },
      look: () => messageOf('mo', /handed it over/),
    },
    {
      title: '"Hello, this is Jane"',
      text: 'Mo reads the pass out to the wrong voice, and says that he has handed it over. No program can hear who is on the telephone: this is the risk that stays with people.',
      act: (places) => places.person('mo').card('I have handed it over'),
      look: () => messageOf('mo', /Jane Doe/),
    },
    {
      title: 'Mallory signs in as Jane',
      text: 'On her own computer, with Jane’s name and the pass. She is on the page where a passkey is added, and needs only her phone.',
      act: async (places) => {
        const { name, pass } = await secretsOf('jane');
        const { computer } = places.person('mallory');
        await computer.open('security-info');
        await computer.type('name', name);
        await computer.press('next');
        await computer.shows('sign-in-pass', 'sign-in-password');
        if (computer.page() !== 'sign-in-pass') await computer.press('use-pass');
        await computer.type('pass', pass);
        await computer.press('next');
        await computer.shows('interrupt');
      },
      look: () => pageOf('mallory'),
    },
    {
      title: 'Mo meets Jane in the corridor',
      text: 'She is still waiting for his call. Mo presses stop on the card that he has anyway. He needs nobody’s permission, and no administrator.',
      act: async (places) => {
        await places.person('mo').card(/stop/i);
        await places.windowSays(/Nobody is exempt/);
      },
      look: windowCard,
    },
    {
      title: 'The pass first, then the group, then the sessions',
      text: 'A stop does not wait for anything: the pass is deleted, Jane’s account leaves the group, its sessions are revoked. Each is done and read back by itself, so that none waits for another.',
      act: (places) => places.windowSays(/Pass gone(?!not yet| not yet).*Sessions revoked(?!not yet| not yet)/),
      look: windowCard,
    },
    {
      title: 'Mallory’s next click ends it',
      text: 'Her session died with the pass. She is asked to sign in again, and the pass that she wrote down is worth nothing.',
      act: async (places) => {
        const { computer } = places.person('mallory');
        await computer.press('next');
        await computer.shows('session-expired', 'sign-in-name', 'dead-end', 'blocked');
      },
      look: () => pageOf('mallory'),
    },
    {
      title: 'And everybody knows',
      text: 'Priya and Jane are told that it was stopped. Who stopped it, and when, is in the ledger. Had a method been added in the window, it would be listed here with what to do about it.',
      act: async (places) => {
        await places.person('priya').reads(/stopped/i);
        await places.tenant('Ledger');
      },
      look: panel,
    },
  ],
};
