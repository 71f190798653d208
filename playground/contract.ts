/**
 * What the playground's script API speaks: how tests, `npm run story` and the page act as people, and what the other
 * side wrote down. The product does not import this, and nothing here imports the product.
 *
 * http://localhost:PORT
 *   GET  /control/info                      Info
 *   GET  /control/records                   Records: everything that happened, in order
 *   GET  /control/passes                    PassCode[]: the codes that the tenant minted, for hunting them
 *   GET  /control/events                    the journal as it grows, as server-sent events, without what was said
 *   GET  /control/tenant-panel              TenantPanel (page-server-types.ts): the tenant as its administrator sees it
 *   GET  /control/ledger                    LedgerView: what the product's own command exports
 *   POST /control/behaviour                 Partial<Behaviour>: how unkind the tenant and Teams are from now on
 *   POST /control/clock                     {advanceMs}: moves the tenant's and Teams' clock
 *   POST /control/product                   {do:'kill'|'start'|'stop', instance?}: kill is SIGKILL; start waits until ready
 *   GET  /control/env                       the product's configuration, for commands that run beside it
 *   POST /control/reset                     {}: tenant, Teams and the product as at the start; what was, is gone
 *   POST /control/admin                     ByHand: something that an administrator does past Onboard
 *   POST /control/watchdog                  {} -> WatchdogRound: one round of the watchdog, as if on another host
 *   POST /control/kill-at                   {at: KillAt | null}: kills the product once, at that moment; forgets what was seen
 *   GET  /control/seen                      Seen: the moments that passed since
 *   GET  /people                            PersonCard[]
 *   GET  /people/:key/:device               Page: what is on the screen of this person's computer or phone
 *   POST /people/:key/:device               Press -> Page
 *   GET  /teams/script/people/:key/screen   Screen: what this person sees in Teams
 *   POST /teams/script/people/:key/message  Say -> Said
 *   POST /teams/script/people/:key/click    ClickCard -> Clicked
 *   POST /teams/script/people/:key/open     {conversation}: brings a conversation to the front (refresh, read marks)
 *   POST /teams/script/people/:key/app      {do:'install'|'uninstall'|'block'|'unblock'}
 *   POST /teams/script/raw                  RawActivity -> {status, body}: any activity, signed or not
 */

export interface Info {
  readonly tenantId: string;
  readonly scenario: 'everyone' | 'admins';
  readonly groupId: string;
  readonly productUrl: string;
  readonly productReady: boolean;
  readonly now: number;
}

/**
 * A moment that can be seen from outside: the nth such request arrives, has taken effect, or is answered; the nth
 * transaction after that many heads of the ledger begins or is done, or the head after it is printed.
 */
export type KillAt =
  | { readonly request: string; readonly nth: number; readonly phase: 'arrives' | 'done' | 'answered' }
  | {
      readonly commit: { readonly heads: number; readonly nth: number };
      readonly phase: 'begun' | 'done' | 'head';
    };

export interface Seen {
  /** The product was killed as it was asked for. */
  readonly met: boolean;
  /** Requests of the product in order, by method and shape of the path. */
  readonly requests: readonly string[];
  /** Transactions of the embedded database before the first head of the ledger, between the first two, and so on. */
  readonly commits: readonly number[];
}

/**
 * `remove-methods`: everything but the password, and sessions are revoked; `new-phone`: an empty one in her hand;
 * `spare-key`: a passkey is registered that nobody has at hand.
 */
export interface ByHand {
  readonly do: 'add-member' | 'remove-member' | 'remove-methods' | 'new-phone' | 'spare-key';
  /** Of the person. */
  readonly key: string;
}

/** Its exit code: 0 all is well or the count goes on, 4 somebody may still be in the group, 5 nobody is any more. */
export interface WatchdogRound {
  readonly code: number;
}

/** A person of the scenario. `key` is the short name that scripts use: priya, mo, jane. */
export interface PersonCard {
  readonly key: string;
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
  readonly jobTitle: string;
  /** What the person is there to show, in one sentence. */
  readonly role: string;
  /** The password that this person knows; a playground has no secret that matters. */
  readonly password: string;
}

export interface PassCode {
  readonly userId: string;
  readonly id: string;
  readonly code: string;
}

// ---- devices -------------------------------------------------------------------------------------------------------

export type Device = 'computer' | 'phone';

/** A button to press, with whatever was typed. */
export interface Press {
  readonly press: string;
  readonly fields?: Readonly<Record<string, unknown>>;
}

export interface PageButton {
  readonly id: string;
  /** As the real page words it, where known. */
  readonly label: string;
  readonly primary?: boolean;
}

export interface PageField {
  readonly id: string;
  readonly label: string;
  readonly kind: 'text' | 'password' | 'choice' | 'webauthn';
  readonly options?: readonly string[];
}

