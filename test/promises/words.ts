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
  {
    part: 'completed',
    words:
      /\b(onboarding (is )?(complete|completed|finished)|completed\b|has a working passkey and|your passkey works|passkey .{1,80} is set up\b)/i,
  },
  {
    part: 'left',
    words:
      /\bno longer (a member|in the (onboarding )?group|exempt)|\bis out of the (onboarding )?group|\b(taken|removed) (out of|from) the (onboarding )?group|\bexemption (has )?ended|\bout of the (onboarding )?group: (?!not\b)|\bwindow (is|was) closed\b/i,
  },
  {
    part: 'pass-gone',
    words:
      /\b(pass|code)(es)? (is|are|was|were|has been) (gone|deleted|removed)|\bno (pass|code)( is)? left: (?!not\b)|\bno (pass|code) is left\b|\bthe code no longer (works|counts)/i,
  },
  {
    part: 'signed-out',
    words:
      /\bsessions? (is|are|was|were|has been|have been) (revoked|ended)|\bsigned out everywhere|\bold sign-ins ended: (?!not\b)/i,
  },
];
