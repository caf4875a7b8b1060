/** One service in AWS's Service Authorization Reference. */
export interface ServiceData {
  /** Prefix of its actions. */
  readonly service: string;
  /** The day of the list. */
  readonly date: string;
  /** Condition keys with their types, separated by white space: `s3:max-keys=Numeric`. One with a variable part ends in a slash. */
  readonly keys: string;
  /** One line an action: name, access level, resource types, numbers of its condition keys in `keys`. */
  readonly actions: string;
}
