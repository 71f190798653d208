import { askForJane, computerToWait, lastPages, phoneToPasskey, showPass } from './parts';
import { onStage } from './stage';

jest.setTimeout(150_000);

/** Whose column has the focus, and what it is on. */
const FOCUSED = `(() => {
  const now = document.activeElement;
  const name = (now?.getAttribute('aria-label') ?? now?.textContent ?? '').trim();
  return (now?.closest('[data-person]')?.dataset.person ?? '') + ' ' + (now?.type === 'checkbox' ? 'box' : name);
})()`;

test('with a security key, through the virtual authenticator of Chromium', () =>
  onStage('security key', 'everyone', async ({ window: { page, context }, as, changed, spawned }) => {
    const cdp = await context.newCDPSession(page);
    await cdp.send('WebAuthn.enable', { enableUI: false });
    await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'usb',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    const [priya, mo, jane] = [as('priya'), as('mo'), as('jane')];
    await askForJane(priya);
    await mo.card('Approve and show pass');
    await showPass(mo);
    await mo.card('I have handed it over');
    await jane.card('Security key');
    await jane.computerWithPass();
    await jane.computer.press('I want to set up a different method');
    await jane.computer.press('Security key or passkey');
    await jane.column.getByLabel('Name your security key').fill('Blue key');
    await jane.computer.press('Next');
    await changed('member-removed');
    await jane.computer.press('Done');
    await jane.card("I'm done");
    await changed('sessions-revoked');

    await jane.openAddress('Mail');
    await jane.computer.press('Security key');
    await jane.computer.press('Continue');
    await jane.computer.shows(/mail|inbox/i);
    const added = (await spawned.client.records()).tenant.find((one) => one.kind === 'method-added');
    // Attestation is asked for only where it is enforced; without it a browser hides which model the key is.
    expect(added).toMatchObject({
      methodKind: 'fido2',
      passkeyType: 'deviceBound',
      aaGuid: expect.stringMatching(/^0{8}-/),
    });
  }));

test('in the tenant of administrators: two approvers, and only one sees the pass', () =>
  onStage('admins', 'admins', async ({ window: { page }, as, changed }) => {
    const [priya, mo, ada] = [as('priya'), as('mo'), as('ada')];
    await priya.say('@onboard ada');
    await mo.card(/^Approve/);
    // The second approver takes the seat of helpdesk.
    await priya.column.getByRole('combobox', { name: 'Who is shown here' }).selectOption('kim');
    await as('kim').card('Approve as second person');
    await showPass(mo);
    await expect(as('kim').column.getByText('Only on this screen').count()).resolves.toBe(0);
    await mo.card('I have handed it over');
    await ada.card(/computer/i);
    await computerToWait(ada);
    await phoneToPasskey(ada);
    await changed('member-removed');
    await lastPages(ada);
    await changed('sessions-revoked');
    await ada.reads(/your passkey works/i);
    await page.getByRole('complementary', { name: 'Tenant' }).getByText('Nobody is exempt').waitFor();
  }));

test('nobody is named: the person is chosen from the list of the directory', () =>
  onStage('picker', 'everyone', async ({ as }) => {
    const priya = as('priya');
    await priya.say('@onboard');
    const form = priya.column.locator('.card').filter({ hasText: 'Who shall get a passkey?' });
    await form.getByPlaceholder('Type a name').pressSequentially('jane');
    await form.getByText(/jane\.doe@/).click();
    await priya.card('Onboard this person');
    await as('mo').reads(/Is this request for Jane Doe right/);
  }));

test('approving with the keyboard alone', () =>
  onStage('keyboard', 'everyone', async ({ window: { page }, as }) => {
    const focused = () => page.evaluate<string>(FOCUSED);
    const tabTo = async (wanted: RegExp) => {
      for (let presses = 0; presses < 90; presses++) {
        if (wanted.test(await focused())) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`The keyboard does not get to ${wanted}.`);
    };
    await tabTo(/^priya Message Onboard/);
    await page.keyboard.type('@onboard jane');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await as('priya').column.getByRole('button', { name: 'Onboard this person' }).waitFor();
    await page.keyboard.press('Shift+Tab');
    await as('priya')
      .column.getByRole('radio', { name: /jane\.doe@/ })
      .focus();
    await page.keyboard.press('Space');
    await tabTo(/^priya Onboard this person$/);
    await page.keyboard.press('Enter');
    const mo = as('mo').column;
    await mo.getByRole('button', { name: 'Approve and show pass' }).waitFor();
    for (let boxes = await mo.getByRole('checkbox').count(); boxes > 0; boxes--) {
      await tabTo(/^mo box$/);
      await page.keyboard.press('Space');
      await page.keyboard.press('Tab');
    }
    await tabTo(/^mo Approve and show pass$/);
    await page.keyboard.press('Enter');
    await mo.getByRole('button', { name: 'I have handed it over' }).waitFor();
  }));
