import { picture } from './browser';
import { askForJane, computerToWait, lastPages, phoneToPasskey, showPass } from './parts';
import { onStage } from './stage';

jest.setTimeout(150_000);

test('the whole story by mouse, with the phone, and Onboard killed and started in the middle', () =>
  onStage('story', 'everyone', async ({ window: { page }, as, changed }) => {
    const [priya, mo, jane] = [as('priya'), as('mo'), as('jane')];
    const panel = page.getByRole('complementary', { name: 'Tenant' });
    await askForJane(priya);
    await mo.card('Approve and show pass');
    await showPass(mo);
    await panel.getByText('Jane Doe is in the onboarding group').waitFor();
    await picture(page, 'story, pass shown');
    await mo.card('I have handed it over');
    await jane.card(/computer/i);
    await computerToWait(jane);
    await page.getByRole('button', { name: 'Kill' }).click();
    await page.getByText('Onboard is not running').waitFor();
    await phoneToPasskey(jane);
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByText('Onboard is running').waitFor();
    await changed('member-removed');
    await panel.getByText('Nobody is exempt').waitFor();
    await lastPages(jane);
    await changed('sessions-revoked');
    await jane.reads(/your passkey works/i);

    await jane.openAddress('Mail');
    await jane.computer.press('iPhone, iPad or Android device');
    await jane.computer.press(/^Scan it with/);
    await jane.phone.press('Continue');
    await jane.computer.shows(/mail|inbox/i);
  }));

test('stop: the approver ends it, and the pass is worth nothing', () =>
  onStage('stop', 'everyone', async ({ window: { page }, as, changed }) => {
    // What she was told comes late: nothing may be sent before it is typed.
    await page.route('**/control/passes', async (route) => {
      await page.waitForTimeout(300);
      await route.continue();
    });
    const [priya, mo, jane] = [as('priya'), as('mo'), as('jane')];
    await askForJane(priya);
    await mo.card('Approve and show pass');
    await showPass(mo);
    await mo.card('I have handed it over');
    await jane.computerWithPass();
    await mo.card(/stop/i);
    await changed('pass-deleted');
    await changed('member-removed');
    await changed('sessions-revoked');
    await page.getByRole('complementary', { name: 'Tenant' }).getByText('Nobody is exempt').waitFor();
    await priya.reads(/stopped/i);
    await jane.computer.press('Next');
    await jane.computer.shows(/ended|expired|sign in/i);
  }));
