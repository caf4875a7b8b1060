/** Limits how long one call may take, and retries within that time. */

/** TCP connection. A host that does not answer within this time rarely does later. */
export const CONNECT_MS = 5_000;
/** For the first requests of a run, which show whether there is a network at all. */
export const FIRST_CONNECT_MS = 2_000;
/** From a request to its answer. */
export const ANSWER_MS = 10_000;
/** The same for a part of a multipart upload, which has 5 MB. */
export const UPLOAD_ANSWER_MS = 60_000;
/** All attempts of one call together. */
const CALL_MS = 30_000;
const UPLOAD_CALL_MS = 120_000;

/** How often a broken TLS handshake is tried again. The SDK does not; nothing was sent, so it is safe for every operation. */
const HANDSHAKES = 4;
const FIRST_DELAY_MS = 200;

export interface Bounds {
  readonly isUpload: boolean;
  /** The caller's own signal. */
  readonly signal: AbortSignal | undefined;
}

/** Makes a call. Fails with a `TimeoutError` if it takes too long: AWS may have processed the request. */
export async function withinDeadline<T>(call: (signal: AbortSignal) => Promise<T>, { isUpload, signal }: Bounds): Promise<T> {
  const limitMs = isUpload ? UPLOAD_CALL_MS : CALL_MS;
  const stop = new AbortController();
  const forward = () => stop.abort(signal?.reason);
  if (signal?.aborted) forward();
  signal?.addEventListener("abort", forward, { once: true });
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    stop.abort();
  }, limitMs);
  try {
    return await retryHandshakes(() => call(stop.signal), stop.signal);
  } catch (error) {
    if (isLate) throw Object.assign(new Error(`no answer within ${limitMs / 1_000} s`), { name: "TimeoutError" });
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", forward);
  }
}

async function retryHandshakes<T>(call: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (!isBrokenHandshake(error) || attempt === HANDSHAKES || signal.aborted) throw error;
      await new Promise((resolve) => setTimeout(resolve, FIRST_DELAY_MS * 2 ** attempt));
    }
  }
}

/** Whether the TLS handshake broke. An untrusted certificate is not a broken handshake, because it would fail again. */
export function isBrokenHandshake(error: unknown): boolean {
  const { code, message = "" } = error as { readonly code?: unknown; readonly message?: string };
  return (
    code === "EPROTO" || (typeof code === "string" && /^ERR_(SSL|TLS)_(?!CERT)/.test(code)) || /before secure TLS connection/.test(message)
  );
}
