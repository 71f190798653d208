import type { ComponentChildren } from 'preact';
import { Icon } from './icons';

/** A private window with its address. */
export function BrowserFrame(props: {
  readonly where: string;
  readonly home: ComponentChildren;
  readonly children: ComponentChildren;
}) {
  return (
    <div class="device browser">
      <div class="bar">
        {props.home}
        <span class="address">
          <Icon name="lock" />
          <span>{props.where || 'New private window'}</span>
        </span>
        <span class="private">Private</span>
      </div>
      <div class="viewport">{props.children}</div>
    </div>
  );
}

/** A phone with the app that is open. */
export function PhoneFrame(props: {
  readonly time: string;
  readonly where: string;
  readonly home: ComponentChildren;
  readonly children: ComponentChildren;
}) {
  return (
    <div class="device handset">
      <div class="status" aria-hidden="true">
        <span>{props.time}</span>
        <span class="notch" />
        <span class="battery" />
      </div>
      <div class="bar">
        {props.home}
        <span class="app-name">{props.where}</span>
      </div>
      <div class="viewport">{props.children}</div>
      <div class="home-line" aria-hidden="true" />
    </div>
  );
}
