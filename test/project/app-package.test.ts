import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { read, root } from './sources';

const manifest = JSON.parse(read('appPackage/manifest.json'));

/** Width, height and colour type from the header of a PNG; 6 is colour with transparency. */
function png(name: string): readonly number[] {
  const bytes = readFileSync(join(root, 'appPackage', name));
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20), bytes[25] ?? -1];
}

test('is named, where nothing else is said, so that a mention of the bot is the command', () => {
  expect(manifest.name.short).toBe('${APP_NAME}');
  expect(read('.env.sample')).toContain('#APP_NAME=Onboard\n');
});

test('keeps the limits that Teams has for a manifest', () => {
  expect(manifest.manifestVersion).toBe('1.19');
  expect(manifest.$schema).toContain('/v1.19/');
  expect(manifest.name.short.length).toBeLessThanOrEqual(30);
  expect(manifest.name.full.length).toBeLessThanOrEqual(100);
  expect(manifest.description.short.length).toBeLessThanOrEqual(80);
  expect(manifest.description.full.length).toBeLessThanOrEqual(4_000);
  expect(manifest.bots).toHaveLength(1);
  const [bot] = manifest.bots;
  expect(bot.scopes).toEqual(['personal', 'team', 'groupChat']);
  for (const { commands } of bot.commandLists) {
    expect(commands.length).toBeLessThanOrEqual(12);
    for (const { title, description } of commands) {
      expect(title.length).toBeLessThanOrEqual(128);
      expect(description.length).toBeLessThanOrEqual(4_000);
    }
  }
});

test('leaves exactly what `onboard package` fills in', () => {
  const holes = new Set([...read('appPackage/manifest.json').matchAll(/\$\{(\w+)\}/g)].map((match) => match[1]));
  expect([...holes].sort()).toEqual([
    'APP_DEVELOPER',
    'APP_NAME',
    'APP_PRIVACY_URL',
    'APP_TERMS_URL',
    'APP_WEBSITE_URL',
    'BOT_HOST',
    'CLIENT_ID',
  ]);
});

test('brings pictures of the size that Teams asks for', () => {
  expect(png(manifest.icons.color)).toEqual([192, 192, 6]);
  expect(png(manifest.icons.outline)).toEqual([32, 32, 6]);
});
