import type { Failure } from "../aws";

/** Whether S3 certainly did not store the object. After a broken connection, a server error or a second try, it may have. */
export function isRefusal({ status = 0, attempts, code, causeId }: Failure): boolean {
  return attempts === 1 && status >= 300 && status < 500 && code !== "RequestTimeout" && causeId !== "not-aws";
}
