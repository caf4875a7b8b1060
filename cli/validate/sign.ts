/**
 * Signs a report: a detached JSON Web Signature whose payload is the report's own bytes, not encoded.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7515#appendix-F
 * @see https://www.rfc-editor.org/rfc/rfc7797
 */
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from "node:crypto";
import { invalidOption } from "../errors";
import { readInputText } from "../input";

export interface SigningKey {
  readonly key: KeyObject;
  readonly algorithm: Algorithm;
}

interface Algorithm {
  /** Its name in a JSON Web Signature. */
  readonly name: "EdDSA" | "ES256" | "ES384";
  /** Absent where the algorithm has a hash of its own. */
  readonly hash?: "sha256" | "sha384";
}

/** By the type of the key, or by its curve. */
const ALGORITHMS: Readonly<Record<string, Algorithm>> = {
  ed25519: { name: "EdDSA" },
  prime256v1: { name: "ES256", hash: "sha256" },
  secp384r1: { name: "ES384", hash: "sha384" },
};

/** Reads a private key from a file in PEM. */
export function readSigningKey(path: string): SigningKey {
  const pem = readInputText(path, { name: "--sign", remedy: "name a file with a private key in PEM" });
  const key = parse(pem);
  const algorithm = key && ALGORITHMS[key.asymmetricKeyDetails?.namedCurve ?? key.asymmetricKeyType ?? ""];
  if (key && algorithm) return { key, algorithm };
  throw invalidOption({
    name: "--sign",
    rule: "must name a private key in PEM without a passphrase, Ed25519 or ECDSA with P-256 or P-384",
    got: path,
    remedy: "make one with openssl genpkey -algorithm ed25519 -out key.pem",
  });
}

function parse(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}

/** The detached signature of a report: a protected header, nothing, and the signature. */
export function signatureOf({ key, algorithm: { name, hash } }: SigningKey, report: string): string {
  const header = base64Url(JSON.stringify({ alg: name, b64: false, crit: ["b64"], kid: keyId(key) }));
  const signature = sign(hash, Buffer.from(`${header}.${report}`), { key, dsaEncoding: "ieee-p1363" });
  return `${header}..${base64Url(signature)}\n`;
}

/** The SHA-256 of the public key, as `openssl pkey -pubin -outform DER` writes it. */
function keyId(key: KeyObject): string {
  return createHash("sha256")
    .update(createPublicKey(key).export({ type: "spki", format: "der" }))
    .digest("hex");
}

function base64Url(content: string | Buffer): string {
  return Buffer.from(content).toString("base64url");
}
