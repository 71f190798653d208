import { approve, ask } from './parts';
import { messageOf, panel, windowCard } from './places';
import type { Tour } from './tour';

const HEAD = () => document.querySelector('header.top .product');

export const kill: Tour = {
  id: 'kill',
  name: 'Kill the product, and watch the tenant',
  about: 'What becomes of an open window when Onboard dies in the middle: at its restart, and without one.',
  cast: ['priya', 'mo', 'jane'],
  steps: [
    {
      title: 'A window is open',
      text: 'Priya asked, Mo approved and holds a pass, Jane is in the onboarding group. What happens if Onboard dies at this moment?',
      act: async (places) => {
        await ask(places, '@onboard jane', 'jane.doe@');
        await approve(places);
        await places.windowSays(/is in the onboarding group/);
      },
      look: windowCard,
    },
    {
      title: 'kill -9',
      text: 'No time to say goodbye, as with a power cut. The tenant and Teams go on: they are other people’s machines.',
      act: (places) => places.head('Kill'),
      look: HEAD,
    },
    {
      title: 'The deadline passes, and nobody is there',
      text: 'More than an hour later. The pass has run out by itself, but Jane is still in the group: ending that takes somebody. This is why a process alone is not enough.',
      act: async (places) => {
        await places.tenant('Controls');
        await places.control('+ 1 h');
        await places.control('+ 10 min');
        await places.tenant('Tenant');
      },
      look: windowCard,
    },
    {
      title: 'Started again: first of all, she is out',
      text: 'Onboard says that it is ready only after it has compared the group with its windows. Jane’s is past its deadline: she is taken out before anything else may begin.',
      act: async (places) => {
        await places.head('Start');
        await places.windowSays(/Nobody is exempt/);
      },
      look: windowCard,
    },
    {
      title: 'Nothing is claimed that is not so',
      text: 'The onboarding lapsed: no passkey, out of the group, the pass gone, sessions revoked. All three are told so, and may try again.',
      act: async (places) => {
        await places.windowSays(/Sessions revoked(?!not yet| not yet)/);
        await places.person('priya').reads(/lapsed|ran out|time was up|without a passkey|ended/i);
      },
      look: () => messageOf('priya', /ONB-/),
    },
    {
      title: 'Once more, and this time nobody starts it',
      text: 'Jane gets a second window, and Onboard is killed again. The night shift does not notice.',
      act: async (places) => {
        await ask(places, '@onboard jane', 'jane.doe@');
        await approve(places);
        await places.windowSays(/is in the onboarding group/);
        await places.head('Kill');
      },
      look: HEAD,
    },
    {
      title: 'The watchdog counts',
      text: 'On another host, with an identity of its own, a small command asks every half minute whether Onboard lives. It does not act on one missed answer: it wants ten minutes of silence, seen several times.',
      act: async (places) => {
        await places.tenant('Controls');
        for (let round = 0; round < 2; round++) {
          await places.control(/^Let it make a round/);
          await places.control('+ 5 min');
        }
      },
      look: panel,
    },
    {
      title: 'Ten minutes of silence: it empties the group',
      text: 'Jane is out, long before the deadline and with Onboard dead. It opens nothing, needs no database, and cannot register anything. Where even that is not enough, Entra’s own timer can end the membership (PIM for Groups).',
      act: async (places) => {
        await places.tenant('Controls');
        await places.control(/^Let it make a round/);
        await places.windowSays(/Nobody is exempt/);
      },
      look: windowCard,
    },
    {
      title: 'Back again, and it agrees with the tenant',
      text: 'Onboard finds that Jane is gone already. It trusts what it reads, not what it remembers.',
      act: async (places) => {
        await places.head('Start');
        await places.hands.until('Onboard to run', () => document.querySelector('.product.running') !== null);
      },
      look: HEAD,
    },
  ],
};
