import type { Bench } from './suite';

export function languageChoiceTests(bench: () => Bench): void {
  it('keeps what somebody chose last, for every instance', async () => {
    const { open, second } = bench();
    expect(await open.outbox.chosenLanguage('jane')).toBeNull();
    await open.outbox.chooseLanguage('jane', 'de');
    await open.outbox.chooseLanguage('mo', 'ar');
    await open.outbox.chooseLanguage('jane', 'fr');
    const other = await second();
    expect([await other.outbox.chosenLanguage('jane'), await other.outbox.chosenLanguage('mo')]).toEqual(['fr', 'ar']);
  });
}
