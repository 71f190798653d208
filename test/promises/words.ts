/** Verbs of cards, by what people mean when they press them. */
export const APPROVE = /approve/i;
export const SECOND = /second/i;
export const DECLINE = /decline|reject/i;

/** What people read as "this part is done". Each is checked against the tenant at the moment when it was said. */
export interface Claim {
  readonly part: 'completed' | 'left' | 'pass-gone' | 'signed-out';
  readonly words: RegExp;
}

export const CLAIMS: readonly Claim[] = [
  { part: 'completed', words: /\b(onboarding (is )?(complete|completed|finished)|completed\b)/i },
  {
    part: 'left',
    words:
      /\b(no longer (a member|in the (onboarding )?group|exempt)|is out of the (onboarding )?group|(was |has been )?(taken|removed) (out of|from) the (onboarding )?group|exemption (has )?ended)/i,
  },
  { part: 'pass-gone', words: /\bpass(es)? (is|are|was|were|has been) (gone|deleted|removed)|no pass (is )?left/i },
  {
    part: 'signed-out',
    words: /\b(sessions? (is|are|was|were|has been|have been) (revoked|ended)|signed out everywhere)/i,
  },
];
