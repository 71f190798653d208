import { createLog } from '../../bot/log';
import { Pass } from '../../bot/pass';

const CODE = 'Xy7#planted-code';

function written(level: string, write: (log: ReturnType<typeof createLog>) => void): string {
  let text = '';
  write(
    createLog(level, {
      write: (line: string) => {
        text += line;
      },
    }),
  );
  return text;
}

test('lines carry a level in words, an ISO time, and the event', () => {
  const line = JSON.parse(written('info', (log) => log.info({ event: 'started', port: 1 })));
  expect(line).toEqual({ level: 'info', time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/), event: 'started', port: 1 });
});

test('a secret logged by mistake does not come out', () => {
  // First that the hunt finds one where nothing protects it.
  expect(written('info', (log) => log.info({ event: 'x', note: CODE }))).toContain(CODE);

  const sdkError = Object.assign(new Error('refused'), {
    code: 'E',
    headers: { authorization: `Bearer ${CODE}` },
    body: { temporaryAccessPass: CODE },
  });
  const text = written('debug', (log) => {
    log.info({ event: 'x', temporaryAccessPass: CODE });
    log.info({ event: 'x', answer: { temporaryAccessPass: CODE } });
    log.info({ event: 'x', answer: { body: { temporaryAccessPass: CODE } } });
    log.debug({ event: 'x', request: { headers: { authorization: CODE, Authorization: CODE } } });
    log.error({ event: 'x', error: sdkError });
    log.error({ event: 'x', err: sdkError });
    log.info({ event: 'x', deep: { deeper: { still: { given: new Pass(CODE) } } } });
    log.info({ event: 'x' }, 'passed %s %j', new Pass(CODE), { pass: new Pass(CODE) });
  });
  expect(text.split('\n').filter(Boolean)).toHaveLength(8);
  expect(text).not.toContain(CODE);
});
