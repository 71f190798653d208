import { phoneToSave, savePasskey, signInWithPass } from '../../playground/story/journey';
import { tally } from '../../playground/story/tally';
import { below, type Figure, figure } from './figures';
import { approveAndShow, ready } from './people';
import { createRig } from './rig';
import { follow, pause, traffic, until } from './watch';

/** Group, pass, removal, pass again, sessions. */
const LEAST_WRITES = 5;

/** One onboarding from its first line to its last, by people and their devices: what it costs in calls and memory. */
export async function story(): Promise<Figure[]> {
  const rig = await createRig({ crowd: 1 });
  try {
    await rig.start();
    await pause(5_000);
    const idle = rig.memory();
    const [jane] = rig.crowd;
    if (!jane) throw new Error('there is nobody to onboard');
    const seen = follow(rig);
    const [priya, mo, person] = ['priya', 'mo', jane.key].map((key) => rig.client.person(key));
    if (!priya || !mo || !person) throw new Error('somebody is missing');
    const from = rig.journal.graph.length;
    await priya.say(`@onboard ${jane.userPrincipalName}`);
    const { ms, pass } = await approveAndShow(rig, mo, jane);
    await mo.clickOn(await ready(mo, 'handed-over'));
    const name = jane.userPrincipalName;
    await signInWithPass(person, 'security-info', name, pass);
    await person.computer.press('next');
    await person.computer.press('next');
    await phoneToSave(person, name, pass);
    await savePasskey(person);
    const registered = Date.now();
    await until('she is out', () => seen.readBackAt(jane.id) !== undefined);
    await person.phone.press('done');
    await person.computer.press('next');
    await person.computer.press('done');
    // Revoked within two seconds of the removal, sessions would be revoked again, because the tenant's times are whole
    // seconds. Nobody reads a card and presses a button that fast.
    await pause(4_000);
    const done = await person.clickOn(await ready(person, 'done'));
    if (done.status !== 200) throw new Error(`"I'm done" was answered ${done.status}: ${done.words}`);
    await person.see(/your passkey works/i, 60_000);
    await pause(1_000);
    const calls = rig.journal.graph.slice(from).filter(({ path }) => /^\/v1\.0\//.test(path));
    const { requests, units } = traffic(calls);
    const writes = calls.filter(({ write }) => write).length;
    const polls = calls.filter(
      ({ path, batch }) => batch && /\/(fido2|microsoftAuthenticator)Methods$/.test(path),
    ).length;
    return [
      figure('story', 'approval click to pass', 'ms', ms),
      figure(
        'story',
        'registration to out, read back',
        's',
        ((seen.readBackAt(jane.id) ?? Number.NaN) - registered) / 1_000,
      ),
      below(figure('story', `writes (the least possible: ${LEAST_WRITES})`, '', writes), LEAST_WRITES + 1),
      figure('story', 'requests to Graph', '', requests),
      figure('story', 'of their parts, looks for a passkey or for Authenticator', '', polls),
      figure('story', 'resource units', '', units),
      ...tally(calls).map((each) =>
        figure(
          'story',
          `  ${each.kind}${each.writes > 0 ? `, ${each.writes} of them changed something` : ''}`,
          '',
          each.calls,
        ),
      ),
      below(figure('story', 'memory before', 'MB', idle), 130),
      figure('story', 'memory after', 'MB', rig.memory()),
    ];
  } finally {
    await rig.stop();
  }
}
