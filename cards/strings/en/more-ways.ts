/** Ways that are offered only where the company accepts such passkeys. */
export const moreWays = {
  'guide.route.windows': 'Windows computer',
  'guide.route.synced': 'Passkey that your phone keeps',

  'step.windows.1':
    'Use your own Windows computer, with Windows Hello switched on (face, fingerprint or PIN). Have your code ready.',
  'step.windows.2': 'Open a new private window (**InPrivate** or **Incognito**) and go to **aka.ms/mysecurityinfo**.',
  'step.windows.3': 'Type your account: {upn}',
  'step.windows.4': 'On the page *Temporary Access Pass*, type your code. Leave out the spaces.',
  'step.windows.5':
    'Choose **I want to set up a different method**, or **Add sign-in method**, then **Security key or passkey**.',
  'step.windows.6':
    'In the window of your computer choose **This Windows device**. It may be under **More choices**. Show your face, touch the reader, or type your PIN.',
  'step.windows.7': "Give the passkey a name and press **Done**. Then press **I'm done** below.",

  'step.synced.1':
    'Update your phone and set a screen lock. Switch on the passwords app of your phone (iCloud Keychain or Google Password Manager). Have your code ready.',
  'step.synced.2': 'On the phone open the browser and go to **aka.ms/mysecurityinfo**.',
  'step.synced.3': 'Type your account: {upn}',
  'step.synced.4': 'On the page *Temporary Access Pass*, type your code. Leave out the spaces.',
  'step.synced.5': 'Press **Add sign-in method**, choose **Passkey**, then **Next**.',
  'step.synced.6': 'Say yes to every Face ID or fingerprint question.',
  'step.synced.7': "Give the passkey a name and press **Done**. Then press **I'm done** below.",
} as const;
