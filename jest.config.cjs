/** swc instead of ts-jest: types are checked by `npm run typecheck`, and TypeScript 7 has no transformer API yet. */
module.exports = {
  testEnvironment: 'node',
  // Never a measurement: it only ends what hangs. Shared machines can be ten times slower than a desk.
  testTimeout: 60_000,
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  // They need a browser: npm run test:browser.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/browser/'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  // Node's own punycode is deprecated and prints a warning; the bundle replaces it in the same way.
  moduleNameMapper: { '^punycode$': '<rootDir>/node_modules/punycode/punycode.js' },
};
