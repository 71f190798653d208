import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DIALOG_COMMAND } from '../../bot/teams/dialog';
import { contrast, type Picture, readPng } from './png';
import { read, root } from './sources';

const manifest = JSON.parse(read('appPackage/manifest.json'));

const picture = (name: string) => readPng(readFileSync(join(root, 'appPackage', name)));

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

test('offers one command where people write and on what they read, and it opens the dialog that the bot answers', () => {
  expect(manifest.composeExtensions).toHaveLength(1);
  const [extension] = manifest.composeExtensions;
  expect(extension.botId).toBe(manifest.bots[0].botId);
  expect(extension.commands).toHaveLength(1);
  const [command] = extension.commands;
  expect(command).toMatchObject({ id: DIALOG_COMMAND, type: 'action', fetchTask: true });
  expect(command.context).toEqual(['compose', 'commandBox', 'message']);
  expect(command.title.length).toBeLessThanOrEqual(32);
  expect(command.description.length).toBeLessThanOrEqual(128);
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

describe('the pictures', () => {
  const pixels = ({ width, height, at }: Picture) =>
    Array.from({ length: width * height }, (_, n) => at(n % width, Math.floor(n / width)));

  test('have the sizes that Teams asks for, and are small', () => {
    expect(picture(manifest.icons.color)).toMatchObject({ width: 192, height: 192 });
    expect(picture(manifest.icons.outline)).toMatchObject({ width: 32, height: 32 });
    for (const name of Object.values<string>(manifest.icons))
      expect(readFileSync(join(root, 'appPackage', name)).length).toBeLessThan(30_000);
  });

  test('the outline is white lines on nothing, with room around them, and more nothing than lines', () => {
    const outline = picture(manifest.icons.outline);
    const seen = pixels(outline).filter(([, , , opacity]) => opacity > 0);
    expect(seen.filter(([r, g, b]) => r !== 255 || g !== 255 || b !== 255)).toEqual([]);
    expect(seen.length).toBeGreaterThan(150);
    expect(seen.length).toBeLessThan(512);
    for (let n = 0; n < 32; n++)
      for (const [x, y] of [
        [n, 0],
        [n, 31],
        [0, n],
        [31, n],
      ] as const)
        expect(outline.at(x, y)[3]).toBe(0);
  });

  test('the colour picture fills its square, and what is on it can be told from what is behind', () => {
    const colour = picture(manifest.icons.color);
    expect(pixels(colour).filter(([, , , opacity]) => opacity !== 255)).toEqual([]);
    // The part that Teams shows in every shape is the middle half; key, door and wall are all in it.
    const [key, door, wall] = [colour.at(84, 78), colour.at(70, 120), colour.at(10, 100)];
    expect(contrast(key, door)).toBeGreaterThan(4.5);
    expect(contrast(colour.at(45, 120), wall)).toBeGreaterThan(4.5);
    expect(contrast(colour.at(45, 120), door)).toBeGreaterThan(4.5);
  });

  test('white words can be read on the accent', () => {
    const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(manifest.accentColor.slice(at, at + 2), 16));
    expect(contrast([255, 255, 255], [r ?? 0, g ?? 0, b ?? 0])).toBeGreaterThan(4.5);
  });
});
