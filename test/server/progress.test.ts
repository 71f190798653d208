import { createProgress } from '../../bot/main/progress';

test('a loop that has gone quiet is late, each by its own measure', () => {
  let now = 5_000;
  const progress = createProgress(60_000, () => now);
  expect(progress.read()).toEqual({ worker: { ageSeconds: 0, late: false }, sweep: { ageSeconds: 0, late: false } });

  now += 60_001;
  expect(progress.read()).toEqual({ worker: { ageSeconds: 60, late: true }, sweep: { ageSeconds: 60, late: false } });
  progress.made('worker');
  expect(progress.read().worker).toEqual({ ageSeconds: 0, late: false });

  now += 180_000;
  progress.made('worker');
  expect(progress.read()).toEqual({ worker: { ageSeconds: 0, late: false }, sweep: { ageSeconds: 240, late: true } });
  progress.made('sweep');
  expect(progress.read().sweep.late).toBe(false);
});
