import jwt from 'jsonwebtoken';
import { mayBeProof } from '../../bot/teams/proof';

const expected = {
  appId: 'bot',
  issuer: 'https://api.botframework.com',
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
};
const NOW = Date.UTC(2026, 10, 23, 9);
const seconds = NOW / 1_000;

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const header = (claims: object = {}, head: object = {}) =>
  `Bearer ${base64({ alg: 'RS256', kid: 'k', ...head })}.${base64({
    aud: 'bot',
    iss: expected.issuer,
    serviceurl: expected.serviceUrl,
    exp: seconds + 60,
    ...claims,
  })}.c2lnbmF0dXJl`;

test('a token that says what the channel’s says is left to the SDK', () => {
  expect(mayBeProof(header(), expected, NOW)).toBe(true);
  expect(mayBeProof(header({ exp: seconds - 200 }), expected, NOW)).toBe(true);
  // As the library writes it that signs for the local Teams.
  const { aud, iss, exp } = { aud: 'bot', iss: expected.issuer, exp: seconds + 60 };
  const signed = jwt.sign({ aud, iss, exp, serviceurl: expected.serviceUrl }, 'x', { keyid: 'k' });
  expect(mayBeProof(`Bearer ${signed}`, expected, NOW)).toBe(false);
});

test.each([
  ['nothing', ''],
  ['another scheme', 'Basic YTpi'],
  ['no token', 'Bearer a.b'],
  ['no JSON', 'Bearer YQ.YQ.YQ'],
  ['JSON that is no object', `Bearer ${base64(null)}.${base64(1)}.c2ln`],
  ['no algorithm', header({}, { alg: 'none' })],
  ['another algorithm', header({}, { alg: 'HS256' })],
  ['no key', header({}, { kid: undefined })],
  ['another bot', header({ aud: 'other' })],
  ['several bots', header({ aud: ['bot', 'other'] })],
  ['another issuer', header({ iss: 'https://sts.windows.net/x/' })],
  ['another service', header({ serviceurl: 'https://evil.example/' })],
  ['no end', header({ exp: undefined })],
  ['an end that is past', header({ exp: seconds - 301 })],
  ['a length that no token has', `${header()}${'A'.repeat(20_000)}`],
])('%s costs no verification', (_what, value) => {
  expect(mayBeProof(value, expected, NOW)).toBe(false);
});
