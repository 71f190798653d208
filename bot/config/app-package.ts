import { z } from 'zod/v4';
import { ConfigError } from './config-error';
import { guid, url } from './fields';
import { parse, withoutEmpty } from './read-keys';
import type { Problem } from './rules';

const named = (most: number) =>
  z.string().refine((text) => [...text].length <= most && !/[\p{Cc}\p{Cf}]/u.test(text), {
    error: `must be plain text of at most ${most} characters.`,
  });

const https = () => url(['https:']);

/** What the app package for Teams is made from. `.env.sample` explains each; a test compares the two lists. */
export const appPackageKeys = z.object({
  CLIENT_ID: guid().optional(),
  PUBLIC_URL: https()
    .refine((text) => isPublicName(new URL(text).hostname), {
      error: 'must have a name that Teams can reach from outside, like https://onboard.example.com.',
    })
    .optional(),
  // The limits are those of the manifest.
  APP_NAME: named(30).default('Onboard'),
  APP_DEVELOPER: named(32).default('Onboard'),
  APP_WEBSITE_URL: https().optional(),
  APP_PRIVACY_URL: https().optional(),
  APP_TERMS_URL: https().optional(),
});

/** Everything that differs between two organisations' packages. */
export interface AppPackageConfig {
  readonly clientId: string;
  /** `onboard.example.com` */
  readonly botHost: string;
  readonly name: string;
  readonly developer: string;
  readonly websiteUrl: string;
  readonly privacyUrl: string;
  readonly termsUrl: string;
}

const required: Readonly<Record<string, string>> = {
  CLIENT_ID: 'is missing: the application (client) id of the bot. Entra admin center > App registrations.',
  PUBLIC_URL: 'is missing: the https address at which Teams reaches Onboard, like https://onboard.example.com.',
};

/** Only what the package needs: it is made before the rest of the configuration is there. Throws ConfigError. */
export function readAppPackageConfig(env: NodeJS.ProcessEnv): AppPackageConfig {
  const raw = withoutEmpty(env);
  const problems: Problem[] = Object.entries(required)
    .filter(([key]) => raw[key] === undefined)
    .map(([key, todo]) => ({ key, todo }));
  const keys = parse(appPackageKeys, raw, problems);
  if (problems.length > 0 || !keys?.CLIENT_ID || !keys.PUBLIC_URL) throw new ConfigError(problems);
  const websiteUrl = keys.APP_WEBSITE_URL ?? keys.PUBLIC_URL;
  return {
    clientId: keys.CLIENT_ID,
    botHost: new URL(keys.PUBLIC_URL).hostname,
    name: keys.APP_NAME,
    developer: keys.APP_DEVELOPER,
    websiteUrl,
    privacyUrl: keys.APP_PRIVACY_URL ?? websiteUrl,
    termsUrl: keys.APP_TERMS_URL ?? websiteUrl,
  };
}

/** A name with a dot in it that is no number: Teams takes neither addresses nor wildcards among the domains of an app. */
function isPublicName(hostname: string): boolean {
  return /^(?=.{4,253}$)([a-z0-9-]+\.)+[a-z][a-z0-9-]*[a-z0-9]$/.test(hostname) && !hostname.endsWith('.localhost');
}
