import { Icon } from './icons';
import { STEPS, stepNow } from './story-steps';
import type { World } from './world';

/** Where the story stands. */
export function StoryBar({ world }: { readonly world: World }) {
  const now = stepNow(world);
  return (
    <ol class="story" aria-label="The story in five steps">
      {STEPS.map(({ who, what }, index) => (
        <li
          key={who}
          class={index < now ? 'done' : index === now ? 'now' : ''}
          aria-current={index === now ? 'step' : undefined}
        >
          <span class="mark">{index < now ? <Icon name="check" /> : index + 1}</span>
          <span>
            <b>{who}</b> {what}
          </span>
        </li>
      ))}
    </ol>
  );
}
