/** Every "no", and what to do next. One sentence says what is, the next what helps. */
export const refusals = {
  'refusal.not-helpdesk': 'Only the helpdesk can do this. If you need a passkey yourself, call your helpdesk.',
  'refusal.paused': 'Onboard is paused: no new set-up windows at the moment. Ask an administrator when it goes on.',
  'refusal.requester-exempt':
    'You are in a set-up window yourself, or were until recently. Ask a colleague at the helpdesk to do this.',
  'refusal.requester-cap_one': 'You have reached {count} request for today. Ask a colleague, or try tomorrow.',
  'refusal.requester-cap_other': 'You have reached {count} requests for today. Ask a colleague, or try tomorrow.',

  'refusal.name-unusable.empty': 'Who? Type onboard and a name or address, for example: onboard jane@example.com',
  'refusal.name-unusable.too-long': 'That name is too long. Type at most 100 characters: a name or an address.',
  'refusal.name-unusable.characters':
    'That name has characters that I cannot use. Type the name or address again by hand.',
  'refusal.nobody-found': 'I found nobody called {name}. Check the spelling, or type the whole address.',
  'refusal.nobody-found.suggestion': 'I found nobody called {name}. Did you mean the command: {suggestion}',
  'refusal.mention-unknown':
    'I cannot see who {name} is, because only members of this conversation can be mentioned. Type the name or the address, or type onboard alone and choose.',
  'refusal.too-many-found': 'Too many people fit {name}. Type more of the name, or the whole address.',
  'refusal.self': 'You cannot ask for yourself. Ask a colleague at the helpdesk.',
  'refusal.guest': '{name} is a guest. Guests get their passkey in their own organisation.',
  'refusal.disabled': 'The account of {name} is disabled. Enable it first.',
  'refusal.protected': '{name} is a protected account and is never onboarded this way.',
  'refusal.privileged-off':
    '{name} has administrator rights, and onboarding administrators is switched off here. Ask your administrator.',
  'refusal.privileged-unreadable':
    'I cannot read which rights {name} has, so I treat the account as an administrator. Ask your administrator.',
  'refusal.guard-unproven':
    'Administrators need a guard policy, and I could not prove that there is one: {why}. Ask your administrator.',
  'refusal.no-second-approver':
    'This needs a second approver, and nobody on the list can be asked. Ask your administrator.',
  'refusal.has-passkey':
    '{name} has a working passkey already: {passkey}. Is it lost, stolen or replaced? Type recover and the name.',
  'refusal.nothing-to-recover': '{name} has no passkey that could be lost. Type onboard and the name.',
  'refusal.choose-old': 'Choose which passkey has to go.',
  'refusal.old-not-there': 'What you chose for {name} is not there any more. Type recover and the name again.',
  'refusal.other-way':
    '{name} has another passkey that works: {passkey}. With it the new one is added without a code. Tick the box if it cannot be used.',
  'refusal.old-still-there':
    'The old passkey of {name} is still there: {passkey}. Somebody has to delete it in the Entra admin center first; then press again.',
  'refusal.helpdesk-called-already': 'Your helpdesk has been called several times. Call them on the phone now.',
  'refusal.already-member':
    '{name} is in the onboarding group, but not through me. Take the account out by hand, then ask again.',
  'refusal.already-open': '{name} has an onboarding already: {reference}.',
  'refusal.recent-window': '{name} was in a set-up window less than a day ago. Try again later.',
  'refusal.subject-cap_one': '{name} had {count} set-up window today. Try again tomorrow.',
  'refusal.subject-cap_other': '{name} had {count} set-up windows today. Try again tomorrow.',
  'refusal.no-approver.no-manager':
    'Nobody can decide for {name}: no manager is entered, and no fallback can be asked.',
  'refusal.no-approver.manager-disabled':
    'Nobody can decide for {name}: the manager cannot be asked (disabled or guest), and no fallback can.',
  'refusal.no-approver.manager-not-a-person':
    'Nobody can decide for {name}: what is entered as manager is not a person, and no fallback can be asked.',
  'refusal.no-approver.manager-is-requester':
    'You are the manager of {name}, so you cannot ask as well. Let a colleague ask; you decide.',
  'refusal.no-approver.manager-exempt':
    'Nobody can decide for {name}: the manager is in a set-up window, or was until recently, and no fallback can be asked.',
  'refusal.approver-cap_one': '{name} has {count} request open. Wait until it is decided.',
  'refusal.approver-cap_other': '{name} has {count} requests open. Wait until some are decided.',

  'refusal.start-unusable.past': 'That start has passed already. Name a time in the future, or none to begin at once.',
  'refusal.start-unusable.too-far': 'That start is more than 30 days ahead. Ask again nearer to it.',
  'refusal.start-unusable.ambiguous':
    'I cannot tell the day from the month in that date, so I did nothing. Write the month as a word.',
  'refusal.start-unusable.no-time': 'A start needs a time of day too, so I did nothing.',
  'refusal.start-unusable.unreadable': 'I do not understand when it shall start, so I did nothing.',
  'refusal.start-unusable.no-such-time': 'That day or time does not exist there, so I did nothing. Choose another one.',
  'refusal.start-unusable.suggestion': 'For example: {suggestion}.',
  'refusal.too-many-at-once_one': 'That is too many at once. Name at most {count} person in one message.',
  'refusal.too-many-at-once_other': 'That is too many at once. Name at most {count} people in one message.',

  'refusal.unknown-onboarding': 'I do not know that onboarding. Type list to see which there are.',
  'refusal.no-onboarding-for': 'I know no onboarding of anybody called {name}. Type list to see which there are.',
  'refusal.not-admin': 'Only the administrators of Onboard can do this.',
  'refusal.nobody-else':
    'There is nobody left who could be asked instead. If it is not right, press Decline; if nobody decides, it ends by itself.',
  'refusal.passed-on': 'You said that this is not yours. It is with {to} now.',
  'refusal.not-approved-yet': 'Nobody has approved this yet, so there is no code.',
  'refusal.asked-just-now': 'The approver was asked for this a moment ago. Give them a minute.',
  'refusal.stale-card': 'This card is out of date. Look at the newest one and press again.',
  'refusal.not-yours': 'This is not yours to decide.',
  'refusal.not-approver-any-more': 'You can no longer decide this: the directory does not name you any more.',
  'refusal.approver-exempt':
    'You are in a set-up window yourself, or were until recently, so you cannot decide this or see the code.',
  'refusal.same-person': 'You already have a part in this onboarding. It needs somebody else.',
  'refusal.confirm-first': 'Tick both boxes first.',
  'refusal.already-decided': 'Already {outcome} by {by}.',
  'refusal.already-decided.nobody': 'Already {outcome}.',
  'refusal.awaiting-second': 'The second approval is still missing. You are told when it is there.',
  'refusal.second-approval-lapsed':
    'The second approval no longer stands: that person may not decide at the moment. Ask helpdesk to cancel this onboarding and to ask again.',
  'refusal.finished': 'This onboarding is over: {outcome}.',
  'refusal.expired': 'This was not decided or used in time. Ask helpdesk to start again.',
  'refusal.too-early': 'This begins at {at}. Press again then; nothing is open before it.',
  'refusal.getting-ready': 'Getting ready - press Show pass in a moment.',
  'refusal.earlier-pass-gone':
    'The new code could not be made, and the code before it has stopped working. Press Show pass again in a moment.',
  'refusal.passes-used-up_one': 'The {count} code for this window has been used. Stop it and start again if needed.',
  'refusal.passes-used-up_other':
    'All {count} codes for this window have been used. Stop it and start again if needed.',
  'refusal.too-late-for-a-pass': 'The window closes soon, so there is no new code. Start again when it has closed.',

  'refusal.unknown-command': 'I do not understand "{said}". Type help to see what I can do.',
  'refusal.unknown-command.suggestion': 'I do not understand "{said}". Did you mean: {suggestion}',
  'refusal.tenant-unavailable.retry':
    'Microsoft Entra does not answer at the moment. Nothing was changed. Try again in a minute.{reference}',
  'refusal.tenant-unavailable.unsure':
    'Microsoft Entra did not answer in the middle of this, so I cannot say yet what came of it. Press again in a minute: I look first.{reference}',
  'refusal.tenant-unavailable.final':
    'Microsoft Entra refused this, and trying again will not help. Tell your administrator.{reference}',
  'refusal.tenant-unavailable.reference': ' (Reference {reference})',
  'refusal.too-busy': 'Too much was asked at once. Try again in a minute.',
  'refusal.tenant-denied':
    'I am not allowed to do this in Microsoft Entra: {permission} is missing. Tell your administrator.',
} as const;
