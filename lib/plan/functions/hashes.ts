/** Hashes and identifiers that follow from the arguments. @see https://developer.hashicorp.com/terraform/language/functions */
import { createHash } from "node:crypto";
import { counted, type Functions, fail, text } from "./arguments";

export const HASH_FUNCTIONS: Functions = {
  base64sha256: hash("sha256", "base64"),
  base64sha512: hash("sha512", "base64"),
  md5: hash("md5", "hex"),
  sha1: hash("sha1", "hex"),
  sha256: hash("sha256", "hex"),
  sha512: hash("sha512", "hex"),
  uuidv5: counted(2, 2, (namespace, name) => uuid(text(namespace), text(name))),
};

function hash(algorithm: string, encoding: "hex" | "base64"): Functions[string] {
  return counted(1, 1, (value) => createHash(algorithm).update(text(value), "utf8").digest(encoding));
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