/** What a device shows: enough to draw it, and enough to script it. */
export interface Page {
  /** Stable id: home, sign-in-name, sign-in-password, sign-in-pass, interrupt, wizard-install, wizard-wait, ... */
  readonly page: string;
  readonly title: string;
  readonly text: readonly string[];
  readonly fields: readonly PageField[];
  readonly buttons: readonly PageButton[];
  /** The address bar of a computer, or the app on a phone. */
  readonly where: string;
  readonly signedInAs?: string;
  /** Options of a WebAuthn ceremony that a browser must answer in a field of kind `webauthn`. */
  readonly webauthn?: { readonly kind: 'create' | 'get'; readonly options: unknown };
  /** Set when the person cannot go on: what stopped her. */
  readonly stopped?: Stopped;
}

export interface Stopped {
  /** `dead-end` and `loop` are the two symptoms of the Catch-22. */
  readonly symptom:
    | 'dead-end'
    | 'loop'
    | 'blocked'
    | 'pass-refused'
    | 'password-refused'
    | 'passkey-refused'
    | 'registration-refused'
    | 'session-expired';
  /** Entra's error code as documented (53003, 50126, ...) or 0. */
  readonly errorCode: number;
  readonly message: string;
  /** The policy that decided, where one did. */
  readonly policy?: { readonly id: string; readonly displayName: string };
}

// ---- Teams ---------------------------------------------------------------------------------------------------------

export interface Say {
  readonly in: 'personal' | 'channel' | 'group';
  readonly text: string;
  /** Keys of people whom the text mentions; `<at>` marks and entities are added for them. */
  readonly mentions?: readonly string[];
  /** In a channel or group the bot is mentioned first unless this is false. */
  readonly mentionBot?: boolean;
}

export interface Said {
  readonly activityId: string;
  readonly conversation: string;
  /** What the product answered over HTTP; 0 when nobody answered, or when the message was none for the bot. */
  readonly status: number;
}

export interface ClickCard {
  readonly messageId: string;
  readonly verb: string;
  /** Tells buttons with the same verb apart, by what is written on them. */
  readonly title?: string;
  readonly inputs?: Readonly<Record<string, string>>;
  /** Replaces parts of the action's data, as a forged client would. */
  readonly forge?: Readonly<Record<string, unknown>>;
  /** Clicks a card that this person cannot see (another's message), as a forged client would. */
  readonly unseen?: boolean;
}

export interface Clicked {
  /** HTTP status of the product's answer; 0 when there was none within the invoke's time limit. */
  readonly status: number;
  readonly body: unknown;
  readonly elapsedMs: number;
}

export interface Screen {
  readonly key: string;
  readonly conversations: readonly ScreenConversation[];
  readonly toasts: readonly { readonly at: number; readonly text: string }[];
}

export interface ScreenConversation {
  readonly id: string;
  readonly kind: 'personal' | 'channel' | 'group';
  readonly name: string;
  readonly unread: number;
  readonly messages: readonly ScreenMessage[];
}

export interface ScreenMessage {
  readonly id: string;
  readonly at: number;
  readonly editedAt?: number;
  /** `bot`, or the key of a person. */
  readonly from: string;
  readonly text?: string;
  /** The card as this person sees it: her own view where an invoke answered with one, else the stored one. */
  readonly card?: unknown;
  readonly ownView: boolean;
}

export interface RawActivity {
  readonly activity: unknown;
  /** How the request is signed: well, not at all, or with one thing wrong. */
  readonly sign:
    | 'good'
    | 'none'
    | 'bad-audience'
    | 'bad-issuer'
    | 'expired'
    | 'bad-key'
    | 'alg-none'
    | 'bad-service-url'
    | 'no-endorsement';
}

// ---- records -------------------------------------------------------------------------------------------------------

/** Everything that happened on the other side, in order of `at` (the playground's clock) and `seq`. */
export interface Records {
  readonly now: number;
  readonly groupId: string;
  readonly botAppId: string;
  /** As they were when the playground started; `person-changed` tells what became of them. */
  readonly people: readonly RecordedPerson[];
  /** What became of the product's process. */
  readonly product: readonly ProductRecord[];
  readonly tenant: readonly TenantRecord[];
  readonly graph: readonly GraphRecord[];
  readonly signIns: readonly SignInRecord[];
  readonly teams: readonly TeamsRecord[];
  /** The tenant as it stands, without any code. */
  readonly standing: {
    readonly members: readonly string[];
    readonly passes: readonly { readonly userId: string; readonly id: string; readonly live: boolean }[];
    readonly methods: readonly { readonly userId: string; readonly kind: string; readonly id: string }[];
  };
}

