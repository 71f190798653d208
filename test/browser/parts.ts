import type { Player } from './play';

/** What several stories do with the mouse. */

/** Priya asks for Jane, of whom there are two. */
export async function askForJane(priya: Player): Promise<void> {
  await priya.say('@onboard jane');
  await priya.card('Onboard this person', /jane\.doe@/);
}

/** The approver is shown the pass; where the window was still opening, after one more press. */
export async function showPass(approver: Player): Promise<void> {
  const handOver = approver.column.getByRole('button', { name: 'I have handed it over' });
  const again = approver.column.getByRole('button', { name: 'Show pass', exact: true });
  await handOver.or(again).first().waitFor();
  if (!(await handOver.isVisible())) await again.click();
  await handOver.waitFor();
  await approver.column.getByText('Only on this screen').first().waitFor();
}

export async function computerToWait(subject: Player): Promise<void> {
  await subject.computerWithPass();
  await subject.computer.shows('Start by getting the app');
  await subject.computer.press('Next');
  await subject.computer.shows('Complete the setup in Authenticator');
}

export async function phoneToPasskey({ phone }: Player): Promise<void> {
  await phone.press('Authenticator');
  await phone.press('Add work or school account');
  await phone.fill(/^Type .*@/);
  await phone.press('Next');
  await phone.fill(/^Type the pass/);
  await phone.press('Sign in');
  await phone.press('Done');
  await phone.press('Use Face ID');
  await phone.press('Use Face ID');
  await phone.press('Save in Authenticator');
  await phone.press('Use Face ID');
  await phone.shows('Account added');
}

export async function lastPages(subject: Player): Promise<void> {
  await subject.phone.press('Done');
  await subject.computer.press('Next');
  await subject.computer.press('Done');
  await subject.card("I'm done");
}
