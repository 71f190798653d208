import { acceptedRoutes } from '../../bot/onboarding/routes';

const IOS = '90a3ccdf-635c-4729-a248-9b709135078f';
const ANDROID = 'DE1E552D-DB1D-4423-A619-566B625CDC84';
const WINDOWS = '08987058-cadc-4b81-b6e1-30de50dcbe96';
const KEY = '2fc0579f-8113-47ea-b116-bb5a8db9202a';

test.each([
  ['without a list', [], ['deviceBound'], ['iphone', 'android', 'computer', 'key']],
  ['synced as well', [], ['deviceBound', 'synced'], ['iphone', 'android', 'computer', 'key', 'synced']],
  ['synced only', [], ['synced'], ['synced']],
  ['iPhones only', [IOS], ['deviceBound'], ['iphone', 'computer']],
  ['Authenticator only, in capitals', [IOS.toUpperCase(), ANDROID], ['deviceBound'], ['iphone', 'android', 'computer']],
  ['keys only', [KEY], ['deviceBound'], ['key']],
  ['Windows, where it is named', [ANDROID, KEY, WINDOWS], ['deviceBound'], ['android', 'computer', 'key', 'windows']],
  ['synced of named models: which phone keeps them cannot be said', [KEY], ['deviceBound', 'synced'], ['key']],
] as const)('%s', (_, aaGuids, types, routes) => {
  expect(acceptedRoutes({ aaGuids, types })).toEqual(routes);
});
