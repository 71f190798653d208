import type { Behaviour } from '../contract';
import { SWITCHES, type Switch } from './unkind';

/** One switch; a value that a script has set is offered too. */
function Choice(props: {
  readonly of: Switch;
  readonly behaviour: Behaviour;
  readonly behave: (change: Partial<Behaviour>) => void;
}) {
  const { of, behaviour, behave } = props;
  const value = behaviour[of.name];
  const known = of.choices.some(([choice]) => choice === value);
  const choices = known ? of.choices : [...of.choices, [value, String(value)] as const];
  return (
    <label class="setting">
      {of.label}
      <select
        value={String(value)}
        onChange={(event) => behave({ [of.name]: choices[event.currentTarget.selectedIndex]?.[0] })}
      >
        {choices.map(([choice, label]) => (
          <option key={String(choice)} value={String(choice)}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The rarer unkindnesses, folded away until somebody looks for one; what is set is counted on the fold. */
export function MoreUnkind(props: {
  readonly behaviour: Behaviour;
  readonly behave: (change: Partial<Behaviour>) => void;
}) {
  return (
    <>
      {SWITCHES.map(({ about, switches }) => {
        const set = switches.filter(({ name, choices }) => props.behaviour[name] !== choices[0]?.[0]).length;
        return (
          <details class="more-unkind" key={about}>
            <summary>
              {about}
              {set > 0 && ` (${set})`}
            </summary>
            {switches.map((one) => (
              <Choice key={one.name} of={one} {...props} />
            ))}
          </details>
        );
      })}
    </>
  );
}