export interface ProductRecord {
  readonly seq: number;
  readonly at: number;
  /** `died`: by itself, without being asked. */
  readonly did: 'started' | 'ready' | 'killed' | 'stopped' | 'died';
  readonly pid: number;
}

export interface RecordedPerson {
  readonly key: string;
  readonly id: string;
  readonly displayName: string;
  readonly managerId: string | null;
  readonly enabled: boolean;
  readonly userType: string;
  readonly privileged: boolean;
  readonly breakGlass: boolean;
  readonly helpdesk: boolean;
  readonly fallbackApprover: boolean;
  readonly secondApprover: boolean;
}

/** `actor` is `app:<appId>`, `user:<objectId>`, `admin` (by hand, outside the product) or `tenant` (Entra itself). */
export type TenantRecord = { readonly seq: number; readonly at: number; readonly actor: string } & (
  | { readonly kind: 'member-added' | 'member-removed'; readonly groupId: string; readonly userId: string }
  | {
      readonly kind: 'pass-created';
      readonly userId: string;
      readonly passId: string;
      readonly usableOnce: boolean;
      readonly lifetimeMinutes: number;
    }
  | {
      readonly kind: 'pass-deleted' | 'pass-replaced' | 'pass-expired';
      readonly userId: string;
      readonly passId: string;
    }
  | {
      readonly kind: 'method-added' | 'method-removed';
      readonly userId: string;
      readonly methodId: string;
      readonly methodKind: string;
      readonly aaGuid?: string;
      readonly passkeyType?: string;
    }
  | { readonly kind: 'sessions-revoked'; readonly userId: string; readonly validFrom: number }
  | { readonly kind: 'person-changed'; readonly userId: string; readonly change: Readonly<Record<string, unknown>> }
  | { readonly kind: 'policy-changed'; readonly policyId: string }
  | {
      readonly kind: 'group-changed';
      readonly groupId: string;
      readonly change: Readonly<Record<string, unknown>>;
    }
);

export interface GraphRecord {
  readonly seq: number;
  readonly at: number;
  readonly method: string;
  /** Without query values that could hold a name; `$batch` parts are listed on their own with `batch: true`. */
  readonly path: string;
  readonly status: number;
  readonly batch: boolean;
  /** Changed something (a write that was carried out, whatever was answered). */
  readonly write: boolean;
  /** Done, but the answer was withheld on purpose. */
  readonly answerLost: boolean;
  /** The playground does not know this call: it was refused with 501, and says nothing about the real Graph. */
  readonly unknown?: true;
}

export interface SignInRecord {
  readonly seq: number;
  readonly at: number;
  readonly userId: string;
  readonly device: Device;
  readonly resource: string;
  readonly with: 'password' | 'pass' | 'passkey' | 'session';
  readonly result: 'success' | 'interrupt' | 'failure';
  readonly errorCode: number;
  readonly message: string;
  /** Every policy that was looked at, and which one decided. */
  readonly policies: readonly {
    readonly id: string;
    readonly displayName: string;
    readonly result: 'satisfied' | 'failed' | 'not-applied' | 'report-only';
  }[];
  readonly decidedBy?: string;
}

export type TeamsRecord = { readonly seq: number; readonly at: number } & (
  | {
      readonly kind: 'said';
      readonly by: string;
      readonly conversation: string;
      readonly text: string;
      readonly status: number;
    }
  | {
      readonly kind: 'clicked';
      readonly by: string;
      readonly conversation: string;
      readonly messageId: string;
      readonly verb: string;
      readonly trigger: 'manual' | 'automatic';
      readonly data: unknown;
      readonly forged: boolean;
      readonly status: number;
      readonly answer: unknown;
      readonly elapsedMs: number;
    }
  | {
      readonly kind: 'sent' | 'edited';
      readonly conversation: string;
      readonly messageId: string;
      readonly activity: unknown;
      readonly readers: readonly string[];
    }
  | { readonly kind: 'deleted'; readonly conversation: string; readonly messageId: string }
  | { readonly kind: 'refused'; readonly operation: string; readonly status: number; readonly code: string }
);

// ---- behaviour -----------------------------------------------------------------------------------------------------

/**
 * How unkind the other side is. Everything is 0, empty, off or the first of its words at start.
 *
 * Shares are between 0 and 1. What a share decides is drawn from `seed`, the call and how often that same call was made,
 * so that a run repeats itself whatever else was asked in between.
 */
