import { createBursts } from '../../bot/alerts/bursts';

const MINUTE = 60_000;
const lines: object[] = [];
const bursts = () => createBursts({ warn: (line) => void lines.push(line) });
beforeEach(() => {
  lines.length = 0;
});

test('twelve requests of one person within ten minutes are told once, and counted anew', () => {
  const { requested } = bursts();
  for (let n = 0; n < 11; n++) requested('priya', `boss-${n}`, n * 1_000);
  expect(lines).toEqual([]);
  for (let n = 11; n < 20; n++) requested('priya', `boss-${n}`, n * 1_000);
  expect(lines).toEqual([{ event: 'many-requests', requester: 'priya', why: 'burst', count: 12 }]);
  for (let n = 20; n < 24; n++) requested('priya', `boss-${n}`, n * 1_000);
  expect(lines).toHaveLength(2);
});

test('six requests to one approver are told, whoever asks', () => {
  const { requested } = bursts();
  for (let n = 0; n < 6; n++) requested(`helpdesk-${n}`, 'mo', n * 1_000);
  expect(lines).toEqual([{ event: 'many-for-approver', approver: 'mo', why: 'burst', count: 6 }]);
});

test('what is spread over the day is no burst', () => {
  const { requested } = bursts();
  for (let n = 0; n < 200; n++) requested('priya', 'mo', n * 3 * MINUTE);
  expect(lines).toEqual([]);
});
