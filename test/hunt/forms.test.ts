import { forms, formsFound } from './forms';
import { hunt, missedWhenPlanted } from './hunt';

const codes = ['H&T9$eaK', 'a+b/C=d"e', '12345678', "x<Y>z'Q#*!", '([{\\|}])^_`~@?', 'abcdefghi'];

describe('the forms of a pass', () => {
  test.each(forms.map((form) => [form.name, form] as const))('%s is found in its own example', (_name, form) => {
    for (const code of codes) expect(formsFound(form.example(code), code)).toContain(form.name);
  });

  test('nothing is found where nothing is', () => {
    const noise = Buffer.from(Array.from({ length: 20_000 }, (_, i) => (i * 7919) % 251));
    for (const code of codes) expect(formsFound(noise, code)).toEqual([]);
    expect(formsFound('Hotel Tango is a hotel; nine dollars', 'H&T9$eaK')).toEqual([]);
  });

  test('another code is not found', () => {
    for (const form of forms) expect(form.found({ bytes: form.example('Zq7$kLm2'), text: '' }, 'H&T9$eaK')).toBe(false);
  });

  test('base64 is found at every alignment inside a longer text', () => {
    for (const before of ['', 'a', 'ab', 'abc', 'abcd']) {
      const text = Buffer.from(`${before}H&T9$eaK and more`).toString('base64');
      expect(formsFound(text, 'H&T9$eaK').some((name) => name.startsWith('base64'))).toBe(true);
    }
  });

  test('groups of any size', () => {
    for (const text of [
      'H&T9 $eaK',
      'H&T 9$e aK',
      'H-&-T-9-$-e-a-K',
      'H&T9\u00a0\u200b$eaK',
      '<b>H&T9</b> <b>$eaK</b>',
    ])
      expect(formsFound(text, 'H&T9$eaK')).toContain('grouped');
  });

  test('spellings that people and cards use', () => {
    for (const text of [
      'capital Hotel, ampersand, capital Tango, nine, dollar sign, echo, alfa, capital Kilo',
      'H as in Hotel - & - T as in Tango - 9 - $ - e as in Echo - a as in Alpha - K as in Kilo',
      'HOTEL & TANGO 9 $ echo alfa KILO',
    ])
      expect(formsFound(text, 'H&T9$eaK')).toContain('spelled');
  });
});

describe('the hunt', () => {
  test('reports place and form, and never the code', () => {
    const finds = hunt([{ name: 'a log', content: '{"m":"got H&amp;T9$eaK"}' }], codes);
    expect(finds).toEqual([{ place: 'a log', form: 'HTML', code: 0 }]);
  });

  test('finds whatever it plants, in text and in bytes', () => {
    for (const content of ['', 'short', Buffer.alloc(4097, 0x20), '{"a":"b"}'.repeat(1000)])
      for (const code of codes) expect(missedWhenPlanted({ name: 'x', content }, code)).toEqual([]);
  });
});
