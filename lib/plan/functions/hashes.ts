/** Hashes and identifiers that follow from the arguments. @see https://developer.hashicorp.com/terraform/language/functions */
import { createHash } from "node:crypto";
import { counted, type Functions, fail, text } from "./arguments";

type HashName = keyof typeof ALGORITHMS;

const ALGORITHMS = {
  base64sha256: ["sha256", "base64"],
  base64sha512: ["sha512", "base64"],
  md5: ["md5", "hex"],
  sha1: ["sha1", "hex"],
  sha256: ["sha256", "hex"],
  sha512: ["sha512", "hex"],
} as const;

export const HASH_FUNCTIONS: Functions = {
  base64sha256: ofText("base64sha256"),
  base64sha512: ofText("base64sha512"),
  md5: ofText("md5"),
  sha1: ofText("sha1"),
  sha256: ofText("sha256"),
  sha512: ofText("sha512"),
  uuidv5: counted(2, 2, (namespace, name) => uuid(text(namespace), text(name))),
};

function ofText(name: HashName): Functions[string] {
  return counted(1, 1, (value) => digestOf(Buffer.from(text(value), "utf8"), name));
}

/** The hash of bytes, as the function of this name writes it. */
export function digestOf(bytes: Uint8Array, name: HashName): string {
  const [algorithm, encoding] = ALGORITHMS[name];
  return createHash(algorithm).update(bytes).digest(encoding);
}

/** @see https://www.rfc-editor.org/rfc/rfc9562#name-namespace-id-usage-and-allo */
const NAMESPACES: ReadonlyMap<string, string> = new Map([
  ["dns", "6ba7b810-9dad-11d1-80b4-00c04fd430c8"],
  ["url", "6ba7b811-9dad-11d1-80b4-00c04fd430c8"],
  ["oid", "6ba7b812-9dad-11d1-80b4-00c04fd430c8"],
  ["x500", "6ba7b814-9dad-11d1-80b4-00c04fd430c8"],
]);
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

function uuid(namespace: string, name: string): string {
  const id = NAMESPACES.get(namespace) ?? namespace;
  if (!UUID.test(id)) return fail("the namespace is not a UUID");
  const bytes = createHash("sha1").update(id.replaceAll("-", ""), "hex").update(name, "utf8").digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
