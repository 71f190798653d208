import { currentLanguage, isRightToLeft } from '../../cards/strings/language';
import { languages, ownName } from '../../cards/strings/languages';
import { type Key, t, words } from '../../cards/strings/strings';
import { type StuckRow, stuckPlaces, stuckRowsAt } from '../../cards/stuck-catalogue';
import { NEXT_STEPS } from '../onboarding/next-step';
import type { Route } from '../onboarding/routes';
import { definitions, drawing } from './drawings';
import { escapeHtml, rich } from './html';
import { qrSvg } from './qr';
import { script } from './script';
import { type Drawing, type GuideStep, guideSteps, type Shown } from './steps';
import { style } from './style';

export interface PageParts {
  /** The ways that the tenant accepts, first choice first. */
  readonly routes: readonly Route[];
  /** Where people reach the page; without one there is no square to scan on paper. */
  readonly url?: string;
}

/** The whole guide in the language of `inLanguage`. The same for everybody: what is personal comes by script. */
export function renderPage({ routes, url }: PageParts): string {
  const used = new Set<Drawing>(['told', 'scan']);
  for (const route of routes) for (const { draw } of guideSteps[route]) used.add(draw);
  return document(
    t('page.title'),
    `<a class="skip" href="#what">${say('page.skip')}</a>
<header>${languageLinks()}<h1>${say('page.title')}</h1><p>${say('page.lead')}</p></header>
<main>
<section class="box" id="next" aria-labelledby="next-title" hidden><h2 id="next-title">${say('page.next.title')}</h2><div role="status">${NEXT_STEPS.map((step) => `<p data-next="${step}" hidden>${say(`page.next.${step}`)}</p>`).join('')}</div></section>
<div class="two"><section aria-labelledby="before"><h2 id="before">${say('page.before.title')}</h2><div class="facts">${picture('told')}${list(['page.before.code', 'page.before.again', 'page.before.account'])}</div></section>
<section class="box safe plain" aria-labelledby="safe"><h2 id="safe">${say('page.safe.title')}</h2>${list(['page.safe.where', 'page.safe.keep', 'page.safe.calls'])}</section></div>
${paper(url)}
<nav class="choose" aria-labelledby="what"><h2 id="what">${say('page.choose.title')}</h2><ul role="list">${routes.map(choice).join('')}</ul><a class="all" href="#all">${say('page.choose.all')}</a></nav>
<div id="all">${routes.map(way).join('')}</div>
<section class="stuck" id="stuck" aria-labelledby="stuck-title"><h2 id="stuck-title">${say('page.stuck.title')}</h2><p>${say('stuck.ask.place')}</p>${trouble(routes)}<p>${say('page.stuck.call')}</p></section>
<section class="after plain" id="after" aria-labelledby="after-title"><h2 id="after-title">${say('page.after.title')}</h2><div class="facts">${picture('scan')}${list(afterwards(routes))}</div></section>
</main>
<footer><p>${say('page.names')}</p></footer>
${definitions(used)}<script>${script}</script>`,
  );
}

/** For whoever leads somebody to the guide: a square to scan, large, and the address to type. */
export function renderShow(url: string): string {
  return document(
    t('page.show.title'),
    `<header>${languageLinks()}<h1>${say('page.show.title')}</h1><p>${say('page.show.lead')}</p></header>
<main>${qrSvg(url, t('page.show.square'))}<p>${say('page.show.type')}</p><p class="big"><bdi>${escapeHtml(url.replace(/^https?:\/\//, ''))}</bdi></p></main>`,
  );
}

function document(title: string, body: string): string {
  const language = currentLanguage();
  const direction = isRightToLeft() ? 'rtl' : 'ltr';
  return `<!doctype html>
<html lang="${language}" dir="${direction}"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><meta name="referrer" content="no-referrer"><link rel="icon" href="data:,"><style>${style}</style></head><body>
${body}
</body></html>
`;
}

function languageLinks(): string {
  const links = languages().map((tag) => {
    const current = tag === currentLanguage() ? ' aria-current="true"' : '';
    return `<li><a href="?lang=${tag}" lang="${tag}" hreflang="${tag}"${current}>${escapeHtml(ownName(tag))}</a></li>`;
  });
  return `<nav class="langs" aria-label="${escapeHtml(t('page.languages'))}"><ul role="list">${links.join('')}</ul></nav>`;
}

function choice(route: Route): string {
  return `<li><a href="#${route}"><b>${say(`guide.route.${route}`)}</b>${say(`page.choose.${route}`)}</a></li>`;
}

function way(route: Route): string {
  const steps = guideSteps[route].map(oneStep).join('');
  return `<section class="route" id="${route}" aria-labelledby="${route}-title"><h2 id="${route}-title">${say(`guide.route.${route}`)}</h2><ol class="steps" role="list">${steps}</ol><p class="end">${say('page.end')}</p></section>`;
}

function oneStep(step: GuideStep): string {
  return `<li>${picture(step.draw)}<p>${say(step.say)}</p></li>`;
}

function picture(name: Drawing): string {
  const shown = name.replace('-wide', '') as Shown;
  return drawing(name, escapeHtml(t(`page.draw.${shown}`)));
}

/** Everything that is known to go wrong on one of the ways: where, then what is seen. It opens without a script. */
function trouble(routes: readonly Route[]): string {
  const here = (row: StuckRow) => row.routes === undefined || row.routes.some((route) => routes.includes(route));
  return stuckPlaces
    .map((place) => ({ place, rows: stuckRowsAt(place).filter(here) }))
    .filter(({ rows }) => rows.length > 0)
    .map(
      ({ place, rows }) =>
        `<details><summary>${say(`stuck.place.${place}`)}</summary><div class="seen"><p>${say('stuck.ask.see')}</p>${rows.map(oneTrouble).join('')}</div></details>`,
    )
    .join('');
}

function oneTrouble({ see, fix }: StuckRow): string {
  return `<details><summary>${say(see)}</summary><ol>${fix.map((key) => `<li>${say(key)}</li>`).join('')}</ol></details>`;
}

function afterwards(routes: readonly Route[]): readonly Key[] {
  const phone = routes.some((route) => route === 'iphone' || route === 'android' || route === 'synced');
  return [
    ...(phone ? (['page.after.phone', 'page.after.computer'] as const) : []),
    'page.after.second',
    ...(phone ? (['page.after.new-phone', 'page.after.lost'] as const) : []),
    'page.after.not-you',
  ];
}

/** Only on paper: lines to fill in with what is told, and none for the code. */
function paper(url: string | undefined): string {
  const lines = (['who', 'when', 'number', 'account'] as const).map(
    (name) => `<div><dt>${say(`page.print.${name}`)}</dt><dd></dd></div>`,
  );
  const square = url ? `<div>${qrSvg(url, t('page.show.square'))}${say('page.print.link')}</div>` : '';
  return `<section class="paper" aria-labelledby="told"><div><h2 id="told">${say('page.print.title')}</h2><dl>${lines.join('')}</dl><p><b>${say('page.print.code')}</b></p></div>${square}</section>`;
}

function list(keys: readonly Key[]): string {
  return `<ul role="list">${keys.map((key) => `<li>${say(key)}</li>`).join('')}</ul>`;
}

/** Words without anything to fill in, for an element. */
function say(key: Key): string {
  return rich(words(key, {}));
}
