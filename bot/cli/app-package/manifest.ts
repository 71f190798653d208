import type { AppPackageConfig } from '../../config/app-package';

/** What the template leaves open, by the name of the hole. */
function filling(config: AppPackageConfig): Readonly<Record<string, string>> {
  return {
    CLIENT_ID: config.clientId,
    BOT_HOST: config.botHost,
    APP_NAME: config.name,
    APP_DEVELOPER: config.developer,
    APP_WEBSITE_URL: config.websiteUrl,
    APP_PRIVACY_URL: config.privacyUrl,
    APP_TERMS_URL: config.termsUrl,
  };
}

/**
 * The manifest as it goes into the package, from the template's text. `version` takes the place of the template's; Teams
 * takes an update only with a higher one. Throws Error for a hole that nothing fills.
 */
export function fillManifest(template: string, config: AppPackageConfig, version?: string): string {
  const values = filling(config);
  const filled = template.replace(/\$\{(\w+)\}/g, (_whole, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`the manifest leaves \${${name}} open, and nothing fills it`);
    // Into a JSON string: a quotation mark in a name must not end it.
    return JSON.stringify(value).slice(1, -1);
  });
  const manifest: object = JSON.parse(filled);
  return `${JSON.stringify({ ...manifest, ...(version === undefined ? {} : { version }) }, null, 2)}\n`;
}
