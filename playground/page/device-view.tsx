import { useLayoutEffect, useState } from 'preact/hooks';
import type { Device, Page, PageField, PersonCard } from '../contract';
import { api, Refused } from './api';
import { Field, type Hint, hintFor } from './device-field';
import { BrowserFrame, PhoneFrame } from './device-frames';
import { clockTime, firstName } from './format';
import { Icon, type IconName } from './icons';
import { QrPicture } from './qr-picture';
import { ceremony } from './webauthn';

const TILES: Readonly<Record<string, { readonly label: string; readonly icon: IconName }>> = {
  mail: { label: 'Mail', icon: 'mail' },
  teams: { label: 'Teams', icon: 'chat' },
  'security-info': { label: 'Security info', icon: 'shield' },
  portal: { label: 'Admin center', icon: 'gear' },
  authenticator: { label: 'Authenticator', icon: 'lock' },
};

/** A computer or a phone of one person: a generic drawing of the page that it shows. */
export function DeviceView(props: {
  readonly person: PersonCard;
  readonly device: Device;
  readonly page: Page;
  readonly now: number;
  readonly refresh: () => Promise<void>;
  /** Picks the phone up and scans what is on the computer's screen. */
  readonly onScan: () => void;
}) {
  const { person, device, page, now, refresh, onScan } = props;
  const [fields, setFields] = useState<Readonly<Record<string, string>>>({});
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  // Before the new page is painted: what is typed into it at once must not be wiped afterwards.
  useLayoutEffect(() => {
    setFields({});
    setProblem(null);
  }, [page.page, page.title]);

  const type = (field: PageField, value: string) => setFields((before) => ({ ...before, [field.id]: value }));

  async function typeHint(field: PageField, hint: Hint) {
    setBusy(true);
    try {
      const found = await hint.find();
      if (found === null) setProblem('No pass was made for this person yet.');
      else type(field, found);
    } catch {
      setProblem('The playground does not answer.');
    }
    setBusy(false);
  }

  async function press(button: string, more: Readonly<Record<string, unknown>> = {}) {
    setBusy(true);
    setProblem(null);
    try {
      const answer = page.webauthn && button === 'continue' ? { webauthn: await ceremony(page.webauthn) } : {};
      await api.press(person.key, device, button, { ...fields, ...answer, ...more });
    } catch (error) {
      if (error instanceof DOMException)
        setProblem('The browser did not get an answer from a key. Try again, or cancel.');
      else setProblem(error instanceof Refused ? error.message : 'The playground does not answer.');
    }
    await refresh();
    setBusy(false);
  }

  const choice = page.page === 'home' ? page.fields.find(({ kind }) => kind === 'choice') : undefined;
  const primary =
    page.buttons.find((button) => button.primary) ?? (page.buttons.length === 1 ? page.buttons[0] : undefined);
  const waiting = page.page === 'sign-in-qr' || page.page === 'wizard-wait';
  const onPhone = device === 'phone';

  const content = choice ? (
    <div class="home" data-page={page.page} aria-busy={busy}>
      <h3 class="page-title">{page.title}</h3>
      {page.text.map((line) => (
        <p key={line}>{line}</p>
      ))}
      <div class="tiles">
        {(choice.options ?? []).map((option) => (
          <button
            type="button"
            class="tile"
            key={option}
            data-press={option}
            disabled={busy}
            onClick={() => void press(primary?.id ?? '', { [choice.id]: option })}
          >
            <span class="tile-icon">
              <Icon name={TILES[option]?.icon ?? 'computer'} />
            </span>
            {TILES[option]?.label ?? option}
          </button>
        ))}
        {page.buttons
          .filter(({ primary: opens }) => !opens)
          .map(({ id, label }) => (
            <button type="button" class="tile" key={id} data-press={id} disabled={busy} onClick={() => void press(id)}>
              <span class="tile-icon">
                <Icon name="scan" />
              </span>
              {id === 'scan' ? 'Camera' : label}
            </button>
          ))}
      </div>
    </div>
  ) : (
    <form
      class={waiting ? 'dialog waiting' : 'dialog'}
      data-page={page.page}
      aria-busy={busy}
      onSubmit={(event) => {
        event.preventDefault();
        if (primary && !busy) void press(primary.id);
      }}
    >
      {page.signedInAs && <p class="account">{page.signedInAs}</p>}
      <h3 class="page-title">{page.title}</h3>
      {page.stopped && (
        <div class="stopped" role="note">
          <b>{page.stopped.message}</b>
          {page.stopped.policy && <p>Decided by {page.stopped.policy.displayName}.</p>}
          <p class="quiet">
            {page.stopped.errorCode > 0 ? `Error ${page.stopped.errorCode}. ` : ''}
            {SYMPTOMS[page.stopped.symptom] ?? ''}
          </p>
        </div>
      )}
      {page.text
        .filter((line) => line !== page.stopped?.message)
        .map((line) => (
          <p key={line}>{line}</p>
        ))}
      {page.page === 'sign-in-qr' && (
        <div class="qr">
          <QrPicture text={`${person.key} ${page.title}`} />
          <button type="button" data-press="scan" onClick={onScan}>
            Scan it with {firstName(person.displayName)}'s phone
          </button>
        </div>
      )}
      {page.fields
        .filter(({ kind }) => kind !== 'webauthn')
        .map((field) => (
          <Field
            key={field.id}
            field={field}
            value={fields[field.id] ?? ''}
            hint={hintFor(field, page, person)}
            onValue={(value) => type(field, value)}
            onHint={(hint) => void typeHint(field, hint)}
          />
        ))}
      {page.webauthn && <p class="quiet">Your browser asks for the key: a real one, or its own.</p>}
      {problem && <p class="problem">{problem}</p>}
      <div class="buttons">
        {page.buttons.map(({ id, label }) => (
          <button
            key={id}
            data-press={id}
            type={id === primary?.id ? 'submit' : 'button'}
            class={id === primary?.id ? 'primary' : ''}
            disabled={busy}
            onClick={id === primary?.id ? undefined : () => void press(id)}
          >
            {label}
          </button>
        ))}
      </div>
    </form>
  );

  const home = (
    <button
      type="button"
      class="icon-button"
      data-press="close"
      aria-label={onPhone ? 'Home screen' : 'Close the window and open a new one'}
      disabled={busy || page.page === 'home'}
      onClick={() => void press('close')}
    >
      <Icon name="back" />
    </button>
  );
  return onPhone ? (
    <PhoneFrame time={clockTime(now)} where={page.where} home={home}>
      {content}
    </PhoneFrame>
  ) : (
    <BrowserFrame where={page.where} home={home}>
      {content}
    </BrowserFrame>
  );
}

const SYMPTOMS: Readonly<Record<string, string>> = {
  'dead-end': 'This is the Catch-22: a passkey needs a sign-in that needs a passkey.',
  loop: 'This is the Catch-22: it begins again and again, because a passkey needs a passkey.',
};
