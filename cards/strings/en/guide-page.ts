/**
 * The guide page, for people without Teams. Nobody is named on it and nothing is asked on it, so that anybody may see it.
 * One thing to do a step; names of buttons as they are on the screen. `page.draw` says what a drawing shows.
 */
export const guidePage = {
  'page.title': 'Set up your passkey',
  'page.lead': 'With a passkey you sign in with your face, your finger or a PIN. It takes about 10 minutes.',
  'page.skip': 'Go to the steps',
  'page.languages': 'Language',

  'page.next.title': 'What comes next for you',
  'page.next.start':
    'Choose what you have, and follow the steps. Have you finished already? Read **From now on**, at the end of this page.',
  'page.next.passkey':
    'Authenticator is set up, but the passkey is still missing. Open **Authenticator**, tap your account, then tap **Create a passkey**.',
  'page.next.elsewhere':
    'A passkey was saved in a place that your company does not accept. Follow the steps below once more, and look where the passkey is saved.',
  'page.next.finish': 'Your passkey is there. Finish the last pages on your screens: **Next**, then **Done**.',

  'page.before.title': 'Before you start',
  'page.before.code':
    'You need a code, called *Temporary Access Pass*. Somebody you know at work tells it to you: face to face, on the phone or on a video call.',
  'page.before.again': 'You may type the same code more than once.',
  'page.before.account': 'You need the name of your work account. It looks like an email address.',
  'page.safe.title': 'Stay safe',
  'page.safe.where':
    'This page never asks for your code. Type it only in **Microsoft Authenticator**, or where the address begins with **login.microsoftonline.com**.',
  'page.safe.keep': 'Do not write the code down, and do not send it to anybody.',
  'page.safe.calls':
    'Nobody from IT calls you and asks for the code. If somebody does: hang up, and tell your helpdesk.',

  'page.choose.title': 'What do you have?',
  'page.choose.iphone': 'You need nothing else.',
  'page.choose.android': 'You need nothing else.',
  'page.choose.computer': 'You begin on the computer and end on the phone.',
  'page.choose.key': 'A small key that you plug in or tap.',
  'page.choose.windows': 'The passkey stays in this computer.',
  'page.choose.synced': 'In iCloud, Google or another passwords app.',
  'page.choose.all': 'Show all ways',

  'page.step.ready-iphone': 'Update the iPhone to iOS 17 or newer. Set a screen lock if it has none.',
  'page.step.ready-android': 'Update the phone to Android 14 or newer. Set a screen lock if it has none.',
  'page.step.install-iphone':
    'Open the **App Store** and install **Microsoft Authenticator**, by Microsoft Corporation.',
  'page.step.install-android':
    'Open the **Play Store** and install **Microsoft Authenticator**, by Microsoft Corporation. Do your work apps have a small briefcase on them? Then use the store that has one too.',
  'page.step.install-computer':
    'On the phone: install **Microsoft Authenticator**, by Microsoft Corporation. Do not add an account yet.',
  'page.step.open': 'Open **Authenticator** and say yes to the first screens.',
  'page.step.add':
    'Tap **Add work or school account**. Not there? Tap **+**, then **Work or school account**, then **Sign in**.',
  'page.step.account': 'Type the name of your work account.',
  'page.step.code': 'The page *Temporary Access Pass* comes. Type your code, without spaces.',
  'page.step.switch-iphone':
    'Does it send you to Settings? With iOS 18 or newer open **General**, then **AutoFill & Passwords**. With iOS 17 open **Passwords**, then **Password Options**. Switch AutoFill on and tick **Authenticator**. Go back to the app and tap **Done**.',
  'page.step.switch-android':
    'Does it send you to Settings? Open **Passwords & accounts**, or search for "passkey". Under **Additional providers** switch **Authenticator** on. Go back to the app and tap **Done**.',
  'page.step.save-iphone':
    'Does it ask where to save the passkey? Choose **Authenticator**, not iCloud and not the passwords app.',
  'page.step.save-android':
    'Does it ask where to save the passkey? Choose **Microsoft Authenticator**, not Google and not Samsung.',
  'page.step.yes-iphone':
    'Say yes each time it asks for Face ID or Touch ID, until you read **Account added**. Then tap **Done**.',
  'page.step.yes-android':
    'Say yes each time it asks for your finger, face or PIN, until you read **Account added**. Then tap **Done**.',
  'page.step.check':
    'Tap your account in the app. Do you see the word **Passkey**? Then it is done. If not, tap **Create a passkey**.',

  'page.step.window':
    'On the computer: open a new private window (**InPrivate** or **Incognito**) and go to **aka.ms/mysecurityinfo**.',
  'page.step.add-method':
    'Do you see the page *Security info*? Press **Add sign-in method**, then **Passkey in Microsoft Authenticator**. Else go on.',
  'page.step.wait': 'Press **Next** until the page waits for your phone. Leave it open.',
  'page.step.on-phone':
    'On the phone: open **Authenticator** and tap **Add work or school account**. Use the same account and the same code.',
  'page.step.on-phone-switch':
    'Does the phone send you to Settings? Switch **Authenticator** on there. Go back to the app and tap **Done**.',
  'page.step.on-phone-save':
    'Say yes each time it asks for Face ID, your finger or a PIN, until you read **Account added**. The passkey is saved in **Authenticator** and nowhere else.',
  'page.step.back':
    'Back on the computer: press **Next** and wait. When you read **Passkey created**, press **Done**. Has the page timed out? Sign in again with the same code.',

  'page.step.key-ready': 'Have your security key at hand, and a computer with Edge or Chrome.',
  'page.step.key-choose':
    'Choose **I want to set up a different method**, or **Add sign-in method**. Then choose **Security key or passkey**.',
  'page.step.key-where':
    'The computer opens a small window. Choose **Security key**. It may be under **More choices**.',
  'page.step.key-plug': 'Plug the key in, or hold it to the reader. Choose a PIN that you use nowhere else.',
  'page.step.key-touch': 'Touch the key when it blinks.',
  'page.step.key-name': 'Give the key a name and press **Done**. You see it in the list? Then it is done.',
  'page.step.key-spare': 'Do you have a second key? Add it in the same way. It helps on the day the first one is lost.',

  'page.step.windows-ready':
    'Use your own Windows computer, and set up Windows Hello on it: face, finger or PIN. You find it in **Settings**.',
  'page.step.windows-where':
    'Windows asks where to save the passkey. Choose **This Windows device**. It may be under **More choices**.',
  'page.step.windows-yes': 'Look at the camera, touch the reader, or type your PIN.',
  'page.step.name': 'Give the passkey a name and press **Done**. You see it in the list? Then it is done.',

  'page.step.synced-ready':
    'Update the phone and set a screen lock. Switch on its passwords app: iCloud Keychain or Google Password Manager.',
  'page.step.synced-open': 'On the phone: open the browser and go to **aka.ms/mysecurityinfo**.',
  'page.step.synced-choose': 'Press **Add sign-in method**, choose **Passkey**, then press **Next**.',
  'page.step.synced-yes': 'Say yes each time it asks for your face, finger or PIN.',

  'page.end': 'That is all. You can close this page now.',

  'page.stuck.title': 'Does it look different?',
  'page.stuck.call':
    'Nothing fits? Call your helpdesk. Tell them at which step you are and what you see. Never tell them your code.',

  'page.after.title': 'From now on',
  'page.after.phone': 'To sign in on this phone, choose **Face, fingerprint, PIN or security key**.',
  'page.after.computer':
    'To sign in on a computer, choose the same, then **iPhone, iPad or Android device**. Scan the square with the camera of the phone. Bluetooth must be on for both.',
  'page.after.second':
    'Set up a second way as well, on another day: go to **aka.ms/mysecurityinfo** and press **Add sign-in method**.',
  'page.after.new-phone': 'A new phone? Set it up before you give the old one away.',
  'page.after.lost': 'Phone lost or stolen? Call your helpdesk at once.',
  'page.after.not-you': 'Were you told about a passkey that is not yours? Call your helpdesk at once.',
  'page.names':
    'The names of buttons are those of Microsoft, Apple and Google. They change from time to time: yours may differ a little.',

  'page.print.title': 'What you are told',
  'page.print.who': 'Who tells you the code',
  'page.print.when': 'Day and time',
  'page.print.number': 'Number of the helpdesk',
  'page.print.account': 'Your work account',
  'page.print.code': 'The code itself is only told to you. Do not write it on this sheet, or anywhere else.',
  'page.print.link': 'This guide, on your phone',

  'page.show.title': 'Scan this with your phone',
  'page.show.lead': 'It opens the guide to your passkey. Nothing on it is secret, and everybody may see it.',
  'page.show.type': 'Or type this into the browser:',
  'page.show.square': 'Square to scan. It opens the guide.',

  'page.draw.ready': 'A phone with a screen lock',
  'page.draw.install': 'A phone that loads an app',
  'page.draw.open': 'A phone with apps; a finger taps one',
  'page.draw.add': 'A phone with a plus sign',
  'page.draw.account': 'A page with a line to type in, and keys below it',
  'page.draw.code': 'A page with a hidden code, and keys below it',
  'page.draw.switch': 'A phone with a switch that is on',
  'page.draw.save': 'A phone with three choices; one is ticked',
  'page.draw.face': 'A phone that looks at a face',
  'page.draw.finger': 'A phone with a fingerprint',
  'page.draw.check': 'A phone with a key and a tick',
  'page.draw.window': 'A computer with a private window',
  'page.draw.list': 'A computer with a list and a plus sign',
  'page.draw.wait': 'A computer that waits for a phone',
  'page.draw.both': 'A phone in front of a computer',
  'page.draw.done': 'A computer with a tick',
  'page.draw.key': 'A security key beside a computer',
  'page.draw.plug': 'A security key in a computer',
  'page.draw.touch': 'A finger on a security key',
  'page.draw.keys': 'Two security keys',
  'page.draw.hello': 'A computer that looks at a face',
  'page.draw.told': 'A person who says a code',
  'page.draw.scan': 'A phone that scans a square on a computer',
} as const;
