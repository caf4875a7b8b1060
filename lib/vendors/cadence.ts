/** When deliveries are due, as documented. */
export interface VendorCadence {
  /**
   * Longest time until the first delivery, in minutes.
   *
   * @default - not documented
   */
  readonly firstDeliveryWithinMinutes?: number;
  /**
   * Minutes between deliveries.
   *
   * @default - not documented, or daily
   */
  readonly everyMinutes?: number;
  /**
   * Time of a daily delivery, UTC, as `05:00`.
   *
   * @default - not daily
   */
  readonly dailyAtUtc?: string;
  /**
   * Minutes by which a delivery may be late.
   *
   * @default - not documented
   */
  readonly lateByMinutes?: number;
}
