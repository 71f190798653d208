import { createProgress } from '../../bot/main/progress';

test('a loop that has gone quiet is late, each by its own measure', () => {
  let now = 5_000;
  const { made, read } = createProgress(60_000, () => now);
  const starting = { made: false, ageSeconds: 0, late: false };
  expect(read()).toEqual({ worker: starting, sweep: starting });

  now += 60_001;
  expect(read()).toEqual({
    worker: { made: false, ageSeconds: 60, late: true },
    sweep: { made: false, ageSeconds: 60, late: false },
  });
  made('worker');
  expect(read().worker).toEqual({ made: true, ageSeconds: 0, late: false });

  now += 180_000;
  made('worker');
  expect(read()).toEqual({
    worker: { made: true, ageSeconds: 0, late: false },
    sweep: { made: false, ageSeconds: 240, late: true },
  });
  made('sweep');
  expect(read().sweep).toEqual({ made: true, ageSeconds: 0, late: false });
});