export interface Behaviour {
  /** Of every draw. The same seed, the same luck. */
  readonly seed: number;
  /** Added to every Graph answer, ms. */
  readonly graphDelayMs: number;
  /** Added on top, drawn for each call between 0 and this, ms. */
  readonly graphJitterMs: number;
  /** Reads of membership, passes and methods show the state of this long ago, ms. */
  readonly replicationLagMs: number;
  /** The same for one kind each, where it is longer. Sign-ins are judged by what has replicated, too. */
  readonly membershipLagMs: number;
  readonly passLagMs: number;
  readonly methodsLagMs: number;
  /** Conditional Access, strengths and the authentication methods policy. */
  readonly policyLagMs: number;
  /** Reads are answered by one of three replicas: up to date, half as late, and as late as the lags say. */
  readonly flicker: boolean;
  /** Consequences for the next matching Graph requests, used up one by one. */
  readonly faults: readonly Fault[];
  /** Share of Graph calls that are answered 500, 502, 503 or 504; nothing is done. */
  readonly errorShare: number;
  /** Share of writes that are carried out without an answer: the connection closes, or the gateway says 504. */
  readonly lostShare: number;
  /** Share of Graph calls that are answered 429, half of them without Retry-After, the others with 1 s. */
  readonly throttleShare: number;
  /** Share of Graph calls whose answer begins and never ends; the call is carried out. */
  readonly stallShare: number;
  /** Nobody says how long to wait. */
  readonly withoutRetryAfter: boolean;
  /** Resource units per 10 s for users, groups and directory objects; 0: as documented for a tenant of this size. */
  readonly identityUnits: number;
  /** Writes per 150 s for the same; 0: as documented, 3,000. */
  readonly identityWrites: number;
  /** Share of Conditional Access calls that meet another application's: one a second for all of them together. */
  readonly policyContention: number;
  /** How long tokens live, seconds, as their answer says; 0: an hour. */
  readonly tokenSeconds: number;
  /** App roles taken away from the product's tokens. */
  readonly withoutRoles: readonly string[];
  /** Status with which the connector answers every send, or 0. */
  readonly teamsStatus: number;
  /** The tenant has no licence for Privileged Identity Management. */
  readonly withoutPremium: boolean;
  /** How long a membership through PIM takes to be provisioned, ms. */
  readonly provisionMs: number;
  /** How late entries appear in the audit log, ms. */
  readonly auditLagMs: number;
  /** How the audit log names who did something; `nobody` leaves the initiator out, as is met. */
  readonly auditNames: 'id' | 'name' | 'nobody';
  /** By how much the tenant's clock is ahead of everybody else's, ms; negative: behind. In every time that it writes. */
  readonly clockSkewMs: number;
  /** What becomes of a second pass while one is usable; both are told of tenants. */
  readonly secondPass: 'replaces' | 'refused';
  /** What the onboarding group is; every word but the first makes it unfit. `deleted` can be taken back. */
  readonly onboardingGroup: 'assigned' | 'dynamic' | 'role-assignable' | 'on-premises' | 'nested' | 'deleted';
  /** Who checks passwords: Entra, or a federated identity provider. */
  readonly domain: 'managed' | 'federated';
  /**
   * The policy for Temporary Access Pass. `group-only` covers the onboarding group alone, `out-of-scope` nobody of
   * interest; `short` allows 10 to 30 minutes, `long` 8 hours and more.
   */
  readonly passPolicy: 'usual' | 'off' | 'one-time' | 'group-only' | 'out-of-scope' | 'short' | 'long';
  /**
   * The policy for passkeys. `keys-only` allows security keys alone, `not-authenticator` blocks Authenticator; `profiles`
   * lets Authenticator in by a profile, and the older fields beside it, which are not asked any more, would not.
   */
  readonly passkeyPolicy:
    | 'usual'
    | 'off'
    | 'no-self-service'
    | 'attested'
    | 'keys-only'
    | 'not-authenticator'
    | 'out-of-scope'
    | 'profiles'
    /** Synced ones as well, wherever people keep them. */
    | 'synced';
}

export interface Fault {
  readonly method: string;
  /** A regular expression on the path. */
  readonly path: string;
  /**
   * Nothing is done: `status` answers so, `refuse` closes the connection, `hang` keeps it open in silence, `expire`
   * answers 401 to this call and to every later one with the same token.
   * Carried out: `lost` closes the connection before the answer, `gateway` answers 504, `half-open` begins the answer and
   * never ends it, `cut` breaks off in its middle, `slow` answers after `ms`.
   */
  readonly do: 'status' | 'refuse' | 'hang' | 'expire' | 'lost' | 'gateway' | 'half-open' | 'cut' | 'slow';
  readonly status?: number;
  /** Of the error that comes with a status, where what a gateway would say is not enough. */
  readonly code?: string;
  readonly message?: string;
  /** Seconds, or an HTTP date. */
  readonly retryAfter?: number | string;
  readonly ms?: number;
  /** So many matching calls pass unharmed first. */
  readonly skip?: number;
  readonly times: number;
}
