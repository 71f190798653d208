import type { AcceptedPasskeys } from './method';

/** The ways to a passkey that people can be led along. `computer` begins there and ends on a phone. */
export const ROUTES = ['iphone', 'android', 'computer', 'key', 'windows', 'synced'] as const;
export type Route = (typeof ROUTES)[number];

/** Models, by the AAGUIDs that Microsoft publishes for them. */
const AUTHENTICATOR_IOS = '90a3ccdf-635c-4729-a248-9b709135078f';
const AUTHENTICATOR_ANDROID = 'de1e552d-db1d-4423-a619-566b625cdc84';
const WINDOWS_HELLO = [
  '08987058-cadc-4b81-b6e1-30de50dcbe96',
  '9ddd1817-af5a-4672-a2b9-3e3dd95000a9',
  '6028b017-b1d4-4c02-b4b3-afcdafc96bb2',
];
const SOFTWARE = new Set([AUTHENTICATOR_IOS, AUTHENTICATOR_ANDROID, ...WINDOWS_HELLO]);

/**
 * The ways whose passkey ends an exemption here, first choice first. With a list of models only what is on it; without
 * one, what every tenant accepts that accepts passkeys at all. Windows needs its models named: a tenant that has not let
 * them in refuses the registration. `synced` is one where the company accepts such passkeys and names no models, since
 * whose passkeys a phone keeps cannot be said beforehand.
 */
export function acceptedRoutes({ aaGuids, types }: AcceptedPasskeys): readonly Route[] {
  const models = new Set(aaGuids.map((one) => one.toLowerCase()));
  const any = models.size === 0;
  const bound = types.includes('deviceBound');
  const iphone = bound && (any || models.has(AUTHENTICATOR_IOS));
  const android = bound && (any || models.has(AUTHENTICATOR_ANDROID));
  const offered: Readonly<Record<Route, boolean>> = {
    iphone,
    android,
    computer: iphone || android,
    key: bound && (any || [...models].some((one) => !SOFTWARE.has(one))),
    windows: bound && WINDOWS_HELLO.some((one) => models.has(one)),
    synced: types.includes('synced') && any,
  };
  return ROUTES.filter((route) => offered[route]);
}
