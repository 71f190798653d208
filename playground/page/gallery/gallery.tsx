import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { CardView } from '../card-view';
import { Icon } from '../icons';
import { useTheme } from '../use-page';
import { type Gallery, type Kind, titleOf, WIDTHS } from './kinds';

const THEMES = ['light', 'dark'] as const;
const NOBODY: readonly never[] = [];

/** One card as one client shows it. */
function Shown(props: { readonly card: unknown; readonly theme: string; readonly width: (typeof WIDTHS)[number] }) {
  const { card, theme, width } = props;
  return (
    <figure class={`sample ${width.id}`} data-theme={theme}>
      <figcaption>
        {width.label}, {theme}
      </figcaption>
      <CardView card={card} people={NOBODY} />
    </figure>
  );
}

/** What may be shown or left out. */
function Choice<Id extends string>(props: {
  readonly label: string;
  readonly options: readonly { readonly id: Id; readonly label: string }[];
  readonly chosen: ReadonlySet<Id>;
  readonly onChoose: (chosen: ReadonlySet<Id>) => void;
}) {
  const { label, options, chosen, onChoose } = props;
  return (
    <fieldset class="choice">
      <legend class="hidden">{label}</legend>
      {options.map((option) => (
        <label class="check" key={option.id}>
          <input
            type="checkbox"
            checked={chosen.has(option.id)}
            onChange={(event) => {
              const next = new Set(chosen);
              if (event.currentTarget.checked) next.add(option.id);
              else next.delete(option.id);
              onChoose(next);
            }}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}

function Page() {
  const [gallery, setGallery] = useState<Gallery | null>(null);
  const [problem, setProblem] = useState(false);
  const [tag, setTag] = useState('en');
  const [kind, setKind] = useState(() => decodeURIComponent(location.hash.slice(1)));
  const [themes, setThemes] = useState<ReadonlySet<(typeof THEMES)[number]>>(new Set(THEMES));
  const [widths, setWidths] = useState<ReadonlySet<(typeof WIDTHS)[number]['id']>>(new Set(WIDTHS.map(({ id }) => id)));
  useTheme();
  useEffect(() => {
    fetch('/gallery.json')
      .then((answer) => answer.json() as Promise<Gallery>)
      .then(setGallery, () => setProblem(true));
    const onHash = () => setKind(decodeURIComponent(location.hash.slice(1)));
    addEventListener('hashchange', onHash);
    return () => removeEventListener('hashchange', onHash);
  }, []);

  const language = gallery?.languages.find((one) => one.tag === tag) ?? gallery?.languages[0];
  const shown: Kind | undefined = language?.kinds.find((one) => one.kind === kind) ?? language?.kinds[0];
  const total = language?.kinds.reduce((sum, { cards }) => sum + cards.length, 0) ?? 0;

  return (
    <>
      <header class="top">
        <div class="brand">
          <span class="avatar bot" aria-hidden="true">
            <Icon name="key" />
          </span>
          <h1>Onboard's cards</h1>
        </div>
        <p class="sentence">
          Every card in every state, drawn by the product's own code with sample data.
          {total > 0 && ` ${total} different ones.`}
        </p>
        {gallery && gallery.languages.length > 1 && (
          <select aria-label="Language" value={tag} onChange={(event) => setTag(event.currentTarget.value)}>
            {gallery.languages.map((one) => (
              <option key={one.tag} value={one.tag}>
                {new Intl.DisplayNames([one.tag], { type: 'language' }).of(one.tag)}
              </option>
            ))}
          </select>
        )}
        <Choice
          label="Themes"
          options={THEMES.map((id) => ({ id, label: id === 'light' ? 'Light' : 'Dark' }))}
          chosen={themes}
          onChoose={setThemes}
        />
        <Choice label="Widths" options={WIDTHS} chosen={widths} onChoose={setWidths} />
        <a class="button" href="/">
          Playground
        </a>
      </header>
      <div class="gallery">
        <nav aria-label="Cards">
          {language?.kinds.map((one) => (
            <a
              key={one.kind}
              href={`#${encodeURIComponent(one.kind)}`}
              aria-current={one === shown ? 'page' : undefined}
            >
              {titleOf(one.kind)}
              <small>{one.cards.length}</small>
            </a>
          ))}
        </nav>
        <main>
          {problem && <p class="problem">The cards are not built. Run: npm run build</p>}
          {shown?.cards.map(({ states, card }) => (
            <section key={`${shown.kind} ${states.join()}`}>
              <h2>{states[0]}</h2>
              {states.length > 1 && <p class="quiet">The same: {states.slice(1).join('; ')}</p>}
              <div class="samples">
                {WIDTHS.filter(({ id }) => widths.has(id)).flatMap((width) =>
                  THEMES.filter((theme) => themes.has(theme)).map((theme) => (
                    <Shown key={`${width.id} ${theme}`} card={card} theme={theme} width={width} />
                  )),
                )}
              </div>
            </section>
          ))}
        </main>
      </div>
    </>
  );
}

const place = document.getElementById('gallery');
if (place) render(<Page />, place);
