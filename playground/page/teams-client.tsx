import { useEffect, useState } from 'preact/hooks';
import type { PersonCard, Screen, ScreenConversation } from '../contract';
import { api, Refused } from './api';
import { Avatar } from './avatar';
import type { Execute } from './card-view';
import { Compose } from './compose';
import { firstName } from './format';
import { Icon } from './icons';
import { sayOf } from './mentions';
import { Message } from './message';
import { Toasts } from './toasts';
import { useScroll } from './use-scroll';

/** The last words of a conversation, for its line in the list. */
function preview(conversation: ScreenConversation, people: readonly PersonCard[]): string {
  const last = conversation.messages.at(-1);
  if (!last) return 'No messages yet';
  const who =
    last.from === 'bot' ? 'Onboard' : firstName(people.find(({ key }) => key === last.from)?.displayName ?? '');
  return `${who}: ${last.text ?? 'sent a card'}`;
}

/** One person's Teams: chats, messages, and a place to write. */
export function TeamsClient(props: {
  readonly person: PersonCard;
  readonly screen: Screen;
  readonly people: readonly PersonCard[];
  /** Keys of those who are in a conversation, by its id. */
  readonly members: Readonly<Record<string, readonly string[]>>;
  readonly suggestion: string | null;
  /** Brought to the front by something else than this person's click. */
  readonly refresh: () => Promise<void>;
  readonly announce: (text: string) => void;
}) {
  const { person, screen, people, refresh, announce } = props;
  const [active, setActive] = useState(screen.conversations[0]?.id ?? '');
  const [problem, setProblem] = useState<{ readonly at: number; readonly text: string } | null>(null);
  const conversation = screen.conversations.find(({ id }) => id === active) ?? screen.conversations[0];
  const last = conversation?.messages.at(-1);
  const unread = conversation?.unread ?? 0;

  async function doing(act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
    } catch (error) {
      setProblem({
        at: Date.now(),
        text: error instanceof Refused ? error.message : 'The playground does not answer.',
      });
    }
    await refresh();
  }

  // What stands in front is read as it comes.
  useEffect(() => {
    if (!conversation || unread === 0) return;
    if (last && last.from !== person.key) {
      announce(
        `${firstName(person.displayName)}: new message from ${last.from === 'bot' ? 'Onboard' : last.from}. ${last.text ?? ''}`,
      );
    }
    void doing(() => api.open(person.key, conversation.id));
  }, [unread, conversation?.id]);

  const { scroller, below, toEnd, bring, onScroll } = useScroll(last?.id, conversation?.id, last?.from === person.key);

  if (!conversation) return null;
  const present = props.members[conversation.id] ?? [];
  const offered = conversation.kind === 'personal' ? people : people.filter(({ key }) => present.includes(key));
  const say = (text: string) =>
    doing(async () => {
      const what = sayOf(conversation.kind, text, people);
      const { status } = await api.say(person.key, what);
      const toBot = what.in === 'personal' || what.mentionBot === true;
      if (toBot && status === 0) setProblem({ at: Date.now(), text: 'Onboard is not there: nobody heard this.' });
    });
  const click = (messageId: string) => async (execute: Execute) => {
    bring(messageId);
    await doing(() => api.click(person.key, { messageId, ...execute }));
    bring(messageId);
  };

  return (
    <div class="teams">
      <nav class="chats" aria-label={`Chats of ${person.displayName}`}>
        {screen.conversations.map((each) => (
          <button
            type="button"
            key={each.id}
            class="chat"
            aria-current={each.id === conversation.id ? 'true' : undefined}
            onClick={() => {
              setActive(each.id);
              void doing(() => api.open(person.key, each.id));
            }}
          >
            {each.kind === 'personal' ? (
              <Avatar name="Onboard" bot />
            ) : (
              <span class="avatar place">
                <Icon name={each.kind === 'channel' ? 'hash' : 'group'} />
              </span>
            )}
            <span class="chat-name">
              <span>{each.name}</span>
              <small>{preview(each, people)}</small>
            </span>
            {each.unread > 0 && each.id !== conversation.id && (
              <span class="badge">
                {each.unread}
                <span class="hidden"> unread</span>
              </span>
            )}
          </button>
        ))}
      </nav>
      <div class="thread">
        <ol
          class="log"
          ref={scroller}
          onScroll={onScroll}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable without a mouse
          tabIndex={0}
          aria-label={`Messages in ${conversation.name}`}
        >
          {conversation.messages.length === 0 && (
            <li class="empty">
              {conversation.kind === 'personal' ? <Avatar name="Onboard" bot /> : null}
              <p>
                {conversation.kind === 'personal'
                  ? `Nothing between ${firstName(person.displayName)} and Onboard yet.`
                  : `Nobody has written in ${conversation.name} yet.`}
              </p>
              <p class="quiet">{person.role}</p>
            </li>
          )}
          {conversation.messages.map((message) => (
            <Message key={message.id} message={message} me={person.key} people={people} onExecute={click(message.id)} />
          ))}
        </ol>
        {below && (
          <button type="button" class="below" onClick={toEnd}>
            New message below
          </button>
        )}
        <Toasts toasts={screen.toasts} problem={problem} announce={announce} />
        <Compose
          key={conversation.id}
          conversation={conversation}
          people={offered}
          suggestion={conversation.messages.length === 0 ? props.suggestion : null}
          onSay={say}
        />
      </div>
    </div>
  );
}
