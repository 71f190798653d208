import { ledgerEntry } from '../../playground/page/ledger-text';
import { readExport } from '../../playground/page-server-ledger';

const line = {
  seq: 7,
  entry: {
    actor: { person: 'id-mo' },
    at: 1_795_398_068_986,
    detail: { number: 1, subject: 'id-jane', deadline: 1_795_401_668_886, methods: [] },
    event: 'pass-intended',
  },
  mac: 'abc',
};

test('the export is read line by line, newest first, and what is no entry is left out', () => {
  expect(readExport(`{"seq":1}\nnot json\n\n{"seq":2}\n`)).toEqual([{ seq: 2 }, { seq: 1 }]);
});

test('an entry is shown with names for ids and times for numbers', () => {
  const names: Record<string, string> = { 'id-mo': 'Mo Haddad', 'id-jane': 'Jane Doe' };
  expect(
    ledgerEntry(
      line,
      (id) => names[id] ?? id,
      (at) => `at ${at}`,
    ),
  ).toEqual({
    number: '7',
    event: 'pass intended',
    who: 'Mo Haddad',
    at: 1_795_398_068_986,
    details: [
      ['number', '1'],
      ['subject', 'Jane Doe'],
      ['deadline', 'at 1795401668886'],
      ['methods', 'none'],
      ['mac', 'abc'],
    ],
  });
  expect(ledgerEntry('x', String, String)).toBeNull();
});
