import type { PersonCard, ScreenMessage } from '../contract';
import { Avatar } from './avatar';
import { CardView, type Execute } from './card-view';
import { clockTime } from './format';
import { Icon } from './icons';

/** Names that stand for mentions are set off, as a client does. */
function withNames(text: string, people: readonly PersonCard[]) {
  const names = new Set(['Onboard', ...people.map(({ displayName }) => displayName)]);
  const pattern = [...names].map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  return text
    .split(new RegExp(`(?<=^|\\s)(${pattern})(?=$|[\\s,.:!?])`))
    .map((part, index) => (names.has(part) ? <b key={`${index} ${part}`}>{part}</b> : part));
}

/** One message as one person sees it. */
export function Message(props: {
  readonly message: ScreenMessage;
  readonly me: string;
  readonly people: readonly PersonCard[];
  readonly onExecute: (execute: Execute) => Promise<void>;
}) {
  const { message, me, people, onExecute } = props;
  const bot = message.from === 'bot';
  const name = bot ? 'Onboard' : (people.find(({ key }) => key === message.from)?.displayName ?? message.from);
  const mine = message.from === me;
  return (
    <li class={mine ? 'message mine' : 'message'} data-message={message.id}>
      {!mine && <Avatar name={name} bot={bot} />}
      <div class="said">
        <div class="byline">
          {!mine && <b>{name}</b>}
          <time dateTime={new Date(message.at).toISOString()}>{clockTime(message.at)}</time>
          {message.editedAt !== undefined && <span>Edited</span>}
          {message.ownView && (
            <span
              class="own-view"
              title="An answer to this person's click. The stored message, and everybody else's screen, do not have it."
            >
              <Icon name="eye" />
              Only on this screen
            </span>
          )}
        </div>
        {message.text && <p class="bubble">{bot ? message.text : withNames(message.text, people)}</p>}
        {message.card !== undefined && <CardView card={message.card} people={people} onExecute={onExecute} />}
      </div>
    </li>
  );
}
