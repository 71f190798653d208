import { createPlay, type Place, type Play, Stuck, type World } from './stage';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** One story of the product. Tells how it ended: an outcome, or `refused` where nothing was begun. */
export interface Story {
  readonly name: string;
  readonly world: World;
  /** How it ends where the tenant lets it. */
  readonly ends: string;
  readonly play: (
    place: Place,
    begun: (play: Play) => void,
  ) => Promise<{ readonly ended: string; readonly subject: string }>;
}

type Way = (play: Play) => Promise<string>;

const about =
  (who: string | null, way: Way, approver?: string): Story['play'] =>
  async (place, begun) => {
    const key = who ?? place.newcomer();
    const play = createPlay(place, key, approver);
    begun(play);
    return { ended: await way(play), subject: play.id };
  };

/** A window that is open, with the pass on the screen; or how else it ended. */
async function opened(play: Play, first: 'approve' | 'approve-and-show' = 'approve-and-show'): Promise<string | null> {
  if (!(await play.request())) return 'refused';
  if (await play.showPass(first)) return null;
  await play.stop();
  return play.over();
}

const whole =
  (first: 'approve' | 'approve-and-show'): Way =>
  async (play) => {
    const otherwise = await opened(play, first);
    if (otherwise) return otherwise;
    await play.press(play.approver, 'handed-over');
    if (!(await play.register())) {
      await play.stop();
      return play.over();
    }
    await play.press(play.subject, 'done');
    return play.over();
  };

const lapses: Way = async (play) => {
  const otherwise = await opened(play);
  if (otherwise) return otherwise;
  await play.client.advance(HOUR);
  return play.over();
};

const wrongKind: Way = async (play) => {
  const otherwise = await opened(play);
  if (otherwise) return otherwise;
  const registered = await play.register();
  await play.client.advance(5 * MINUTE);
  const early = await play.ended();
  if (registered && early !== undefined) return `too early: ${early}`;
  await play.client.advance(55 * MINUTE);
  return play.over();
};

const stops: Way = async (play) => {
  const otherwise = await opened(play);
  if (otherwise) return otherwise;
  await play.stop();
  return play.over();
};

const declines: Way = async (play) => {
  if (!(await play.request())) return 'refused';
  await play.until('it is declined', async () => {
    if (await play.ended()) return true;
    await play.press(play.approver, 'decline', { why: 'I do not know her' });
    return (await play.ended()) !== undefined;
  });
  return play.over();
};

const cancels: Way = async (play) => {
  if (!(await play.request())) return 'refused';
  await play.stop();
  return play.over();
};

const expires: Way = async (play) => {
  if (!(await play.request())) return 'refused';
  for (let hours = 0; hours < 25 && !(await play.ended()); hours++) await play.client.advance(HOUR);
  return play.over();
};

const unused: Way = async (play) => {
  if (!(await play.request())) return 'refused';
  await play.until('it is approved', async () => {
    if ((await play.about(play.approver, 'show-pass')) || (await play.ended())) return true;
    await play.press(play.approver, 'approve');
    return false;
  });
  await play.client.advance(8 * HOUR);
  return play.over();
};

/** An administrator: two must approve, only the first is shown the pass. */
const admin: Way = async (play) => {
  if (!(await play.request())) return 'refused';
  const second = play.client.person('kim');
  await play.until('both have approved', async () => {
    if (await play.ended()) return true;
    if (await play.about(play.approver, 'approve')) await play.press(play.approver, 'approve');
    if (await play.about(second, 'second-approve')) await play.press(second, 'second-approve');
    return (
      (await play.about(play.approver, 'show-pass')) !== undefined &&
      (await play.about(second, 'second-approve')) === undefined &&
      (await play.about(play.approver, 'approve')) === undefined
    );
  });
  if (!(await play.showPass('approve'))) {
    await play.stop();
    return play.over();
  }
  if (!(await play.register())) {
    await play.stop();
    return play.over();
  }
  return play.over();
};

/** Nobody may be onboarded who must not be, however the tenant answers. */
const refused: Way = async (play) => {
  if (await play.request()) throw new Stuck('somebody was asked to approve who must not be asked about this person');
  return 'refused';
};

export const STORIES: readonly Story[] = [
  { name: 'whole', world: 'everyone', ends: 'completed', play: about(null, whole('approve-and-show')) },
  { name: 'in two steps', world: 'everyone', ends: 'completed', play: about(null, whole('approve')) },
  { name: 'nobody registers', world: 'everyone', ends: 'lapsed', play: about(null, lapses) },
  { name: 'stopped', world: 'everyone', ends: 'stopped', play: about(null, stops) },
  { name: 'declined', world: 'everyone', ends: 'declined', play: about(null, declines) },
  { name: 'cancelled', world: 'everyone', ends: 'cancelled', play: about(null, cancels) },
  { name: 'nobody decides', world: 'everyone', ends: 'expired', play: about(null, expires) },
  { name: 'approved, not used', world: 'everyone', ends: 'expired', play: about(null, unused) },
  { name: 'no manager', world: 'everyone', ends: 'completed', play: about('nora', whole('approve-and-show'), 'lee') },
  { name: 'an administrator, off', world: 'everyone', ends: 'refused', play: about('gloria', refused) },
  { name: 'a guest', world: 'everyone', ends: 'refused', play: about('gus', refused) },
  { name: 'has a passkey', world: 'everyone', ends: 'refused', play: about('pat', refused) },
  { name: 'wrong kind of passkey', world: 'picky', ends: 'lapsed', play: about(null, wrongKind) },
  { name: 'an administrator, two approve', world: 'admins', ends: 'completed', play: about('ada', admin) },
  { name: 'pim, whole', world: 'pim', ends: 'completed', play: about(null, whole('approve-and-show')) },
  { name: 'pim, nobody registers', world: 'pim', ends: 'lapsed', play: about(null, lapses) },
];
