/** What the person who gets the passkey reads: one action a line, names of buttons as they appear on her screen. */
export const guide = {
  'guide.title': 'Set up your passkey',
  'guide.hello':
    '{requester} asked me to help you, and {approver} approved it. With a passkey you sign in with your face, fingerprint or PIN. Plan 10 minutes.',
  'guide.code':
    '{approver} gives you a code, a *Temporary Access Pass*, in person, by phone or on video. Keep it to yourself. I never ask for it: do not type it into this chat.',
  'guide.notYet': 'You can read ahead. It starts when {approver} gives you the code.',
  'guide.until': 'Your set-up window is open until **{until}**. The code may be typed more than once.',
  'guide.choose': 'What do you want to use?',
  'guide.step': '{route}: step {step} of {steps}',
  'guide.authenticatorSeen': 'I can see Authenticator on your account. The passkey is still missing.',
  'guide.passkeySeen':
    "Your passkey **{passkey}** was added at {at}. Finish the last pages (**Next**, **Done**), then press **I'm done**.",
  'guide.doneSaid': 'Thank you. I am checking, and close the set-up window as soon as the passkey is there.',
  'guide.closing': 'The set-up window is being closed.',

  'guide.route.iphone': 'iPhone',
  'guide.route.android': 'Android phone',
  'guide.route.computer': 'Computer and phone',
  'guide.route.key': 'Security key',

  'guide.otherWays': 'Other ways',
  'guide.earlier': 'Earlier steps',
  'guide.seen.title': 'Your passkey was added',
  'guide.untilSoon':
    '**The set-up window closes soon, at {until}.** The code stops working then. If you cannot finish, nothing is lost: your helpdesk can start again.',
  'guide.codeReady': '{approver} has your code now. Ask for it if you do not have it yet.',
  'guide.wrongKind':
    'A passkey was saved in a place that your company does not accept: **{passkey}**. Please add one as the steps say.',

  'subject.passkeySeen.title': 'A passkey was added',
  'subject.passkeySeen.text':
    "The passkey **{passkey}** was added to your account at {at}. Finish the last pages on your screens, then press **I'm done**.",
  'subject.passkeySeen.notYou': 'Was it not you who did this? Press **This was not me - stop** at once.',
  'subject.authenticatorSeen.title': 'Half way',
  'subject.authenticatorSeen.text':
    'I can see Authenticator, but not the passkey yet. Open **Authenticator**, tap your account, choose **Create a passkey**.',
  'subject.halfTime.title': 'Half of the time has passed',
  'subject.halfTime.text':
    'I do not see a passkey yet. The set-up window closes at **{until}**. Stuck? The guide has a part for that, and your helpdesk can help.',
  'subject.lastMinutes.title': 'The set-up window closes soon',
  'subject.lastMinutes.text':
    'I do not see a passkey yet. The window closes at **{until}**, and the code stops working then. If you cannot finish, nothing is lost: your helpdesk can start again.',
  'subject.reminder.over': 'The set-up window has closed meanwhile.',
  'subject.wrongKind.title': 'Not quite: the passkey is in the wrong place',
  'subject.wrongKind.text':
    'You saved a passkey here: **{passkey}**. Your company does not accept that kind. Please add one in **Microsoft Authenticator**, or on the security key that your helpdesk gave you. Your helpdesk can see this too.',

  'subject.completed.title': 'Done: your passkey works',
  'subject.completed.text':
    'Your passkey **{passkey}** is set up and the set-up window is closed. You may be signed out once. From now on, sign in with the passkey.',
  'subject.completed.code': 'The code no longer works.',
  'subject.completed.notYou':
    'The passkey was added on {at}. Was it not you? Press **This was not me - stop**, also later.',
  'after.phone.title': 'Sign in on this phone',
  'after.phone.1':
    'Type your account. Then choose **Face, fingerprint, PIN or security key**. It may be under **Other ways to sign in**.',
  'after.phone.2': 'Say yes with your face, fingerprint or PIN. Teams and Outlook sign in through Authenticator.',
  'after.computer.title': 'Sign in on a computer',
  'after.computer.1': 'Switch Bluetooth on, on the phone and on the computer. Both need internet.',
  'after.computer.2':
    'Choose **Face, fingerprint, PIN or security key**, then **iPhone, iPad or Android device**. A square with dots appears.',
  'after.computer.3':
    'Scan it with the camera of the phone (on an iPhone not inside Authenticator), tap **Sign in with a passkey**, and say yes. With a security key choose **Security key** instead: no square and no Bluetooth.',
  'after.second.title': 'Add a second way',
  'after.second.1': 'A phone can break. Add a second passkey now: a security key, or your own laptop.',
  'after.second.2':
    'Go to **aka.ms/mysecurityinfo**, sign in with your passkey, press **Add sign-in method**. You need no code for it.',
  'after.lost.title': 'New phone, or lost phone',
  'after.lost.1': 'New phone? Set up its passkey while you still have the old one: sign in with the old, add the new.',
  'after.lost.2': 'Lost or stolen? Call your helpdesk at once, on a number you know. They stop the old passkey.',
  'subject.ending.title': 'The set-up is being ended',
  'subject.ending.text':
    'Please stop here: the set-up window and the code are being closed now. I will tell you when they are.',
  'subject.ending.frozen':
    'It looks as if somebody else added a way to sign in as you. Everything is being closed now. Call your helpdesk now, on a number you know.',
  'subject.lapsed.title': 'The set-up window has closed',
  'subject.lapsed.text':
    'The time ran out before I saw your passkey, and the code no longer counts. Nothing is lost: ask your helpdesk for a new start.',
  'subject.stopped.title': 'The set-up was stopped',
  'subject.stopped.text':
    'The set-up window was closed and the code no longer counts. Your helpdesk can tell you more.',
  'subject.frozen.title': 'The set-up was frozen for your safety',
  'subject.frozen.text':
    'It looks as if somebody else added a way to sign in as you. Everything was closed. Call your helpdesk now, on a number you know.',
  'subject.unopened.title': 'The set-up will not take place',
  'subject.unopened.text': 'The request was closed before it started. You do not need to do anything.',
} as const;

