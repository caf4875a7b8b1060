/** What an acceptance of a finding is limited to, and who is responsible for it. */
export interface AcceptFindingOptions {
  /**
   * Sid of the only policy statement in which the finding is accepted.
   *
   * Leave it out for the default: `undefined` is refused, so that an environment variable that is not set never accepts more.
   *
   * @default - wherever it is found
   */
  readonly statement?: string;
  /**
   * Who accepts the finding, for people: `security`.
   *
   * @default - nobody is named
   */
  readonly owner?: string;
  /**
   * The last day on which the acceptance holds, in UTC: `2027-06-30`.
   *
   * From the next day on, `check` reports the finding again. Synthesis and `validate` do not look at the day, because neither may
   * begin to fail while nobody changes anything.
   *
   * Leave it out for the default: `undefined` is refused, so that an environment variable that is not set never removes the day.
   *
   * @default - it never expires
   */
  readonly expires?: string;
}
