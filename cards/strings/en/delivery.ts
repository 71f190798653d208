/** What is said about messages themselves: that there are too many, or that one does not arrive. */
export const delivery = {
  'click.tooMany': 'That was too much at once, and nothing was done. Wait a minute, then press again.',
  'chat.tooMany': 'That is more than I read in a minute: I did nothing with this. Wait a minute, then write again.',
  'neutral.title': 'Nothing here for you',
  'neutral.text': 'This card is somebody else’s. Type help to see what you can ask for.',
  'unreached.asked':
    '{reference}: my messages do not reach {subject} yet. As a rule that means that Teams was not opened there so far. It can go on without me: the approver hands over the code and reads out the steps. I keep trying.',
  'unreached.decision':
    '{reference}: my question about {subject} does not reach {approver}. Ask them to open Teams and to add the app. I keep trying, and ask the fallback approvers when there is no answer.',
  'unreached.approver':
    '{reference}: my messages do not reach {subject} yet. As a rule that means that Teams was not opened there so far. Read out the steps when you hand over the code, or print them. I keep trying.',
} as const;
