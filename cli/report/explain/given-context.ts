import { EVERY_REQUEST } from "../../../lib/contract";
import type { AccessRequest } from "../../../lib/evaluate";

/** The context without keys that every request has and for which the user gave no value. */
export function givenContext(context: AccessRequest["context"]): AccessRequest["context"] {
  return Object.fromEntries(Object.entries(context).filter(([key, value]) => EVERY_REQUEST[key] !== value));
}
