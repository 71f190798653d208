/** What approvers and helpdesk read about one onboarding. */
export const approval = {
  'approval.title': 'Is this request for {subject} right?',
  'approval.ask': '{requester} asks to set up a passkey for **{subject}**.',
  'approval.fallback': 'You are asked because there is no manager who can decide.',
  'approval.escalated': '{approver} was asked first and has not answered. Whoever of you decides first, decides.',
  'approval.risk':
    'If you approve: you are shown a code for {subject}. From then on, for at most {duration}, {subject} can sign in without the rule that protects everybody else. Whoever has the code can act as {subject}.',
  'approval.privileged':
    '{subject} has administrator rights. A second person must approve too, and the code is shown to you only.',
  'approval.onlyIf': 'Approve only if both of these are true:',
  'approval.knows': 'I know {subject} personally',
  'approval.spoke': 'I saw {subject} or spoke with them today, on a number I already had',
  'approval.ticksNeeded': 'Tick both boxes first.',
  'approval.line': '{before} said that this is not theirs, so you are asked.',
  'approval.comment': 'Comment (you may leave it empty; helpdesk sees it)',
  'approval.notMine': 'Is this not yours to decide? Then it goes to the next in line. You are not asked again.',
  'approval.passedOn': 'You said that this is not yours. **{to}** is asked now. There is nothing more for you to do.',
  'approval.declineWhy': 'Why not? Helpdesk sees this.',
  'approval.declineNeeded': 'Write a short reason.',

  'waitSecond.title': 'You approved. A second person must approve too.',
  'waitSecond.text': 'Nothing has changed for {subject} yet. You are told here when the second approval is given.',

  'approved.title': 'Approved: {subject}',
  'approved.text':
    'Press **Show pass** when you are with {subject} or have them on the phone. The set-up window opens then, for at most {duration}.',
  'approved.other': '{approver} approved this. There is nothing for you to do.',

  'opening.title': 'The set-up window for {subject} is opening',
  'opening.text': 'Press **Show pass** in a moment.',

  'approved.startAt': 'It begins at **{at}**. The code can be shown from then on.',

  'reminder.title': 'Your decision about {subject} is still needed',
  'reminder.text':
    '{requester} asked on {asked}. Without a decision the request ends on {until}. The card with the buttons is in this chat.',
  'reminder.settled': 'This has been settled meanwhile: {state}.',
  'start.title': '{subject} can begin now',
  'start.text':
    'The agreed time has come. Press **Show pass** on your card when you are with {subject}, before {until}.',

  'passWanted.title': 'A new code for {subject} is wanted',
  'passWanted.text':
    'Somebody who looks after {reference} asks for it. Make one only when {subject} needs it now: the code before it stops working at once.',

  'open.title': 'The set-up window for {subject} is open',
  'open.text':
    'Did you not see the code, or lose it? Press **Show pass** again: you get a new code and the old one stops working.',
  'open.handed': 'You handed the code over at {at}. There is nothing more to do unless {subject} asks for a new one.',
  'open.newPassWarn':
    'A new code makes the one you handed over useless at once. Make one only if {subject} asked you for it, in a way that you trust.',
  'open.other': '{approver} looks after this. There is nothing for you to do.',

  'second.title': 'Second approval: {subject}',
  'second.ask':
    '{approver} approved a passkey set-up for **{subject}**, who has administrator rights. It needs a second person, and you are on the list.',
  'second.risk':
    'If you approve: {approver} is shown a code for {subject}; you are not. From then on, for at most {duration}, {subject} can sign in without the rule that protects everybody else. Whoever has the code can act as {subject}.',
  'second.done': 'The second approval is given, by {second}.',

  'handOver.title': 'Code for {subject}',
  'handOver.number': 'Code {number} of at most {max}. The spaces are only for reading.',
  'handOver.valid':
    'It works from **{from}** until **{until}**, as often as needed. Any earlier code has stopped working.',
  'handOver.guide': 'The way there, step by step, for {subject}: let them scan this, or open the address.',
  'handOver.guideAlt': 'QR code of the instructions for {subject}',
  'handOver.spell': 'On the phone, read it like this:',
  'handOver.do': 'Do: read it out in person, on a video call that you started, or on a number you already had.',
  'handOver.dont':
    'Do not: send it by mail or chat, send it to a number you were just given, write it down, or take a picture.',
  'handOver.hide': 'Press **I have handed it over** and the code disappears from here.',
  'handOver.soon': 'It can take a few minutes until the code is accepted everywhere. Trying again is fine.',

  'status.title': '{reference}: {subject}',
  'status.approver.title': 'How it goes for {subject}',
  'status.wrongKind': 'A passkey was saved in a place that is not accepted: {passkey}. The window stays open.',
  'status.stuck': 'Stuck since {at}: {sees}',
  'status.closing.completed':
    'A passkey was seen. The code stays usable for a moment so that the last pages can be finished.',
  'status.closing.other': 'The window is being closed. Each part is listed here once it was read back.',

  'closed.completed': '{subject} has a working passkey and the set-up window is closed. This was read back:',
  'closed.completed.partly':
    'A passkey was seen for {subject}. What was read back is listed; the rest is being checked.',
  'closed.lapsed':
    'The set-up window for {subject} ended at its time limit. **No accepted passkey was seen.** Ask for a new onboarding to try again.',
  'closed.stopped': 'The set-up for {subject} was stopped. Do not count on a passkey from it.',
  'closed.frozen':
    'Somebody other than {subject} seems to have added a sign-in method. The set-up was frozen. Look at the account now.',
  'closed.declined': 'The request for {subject} was declined. Nothing was changed.',
  'closed.expired': 'The request for {subject} was not used in time. Nothing was changed.',
  'closed.cancelled': 'The request for {subject} was cancelled. Nothing was changed.',

  'added.also': 'Also added in this time: {what}.',
  'added.removed': 'Added in this time, and gone again: {what}.',
  'actNow.title': '**Act now.** Added in this time, and nobody has vouched for it: {what}.',
  'actNow.clicks':
    'Ask {subject}, on a number you know. Not theirs? In the Microsoft Entra admin center open **Users**, then {account}, then **Authentication methods**. Press the three dots beside it, then **Delete**. Then **Overview**, **Revoke sessions**.',
  'actNow.handled': '{by} said at {at} that this was taken care of.',

  'alert.title': '{reference}: please look at {subject}',
  'alert.text': 'Onboard looked again and found something that was not left this way:',
  'alert.member-again': 'The account is in the onboarding group again.',
  'alert.pass-again': 'There is a Temporary Access Pass again.',
  'alert.passkey-gone': 'The passkey that was set up is gone.',
  'alert.exit-overdue':
    'The account is still in the onboarding group although its time is over. Onboard goes on trying; an administrator can take it out in the Entra admin center.',
  'alert.exit-was-overdue': 'The account stayed in the onboarding group past its time. It is out now.',
  'alert.method-added': 'Another sign-in method was added: {what}.',
  'alert.methods-unreadable': 'The sign-in methods of the account could not be read. Look at them by hand.',
  'alert.foreign-registration':
    'By the audit log somebody else registered a passkey for this account: {what}. Look at the account now.',
  'alert.other': 'Code of the finding: {what}.',

  'people.title': 'Who do you mean?',
  'people.text': 'More than one person fits **{said}**. Look at the account before you choose.',
  'people.label': 'Person',
  'people.needed': 'Choose one person.',
  'people.chosen': 'You chose. {reference} was opened for {subject}.',

  'pick.title': 'Who shall get a passkey?',
  'pick.text': 'Choose the person. Their manager is asked, and decides.',
  'pick.search': 'Type a name',
  'pick.more': 'Only if you need it:',
  'pick.ticket': 'Ticket',
  'pick.because': 'Why (the approver reads it)',
  'pick.date': 'Not before',
  'pick.time': 'at (your time)',
  'pick.startWrong': 'Choose a day and a time, or neither.',
  'dialog.title': 'Onboard somebody',
  'dialog.asked': '{reference} was opened for {subject}',
  'dialog.where': 'The manager is asked. How it goes on is shown in your own chat with me, and nowhere else.',
  'dialog.noChat':
    'I have nowhere to show you how it goes on. Open your own chat with me, write help there once, then try again.',
  'dialog.late':
    'This takes longer than usual and may still be done. Look into your own chat with me before you ask again.',

  'gathered.title': 'Asked for several people',
  'gathered.text': 'Asked for {asked} of {named}. Each has a card of their own, and is decided one by one.',
  'gathered.asked': '{reference}: asked',

  'pause.paused.title': 'Onboard is paused',
  'pause.paused.now': 'From now on no new set-up window opens.',
  'pause.paused.already': 'It was paused already.',
  'pause.paused.text': 'Windows that are open go on and end as always. Type **resume** to let new ones open again.',
  'pause.resumed.title': 'Onboard goes on',
  'pause.resumed.now': 'New set-up windows may open again.',
  'pause.resumed.already': 'It was not paused.',
  'pause.resumed.text': 'Requests that waited are decided as before.',

  'passAsked.title': 'The approver was asked',
  'passAsked.text':
    '{reference}: {approver} has the button for another code now. There is a new code only if {approver} presses it.',

  'board.title': 'What is going on here',
  'board.open':
    'Open: **{count}**. There are many at once, so they are shown together, and each as soon as it changes.',
  'board.ended': 'Ended in the last day: {list}.',
  'board.look': '**{reference}**: please look at {subject}. Type **status {reference}**.',
  'board.row': '{subject}: {state}',
  'board.rowUntil': '{subject}: {state}, until {until}',
  'board.footer': 'As of {at}. Type status and a number, such as ONB-1, for one of them with its buttons.',

  'list.title': 'Onboardings',
  'list.none': 'There is none at the moment.',
  'list.more_one': 'and {count} more',
  'list.more_other': 'and {count} more',

  'help.title': 'What you can type',
  'help.onboard': '**onboard** name or address: ask for a passkey set-up. Without a name you choose on a card',
  'help.more':
    'With more: **onboard jane@example.com on 1 Dec 09:00 INC4711 because her phone is lost**. Times are yours, unless you add UTC or a place such as Europe/Berlin.',
  'help.several': 'Several: **onboard jane, mo, ada**. Each is decided by itself.',
  'help.recover': '**recover** name or address: their passkey is lost, stolen or replaced',
  'help.list': '**list**: what is going on',
  'help.status': '**status ONB-1** or **status** and a name: one onboarding in detail',
  'help.newPass': '**new pass ONB-1**: put the button for another code before the approver again',
  'help.cancel': '**cancel ONB-1**: take a request back',
  'help.stop': '**stop ONB-1**: end a set-up window at once',
  'help.language': '**language** and its name: in which language I write to you',
  'help.pause': '**pause** and **resume**: no new set-up windows, and windows again (administrators)',
  'help.channel': 'In a channel or group chat, mention me first.',

  'summary.approval': '{reference}: your decision about {subject} is needed',
  'summary.second-approval': '{reference}: a second approval for {subject} is needed',
  'summary.request': '{reference}: {subject}',
  'summary.approver-status': '{reference}: how it goes for {subject}',
  'summary.guide': 'Set up your passkey',
  'summary.approver-reminder': '{reference}: your decision about {subject} is still needed',
  'summary.approver-start': '{reference}: {subject} can begin now',
  'summary.approver-old-gone': '{reference}: {subject} can begin now',
  'summary.helpdesk-called': '{reference}: {subject} needs you',
  'summary.approver-pass-wanted': '{reference}: a new code for {subject} is wanted',
  'summary.subject-half-time': 'Half of the time for your passkey has passed',
  'summary.subject-last-minutes': 'Your passkey set-up ends soon',
  'summary.subject-passkey-seen': 'Your passkey was added',
  'summary.subject-authenticator-seen': 'Authenticator is there, the passkey is still missing',
  'summary.subject-wrong-kind': 'Your passkey was saved in the wrong place',
  'summary.subject-closed': 'Your passkey set-up has ended',
  'summary.approver-closed': '{reference}: {subject}, {outcome}',
  'summary.requester-closed': '{reference}: {subject}, {outcome}',
  'summary.alert': '{reference}: please look at {subject}',
  'summary.help': 'What you can type',
  'summary.language': 'Language',
  'summary.list': 'Onboardings',
  'summary.board': 'What is going on here',
  'summary.pick': 'Who shall get a passkey?',
  'summary.gathered': 'Asked for several people',
  'summary.choose': 'Who do you mean?',

  'click.busy': 'Still working on it. Press again in a moment.',
  'click.gettingReady': 'Getting ready - press Show pass in a moment.',
  'click.personalOnly': 'A code is shown only in your own chat with me. Open that chat and press the button there.',
  'click.failed': 'Something went wrong here. Press again in a moment; if it happens again, tell your helpdesk.',
  'click.unknown': 'This button does nothing any more.',
  'click.malformed': 'That did not arrive in one piece. Press again.',
} as const;
