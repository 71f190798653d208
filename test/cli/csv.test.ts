import { csvLine } from '../../bot/cli/csv';

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '=HYPERLINK("http://x","y")'])(
  'no cell is a formula: %j',
  (cell) => {
    expect(csvLine([cell])).toBe(`"'${cell.replaceAll('"', '""')}"`);
  },
);

test('quotes, commas and line ends stay in their cell', () => {
  expect(csvLine(['a', 'say "x"', 'b,c', 'd\ne', ''])).toBe('"a","say ""x""","b,c","d\ne",""');
});
