import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readAppPackageConfig } from '../../config/app-package';
import { fillManifest } from '../app-package/manifest';
import { pack } from '../app-package/zip';
import { CliError } from '../exit-codes';
import type { Output } from '../output';

export interface PackageOptions {
  readonly out: string;
  readonly appVersion?: string;
}

const PICTURES = ['color.png', 'outline.png'] as const;

/**
 * Makes the app package for Teams from the template and the configuration. The same configuration gives the same bytes.
 * Throws ConfigError, or CliError when a file cannot be read or written.
 */
export function makePackage(env: NodeJS.ProcessEnv, output: Output, { out, appVersion }: PackageOptions): void {
  const config = readAppPackageConfig(env);
  const from = templateFolder(__dirname);
  const manifest = fillManifest(readFileSync(join(from, 'manifest.json'), 'utf8'), config, appVersion);
  const pictures = PICTURES.map((name) => [name, new Uint8Array(readFileSync(join(from, name)))] as const);
  const packed = pack({ 'manifest.json': Buffer.from(manifest), ...Object.fromEntries(pictures) });
  const file = resolve(out);
  try {
    writeFileSync(file, packed);
  } catch (error) {
    throw new CliError(`${file} could not be written: ${(error as Error).message}`);
  }
  const { version } = JSON.parse(manifest) as { version: string };
  output.result(file);
  output.remark(
    [
      `${config.name} ${version} for the bot ${config.clientId} at ${config.botHost}`,
      `SHA-256 ${createHash('sha256').update(packed).digest('hex')}`,
      'Upload it: Teams admin center > Teams apps > Manage apps > Upload new app. An update needs a higher --app-version.',
    ].join('\n'),
  );
}

/** Beside the bundle, or above the source. */
function templateFolder(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const found = join(folder, 'appPackage');
    if (existsSync(join(found, 'manifest.json'))) return found;
    if (folder === dirname(folder))
      throw new CliError('appPackage/manifest.json is not there. Run this where Onboard was built.');
  }
}
