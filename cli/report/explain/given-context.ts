import { EVERY_REQUEST } from "../../../lib/contract";
import type { AccessRequest } from "../../../lib/evaluate";

/** Without the keys that every request has and whose value nobody gave. */
export function givenContext(context: AccessRequest["context"]): AccessRequest["context"] {
  return Object.fromEntries(Object.entries(context).filter(([key, value]) => EVERY_REQUEST[key] !== value));
}
