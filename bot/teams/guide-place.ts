/** The public guide page, for cards that lead somebody there. Absent where no public address is configured. */
export interface GuidePlace {
  /** The general guide: the same for everybody, and it says nothing about anybody. `#iphone` and the like may follow. */
  readonly url: string;
  /**
   * A new personal link of an onboarding, with its token behind `#`. For an answer that is kept nowhere, like the one with
   * the pass: the store knows the token by hash only, and a stored message would undo that.
   */
  personal(onboardingId: string): Promise<string>;
}
