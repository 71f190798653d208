import { serviceUrlAllowed } from '../../bot/config/service-urls';

const real = serviceUrlAllowed(undefined);
const local = serviceUrlAllowed(['http://localhost:4000/teams']);

test.each([
  'https://smba.trafficmanager.net/emea/',
  'https://smba.trafficmanager.net/teams',
  'https://SMBA.trafficmanager.net/amer/0f8fad5b-d9cb-469f-a165-70867728950e/',
  'https://smba.infra.gov.teams.microsoft.us/gcch',
])('Microsoft is written to: %s', (url) => expect(real(url)).toBe(true));

test.each([
  'http://smba.trafficmanager.net/emea/',
  'https://smba.trafficmanager.net:8443/emea/',
  'https://smba.trafficmanager.net.example.com/emea/',
  'https://smba.trafficmanager.net@example.com/',
  'https://user:secret@smba.trafficmanager.net/',
  'https://evil.trafficmanager.net/',
  'https://example.com/?smba.trafficmanager.net',
  'http://localhost:4000/teams',
  'file:///etc/passwd',
  '//smba.trafficmanager.net/',
  '',
])('nobody else is: %s', (url) => expect(real(url)).toBe(false));

test.each([
  ['http://localhost:4000/teams', true],
  ['http://localhost:4000/teams/v3', true],
  ['http://localhost:4000/teamsters', false],
  ['http://localhost:4000/', false],
  ['http://localhost:4001/teams', false],
  ['https://smba.trafficmanager.net/emea/', false],
])('with a local Teams, %s is allowed: %s', (url, allowed) => expect(local(url)).toBe(allowed));
