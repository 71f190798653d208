/** Stories in a real browser: `npm run test:browser`. They need Chromium; CHROMIUM names another binary than Debian's. */
module.exports = {
  ...require('./jest.config.cjs'),
  roots: ['<rootDir>/test/browser'],
  testPathIgnorePatterns: ['/node_modules/'],
  maxWorkers: 2,
};