/**
 * The steps of one way in order, `step.<way>.<number>`; `before` comes first in each. Where a reader is travels as a
 * number in the buttons, so a step that goes leaves no hole.
 */
export const steps = {
  'step.before.1':
    'Update your phone: iPhone to iOS 17 or newer, Android to version 14 or newer. Set a screen lock. Switch on internet and Bluetooth.',
  'step.before.2':
    'Install **Microsoft Authenticator** (by Microsoft Corporation), but do not add an account yet. Have your code ready.',

  'step.iphone.1': 'Open **Authenticator** and accept the first screens.',
  'step.iphone.2':
    'Tap **Add work or school account**. No such button? Tap **+**, then **Work or school account**, then **Sign in**.',
  'step.iphone.3': 'Type your account: {upn}',
  'step.iphone.4': 'On the page *Temporary Access Pass*, type your code. Leave out the spaces.',
  'step.iphone.5':
    'If the app sends you to Settings: on iOS 18 open **General**, then **AutoFill & Passwords**; on iOS 17 open **Passwords**, then **Password Options**. Switch AutoFill on and tick **Authenticator**. Come back and tap **Done**.',
  'step.iphone.6':
    'Say yes to every Face ID or Touch ID question until you read that the account was added. Tap **Done**.',
  'step.iphone.7': "Tap your account in the app. The word **Passkey** must be there. Then press **I'm done** below.",

  'step.android.1':
    'Open **Authenticator** and accept the first screens. Does your Teams have a briefcase badge? Then use the Authenticator with the briefcase.',
  'step.android.2':
    'Tap **Add work or school account**. No such button? Tap **+**, then **Work or school account**, then **Sign in**.',
  'step.android.3': 'Type your account: {upn}',
  'step.android.4': 'On the page *Temporary Access Pass*, type your code. Leave out the spaces.',
  'step.android.5':
    'If the app sends you to Settings: open **Passwords & accounts** (or search Settings for "passkey"), then **Additional providers**, and switch **Authenticator** on. Come back and tap **Done**.',
  'step.android.6':
    'When you are asked where to save the passkey, choose **Microsoft Authenticator**. Say yes to every fingerprint or face question until you read that the account was added. Tap **Done**.',
  'step.android.7': "Tap your account in the app. The word **Passkey** must be there. Then press **I'm done** below.",

  'step.computer.1':
    'On the computer, open a new private window (**InPrivate** or **Incognito**) and go to **aka.ms/mysecurityinfo**.',
  'step.computer.2': 'Type your account: {upn}',
  'step.computer.3': 'On the page *Temporary Access Pass*, type your code. Leave out the spaces.',
  'step.computer.4':
    'Press **Next** until the page waits for your phone. Are you on the page *Security info* instead? Press **Add sign-in method**, then **Passkey in Microsoft Authenticator**. Leave the page open.',
  'step.computer.5':
    'On the phone: open **Authenticator**, tap **Add work or school account**, sign in with the same account and the same code.',
  'step.computer.6':
    'Still on the phone: if it sends you to Settings, switch **Authenticator** on as a place for passkeys. Say yes to every question until the account was added. Tap **Done**.',
  'step.computer.7':
    "Back on the computer: press **Next**, wait for the check, press **Done**. Then press **I'm done** below. If the page timed out, sign in again with the same code.",

  'step.key.1':
    'Have your security key and your code ready. Use a computer with Edge or Chrome. Open a new private window (**InPrivate** or **Incognito**) and go to **aka.ms/mysecurityinfo**.',
  'step.key.2': 'Type your account: {upn}',
  'step.key.3': 'On the page *Temporary Access Pass*, type your code. Leave out the spaces.',
  'step.key.4':
    'Choose **I want to set up a different method**, or **Add sign-in method**, then **Security key or passkey**.',
  'step.key.5': 'In the window of your computer choose **Security key**. It may be under **More choices**.',
  'step.key.6': 'Plug in or tap the key, choose a PIN that you use nowhere else, and touch the key when it blinks.',
  'step.key.7':
    "Give the key a name and press **Done**. Then press **I'm done** below. If you have a second key, add it as a spare.",
} as const;
