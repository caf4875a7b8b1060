/** Results about credentials that cannot be used. */
import { type Failure, showCause } from "../aws";
import type { LiveResult } from "../report/validate";

export function identityFailure(id: string, title: string, failure: Failure): LiveResult {
  return unknownIdentity({ id, title, cause: showCause(failure), remedy: failure.remedy });
}

export function unknownIdentity({
  id,
  title,
  cause,
  remedy,
}: Pick<LiveResult, "id" | "title" | "cause"> & { readonly remedy: string | undefined }): LiveResult {
  return { id, title, kind: "extra", expected: "known", outcome: "unknown", deciding: [], cause, ...(remedy ? { remedy } : {}) };
}
