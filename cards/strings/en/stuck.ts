/**
 * What helps when it does not go on, in the chat and on the guide page. Nobody's name is in here, and no reader is assumed
 * to be in Teams. One thing to do a line; names of buttons as they are on the screen.
 */
export const stuck = {
  'stuck.title': 'What has happened?',
  'stuck.ask.place': 'Where are you stuck?',
  'stuck.ask.see': 'What do you see?',
  'stuck.choose': 'Choose one.',
  'stuck.other': 'Something else',

  'stuck.place.code': 'Signing in, or typing the code',
  'stuck.place.blocked': 'It does not let me in, or goes round in circles',
  'stuck.place.phone': 'Saving the passkey on the phone',
  'stuck.place.list': 'Choosing or adding the passkey',
  'stuck.place.computer': 'The computer, or the square to scan',
  'stuck.place.later': 'It is set up, but something is odd',

  'stuck.see.no-code-page': 'I am asked for a password. Nothing asks for my code.',
  'stuck.fix.no-code-page.1': 'Wait 2 minutes. Then close all windows and open a new private window.',
  'stuck.fix.no-code-page.2': 'Type your account again, letter by letter. Still a password? You may need a new code.',

  'stuck.see.code-refused': 'My code is wrong or has expired.',
  'stuck.fix.code-refused.1':
    'Type the code again without spaces. Large and small letters count. Only the newest code works.',
  'stuck.fix.code-refused.2': 'Still refused? Ask for a new code.',

  'stuck.see.code-policy': '"Blocked due to User Credential Policy"',
  'stuck.fix.code-policy.1': 'You cannot mend this: a setting of your company is in the way. Call your helpdesk.',

  'stuck.see.asked-again': 'I am asked to prove who I am again.',
  'stuck.fix.asked-again.1': 'That is normal after 5 minutes. Type the same code again. It works more than once.',

  'stuck.see.old-passkey': 'It asks for my old passkey, or for a phone or key that I do not have.',
  'stuck.fix.old-passkey.1': 'Press **Other ways to sign in**, then **Use Temporary Access Pass**, and type your code.',
  'stuck.fix.old-passkey.2': 'Asked again? The old passkey has to be removed by your helpdesk first.',

  'stuck.see.wrong-account': "It shows somebody else's account, or a private one.",
  'stuck.fix.wrong-account.1': 'Close all windows and open a new private window (**InPrivate** or **Incognito**).',
  'stuck.fix.wrong-account.2': 'Choose **Use another account** and type your work account.',

  'stuck.see.loop': 'It goes round and round between Authenticator and Security info.',
  'stuck.fix.loop.1': 'Sign out everywhere on this device and wait 10 minutes.',
  'stuck.fix.loop.2':
    'Start again at step 1 with the same code. On a computer that waits for your phone, **Having trouble?** offers another way.',

  'stuck.see.dead-end': '"You cannot go any further", or "does not meet the criteria"',
  'stuck.fix.dead-end.1': 'Close all windows and wait 10 minutes: your permission may not have arrived everywhere.',
  'stuck.fix.dead-end.2': 'Then open a new private window and start again at step 1 with the same code.',

  'stuck.see.not-from-here': '"You cannot get there from here", or "app protection", or 53003',
  'stuck.fix.not-from-here.1': 'Connect the phone to the Wi-Fi of your company, or use a device of your company.',
  'stuck.fix.not-from-here.2': 'Still the same? A rule of your company is in the way. Call your helpdesk.',

  'stuck.see.risk': 'It says that my sign-in is risky or unusual.',
  'stuck.fix.risk.1': 'Stop here and call your helpdesk. They have to make sure that it is you.',

  'stuck.see.guest': 'It says that I am a guest here.',
  'stuck.fix.guest.1': 'Guests get their passkey in their own company. Call your helpdesk.',

  'stuck.see.wrong-place': 'It was saved in iCloud, Google or Samsung.',
  'stuck.fix.wrong-place.1': 'Delete it there: open the passwords app of the phone and remove the passkey.',
  'stuck.fix.wrong-place.2': 'Open **Authenticator**, tap your account, choose **Create a passkey**.',
  'stuck.fix.wrong-place.3': 'When you are asked where to save it, choose **Microsoft Authenticator**.',

  'stuck.see.exists': '"A passkey already exists", or "already registered"',
  'stuck.fix.exists.1': 'In **Authenticator** tap your account, then **Settings**, then **Delete passkey**.',
  'stuck.fix.exists.2': 'Then choose **Create a passkey** again.',

  'stuck.see.provider': 'It asks me again and again to switch Authenticator on.',
  'stuck.fix.provider.1':
    'iPhone: **Settings**, **General**, **AutoFill & Passwords**. Switch AutoFill on and tick **Authenticator**.',
  'stuck.fix.provider.2':
    'Android: search Settings for "passkey", open **Additional providers**, switch **Authenticator** on.',
  'stuck.fix.provider.3': 'Still asked on Android 14? Update to Android 15, or set up a security key instead.',

  'stuck.see.attestation': 'It says that the phone or the passkey could not be checked.',
  'stuck.fix.attestation.1': 'Wait 10 minutes and try again: the service that checks it may be busy.',
  'stuck.fix.attestation.2':
    'A phone whose protection was removed (rooted, jailbroken) cannot be used. Take another one.',

  'stuck.see.device-limit': 'It says that I have too many devices.',
  'stuck.fix.device-limit.1': 'An old device of yours has to be removed first. Call your helpdesk.',

  'stuck.see.not-listed': 'The passkey is not in the list to choose from.',
  'stuck.fix.not-listed.1':
    'Look for **Passkey**, **Security key or passkey**, or **Passkey in Microsoft Authenticator**.',
  'stuck.fix.not-listed.2': 'None of them is there? Your helpdesk has to switch it on for you.',

  'stuck.see.not-added': '"We were not able to add this method"',
  'stuck.fix.not-added.1': 'Your company may not accept this phone or key. If you have another one, try that.',
  'stuck.fix.not-added.2': 'No other one? Call your helpdesk.',

  'stuck.see.also-phone': 'It wants a phone number or an email address as well.',
  'stuck.fix.also-phone.1': 'Type it in, confirm it, and go on. It is only an extra.',
  'stuck.fix.also-phone.2': 'Then go back to your step and set up the passkey: the number alone is not enough.',

  'stuck.see.phone-only': 'The phone says it is done, the computer does not find it.',
  'stuck.fix.phone-only.1': 'Wait one minute and press **Next** on the computer again.',
  'stuck.fix.phone-only.2':
    'Still not found? In **Authenticator** tap your account, **Settings**, **Delete passkey**, and create it again.',

  'stuck.see.session-expired': 'The computer says that the session expired.',
  'stuck.fix.session-expired.1': 'Finish on the phone first.',
  'stuck.fix.session-expired.2':
    'Then sign in on the computer again with the same code. You have 15 minutes each time.',

  'stuck.see.square': 'I scanned the square and nothing happens.',
  'stuck.fix.square.1': 'Switch Bluetooth and internet on, on the phone and on the computer. Switch VPN off.',
  'stuck.fix.square.2': 'On an iPhone scan with the camera app, not inside Authenticator.',
  'stuck.fix.square.3': 'Hold the phone near the computer and scan again.',

  'stuck.see.orphan': 'My phone offers a passkey that does not work.',
  'stuck.fix.orphan.1': 'In **Authenticator** tap your account, then **Settings**, then **Delete passkey**.',
  'stuck.fix.orphan.2': 'Then choose **Create a passkey**, or start again at step 1 with your code.',

  'stuck.see.nudged': 'I am asked to set up yet another passkey.',
  'stuck.fix.nudged.1': 'You do not have to. Press **Skip for now**.',

  'stuck.none': 'Then a person has to look at it.',
  'stuck.seen.none': 'What I see: nothing new on your account yet.',
  'stuck.seen.authenticator': 'What I see: Authenticator is on your account, the passkey is still missing.',
  'stuck.seen.wrongKind': 'What I see: a passkey in a place that your company does not accept ({passkey}).',
  'stuck.seen.passkey': 'What I see: your passkey **{passkey}** is there.',
  'stuck.looked': 'I looked just now.',
  'stuck.passAsked':
    '{approver} has been asked for a new code. Wait for the call. The old code stops when the new one is made.',
  'stuck.helpAsked':
    'Your helpdesk has been told where you are and what you see. They call you, or call them yourself and say {reference}.',

  'stuck.button.look': 'Look again now',
  'stuck.button.pass': 'Ask for a new code',
  'stuck.button.help': 'Call the helpdesk',
  'stuck.button.again': 'That helped: go on',
} as const;
