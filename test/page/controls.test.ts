import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isKind, KIND_BEHAVIOUR } from '../../playground/kind-behaviour';

describe('the switches', () => {
  it('are there for every unkindness that the other side knows', () => {
    const page = readFileSync(join(__dirname, '../../playground/page/panel-controls.tsx'), 'utf8');
    const switches = Object.keys(KIND_BEHAVIOUR).filter(
      (key) => page.includes(`behave({ ${key}:`) || new RegExp(`behave\\(\\{\\s*${key}:`).test(page),
    );
    expect(switches).toEqual(Object.keys(KIND_BEHAVIOUR));
  });

  it('know when nothing is unkind', () => {
    expect(isKind(KIND_BEHAVIOUR)).toBe(true);
    expect(isKind({ ...KIND_BEHAVIOUR, auditNames: 'nobody' })).toBe(false);
    expect(isKind({ ...KIND_BEHAVIOUR, withoutRoles: ['User.Read.All'] })).toBe(false);
  });
});
