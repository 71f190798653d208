import { read } from './sources';

interface Entry {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
type Packages = Readonly<Record<string, Entry>>;

/** Where an optional dependency of `path` may be locked: beside it, or in any node_modules above it. */
function isLocked(packages: Packages, path: string, name: string): boolean {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    if (packages[`${at ? `${at}/` : ''}node_modules/${name}`]) return true;
    if (!at) return false;
  }
}

function faults(packages: Packages): string[] {
  return Object.entries(packages).flatMap(([path, entry]) => [
    ...(entry.resolved ? [`${path} is tied to a host`] : []),
    ...(path && !entry.integrity ? [`${path} has no integrity`] : []),
    ...Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !isLocked(packages, path, name))
      .map((name) => `${path} wants ${name}, which is not locked`),
  ]);
}

const { packages } = JSON.parse(read('package-lock.json')) as { packages: Packages };
const manifest = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;

test('the lock file names no host, and locks every platform', () => {
  expect(Object.keys(packages).length).toBeGreaterThan(400);
  expect(faults(packages)).toEqual([]);
});

test('the check finds what it is for', () => {
  expect(
    faults({
      'node_modules/a': { integrity: 'x', resolved: 'https://registry.example/a', optionalDependencies: { b: '1' } },
      'node_modules/a/node_modules/c': { integrity: 'x', optionalDependencies: { d: '1', e: '1' } },
      'node_modules/a/node_modules/d': { integrity: 'x' },
      'node_modules/f': {},
    }),
  ).toEqual([
    'node_modules/a is tied to a host',
    'node_modules/a wants b, which is not locked',
    'node_modules/a/node_modules/c wants e, which is not locked',
    'node_modules/f has no integrity',
  ]);
});

test.each(['dependencies', 'devDependencies', 'overrides'])('%s are exact', (kind) => {
  const loose = Object.entries(manifest[kind] ?? {}).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version));
  expect(loose).toEqual([]);
});

test('every package that is depended on is explained', () => {
  const explained = read('docs/dependencies.md');
  const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies, ...manifest.overrides });
  expect(names.filter((name) => !explained.includes(`\`${name}\``))).toEqual([]);
});

test('no package runs a script when it is installed, and no lifecycle hook of ours is relied on', () => {
  expect(read('.npmrc')).toMatch(/^ignore-scripts=true$/m);
  const hooks = Object.keys(manifest.scripts ?? {}).filter((name) => /^(pre|post)/.test(name));
  expect(hooks).toEqual([]);
});
