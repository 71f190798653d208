import type { Problem } from './rules';

/** A configuration that cannot be used, with everything that must be done about it. Its message is for the operator. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly Problem[]) {
    const count = problems.length === 1 ? 'one thing' : `${problems.length} things`;
    super(
      [
        `The configuration is not complete: ${count} to do.`,
        ...problems.map(({ key, todo }) => `  ${key} ${todo}`),
        'Every key is explained in .env.sample. To try Onboard without a tenant, run `npm start`.',
      ].join('\n'),
    );
  }
}
