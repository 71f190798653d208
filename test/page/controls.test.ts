import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isKind, KIND_BEHAVIOUR } from '../../playground/kind-behaviour';
import { SWITCHES } from '../../playground/page/unkind';

describe('the switches', () => {
  it('are there for every unkindness that the other side knows', () => {
    const page = readFileSync(join(__dirname, '../../playground/page/panel-controls.tsx'), 'utf8');
    const drawn = SWITCHES.flatMap(({ switches }) => switches.map(({ name }) => name as string));
    const missing = Object.keys(KIND_BEHAVIOUR).filter(
      (key) => !drawn.includes(key) && !new RegExp(`behave\\(\\{\\s*${key}:`).test(page),
    );
    expect(missing).toEqual([]);
    expect(page).toContain('<MoreUnkind');
  });

  it('have being kind as their first choice', () => {
    for (const { name, choices } of SWITCHES.flatMap(({ switches }) => switches))
      expect([name, choices[0]?.[0]]).toEqual([name, KIND_BEHAVIOUR[name]]);
  });

  it('know when nothing is unkind', () => {
    expect(isKind(KIND_BEHAVIOUR)).toBe(true);
    expect(isKind({ ...KIND_BEHAVIOUR, auditNames: 'nobody' })).toBe(false);
    expect(isKind({ ...KIND_BEHAVIOUR, withoutRoles: ['User.Read.All'] })).toBe(false);
  });
});
