import type { Key } from '../../cards/strings/strings';
import type { Route } from '../onboarding/routes';

/** One thing to do: what is drawn beside it, and what is said. */
export interface GuideStep {
  readonly draw: Drawing;
  readonly say: Extract<Key, `page.step.${string}`>;
}

/** Named by what a screen reader says of it; `wide` ones are the same on a computer. */
export type Drawing = Shown | `${Extract<Shown, 'account' | 'code'>}-wide`;

export type Shown = Extract<Key, `page.draw.${string}`> extends `page.draw.${infer Name}` ? Name : never;

type StepName = GuideStep['say'] extends `page.step.${infer Name}` ? Name : never;

const step = (draw: Drawing, name: StepName): GuideStep => ({ draw, say: `page.step.${name}` });

const signIn = [step('window', 'window'), step('account-wide', 'account'), step('code-wide', 'code')];

/** Each way from its first step to the passkey, one thing to do a step. */
export const guideSteps: Readonly<Record<Route, readonly GuideStep[]>> = {
  iphone: [
    step('ready', 'ready-iphone'),
    step('install', 'install-iphone'),
    step('open', 'open'),
    step('add', 'add'),
    step('account', 'account'),
    step('code', 'code'),
    step('switch', 'switch-iphone'),
    step('save', 'save-iphone'),
    step('face', 'yes-iphone'),
    step('check', 'check'),
  ],
  android: [
    step('ready', 'ready-android'),
    step('install', 'install-android'),
    step('open', 'open'),
    step('add', 'add'),
    step('account', 'account'),
    step('code', 'code'),
    step('switch', 'switch-android'),
    step('save', 'save-android'),
    step('finger', 'yes-android'),
    step('check', 'check'),
  ],
  computer: [
    step('install', 'install-computer'),
    ...signIn,
    step('list', 'add-method'),
    step('wait', 'wait'),
    step('both', 'on-phone'),
    step('switch', 'on-phone-switch'),
    step('save', 'on-phone-save'),
    step('done', 'back'),
  ],
  key: [
    step('key', 'key-ready'),
    ...signIn,
    step('list', 'key-choose'),
    step('key', 'key-where'),
    step('plug', 'key-plug'),
    step('touch', 'key-touch'),
    step('done', 'key-name'),
    step('keys', 'key-spare'),
  ],
  windows: [
    step('hello', 'windows-ready'),
    ...signIn,
    step('list', 'key-choose'),
    step('window', 'windows-where'),
    step('hello', 'windows-yes'),
    step('done', 'name'),
  ],
  synced: [
    step('ready', 'synced-ready'),
    step('open', 'synced-open'),
    step('account', 'account'),
    step('code', 'code'),
    step('add', 'synced-choose'),
    step('finger', 'synced-yes'),
    step('check', 'name'),
  ],
};
