/** Recovering: what helpdesk, the approver and the person read about the passkey that is lost, stolen or replaced. */
export const recover = {
  'recover.title': 'Recover {subject}',
  'recover.text': 'These passkeys are on the account. Nothing has been changed yet.',
  'recover.passkey': '{passkey}, added {at}',
  'recover.passkey.undated': '{passkey}, no date known',
  'recover.passkey.notAccepted': '{passkey} (a kind that is not accepted here)',
  'recover.cheaper.title': 'First look for a way without a code and without a set-up window:',
  'recover.cheaper.other':
    'Does another of these still work (a laptop, a spare key)? With it {subject} signs in at **aka.ms/mysecurityinfo**, adds the new passkey there and deletes the old one.',
  'recover.cheaper.replaced':
    'Is the old phone still there, only replaced? Then {subject} adds the new one with the old one in hand, in the same way.',
  'recover.loss.label': 'What happened to the old one?',
  'recover.loss.lost': 'Lost or broken',
  'recover.loss.stolen': 'Stolen, or somebody else may have it',
  'recover.loss.replaced': 'Replaced, and nobody else can have it',
  'recover.loss.needed': 'Choose what happened.',
  'recover.loss.stolenNote':
    'Stolen: every sign-in of {subject} is ended at once when you send this, before anybody approves.',
  'recover.old.label': 'Which has to go?',
  'recover.old.needed': 'Choose at least one.',
  'recover.old.onboard':
    'I delete what you choose when the set-up window opens, after the approval. It is not put back, whatever happens then.',
  'recover.old.hand':
    'I may not delete it here. After the approval somebody has to do it in the Entra admin center; I wait until it is gone.',
  'recover.noneWorks': '{subject} can use none of the passkeys that stay',
  'recover.button': 'Ask for the recovery',
  'summary.recover': 'Recover: choose what has to go',
  'recover.asked': '{reference} was opened for {subject}.',

  'loss.lost': 'lost or broken',
  'loss.stolen': 'stolen',
  'loss.replaced': 'replaced',

  'fact.loss': 'The old one is',
  'fact.old': 'Old passkey that goes',
  'fact.old.gone': '{passkey}: gone, read back {at}',
  'fact.old.onboard': '{passkey}: I delete it when the set-up window opens',
  'fact.old.hand': '{passkey}: somebody has to delete it by hand',
  'fact.theft': 'Sign-ins ended because of the theft',

  'approval.recover.onboard':
    'When it begins, I delete the old passkey: **{passkey}**. That cannot be undone, also if no new one is set up.',
  'approval.recover.hand':
    'Before it can begin, an administrator has to delete the old passkey: **{passkey}**. I look for it every minute.',
  'approval.recover.stolen':
    'It was reported as stolen. Be sure that you speak to {subject}, on a number that you already had, or in person.',

  'recover.hand.title': '**To do:** delete the old passkey **{passkey}**. The set-up cannot begin before that.',
  'recover.hand.clicks':
    'In the Microsoft Entra admin center open **Users**, then {account}, then **Authentication methods**. Press the three dots beside the passkey, then **Delete**. I look every minute and say so here.',
  'recover.notPutBack': 'The old passkey **{passkey}** was deleted and is not put back. {subject} may have none now.',

  'oldGone.title': '{subject} can begin now',
  'oldGone.text':
    'The old passkey is gone. Press **Show pass** on your card when you are with {subject}, before {until}.',

  'guide.recover.old':
    'Your old passkey is deleted. If a phone or key still offers it, it does not work any more: delete it there too.',
  'subject.recovered.clean':
    'Delete what is left of the old one: in the old **Authenticator** tap your account, **Settings**, **Delete passkey**.',

  'called.title': '{reference}: {subject} needs you',
  'called.text': '{subject} is stuck and asked for a person. Call on a number that you already have.',
  'called.over': 'This has ended meanwhile: {state}.',
  'fact.sees': 'Sees',
  'fact.sees.other': 'something that is not in the list',
  'fact.where': 'Where',
  'fact.where.step': '{route}, step {step} of {steps}: {text}',
  'fact.tried': 'Was told',
  'fact.onboardSees': 'What I see',

  'denied.title': 'Thank you. It is being looked into now',
  'denied.text':
    'Your helpdesk and {approver} have been told that the passkey is not yours, and every sign-in of your account is being ended. Call your helpdesk now, on a number you know.',
  'alert.subject-denies':
    '{subject} says that the passkey which was added is not theirs. Look at the account now, and delete the passkey unless it is a mistake.',
} as const;
