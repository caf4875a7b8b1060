/** Something around the bucket that could not be read. It is listed as not checked, and makes no result unknown. */
import { type Failure, type OperationName, rightFor, showFailure } from "../../aws";

export interface Unseen {
  /** For people: `Block Public Access of the account`. */
  readonly subject: string;
  /** The right that reading it takes. */
  readonly right: string;
  readonly why: string;
}

export function unseen(subject: string, operation: OperationName, failure: Failure): Unseen {
  return { subject, right: rightFor(operation), why: showFailure(failure) };
}
