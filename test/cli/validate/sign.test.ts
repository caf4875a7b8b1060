/** `--sign`: a detached signature that standard tools verify. */
import { execFileSync, spawnSync } from "node:child_process";
import { generateKeyPairSync, type KeyObject, verify } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readSettings } from "../../../cli/validate/settings";
import { readSigningKey, signatureOf } from "../../../cli/validate/sign";
import { cli } from "../run-program";

const REPORT = '{"bucket":"ä → b"}\n';
const KINDS = [
  ["EdDSA", () => generateKeyPairSync("ed25519"), undefined],
  ["ES256", () => generateKeyPairSync("ec", { namedCurve: "P-256" }), "sha256"],
  ["ES384", () => generateKeyPairSync("ec", { namedCurve: "P-384" }), "sha384"],
] as const;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sign-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function keyFile(name: string, key: KeyObject): string {
  const path = join(folder, name);
  writeFileSync(path, key.export({ type: "pkcs8", format: "pem" }));
  return path;
}

/** Verifies as any JOSE library does. */
function isValid(jws: string, report: string, publicKey: KeyObject, hash: string | undefined): boolean {
  const [header, payload, signature] = jws.trim().split(".") as [string, string, string];
  expect(payload).toBe("");
  const key = { key: publicKey, dsaEncoding: "ieee-p1363" } as const;
  return verify(hash, Buffer.from(`${header}.${report}`), key, Buffer.from(signature, "base64url"));
}

describe.each(KINDS)("a signature by %s", (name, generate, hash) => {
  test("is valid for the report, and for no other report or key", () => {
    const { privateKey, publicKey } = generate();

    const jws = signatureOf(readSigningKey(keyFile(`${name}.pem`, privateKey)), REPORT);

    const header = JSON.parse(Buffer.from(jws.split(".")[0]!, "base64url").toString());
    expect(header).toEqual({ alg: name, b64: false, crit: ["b64"], kid: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(isValid(jws, REPORT, publicKey, hash)).toBe(true);
    expect(isValid(jws, REPORT.replace("b", "c"), publicKey, hash)).toBe(false);
    expect(isValid(jws, REPORT, generate().publicKey, hash)).toBe(false);
  });
});

test.each([
  ["no key", () => "hello"],
  ["an RSA key", () => generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs8", format: "pem" }) as string],
  [
    "a key of another curve",
    () => generateKeyPairSync("ec", { namedCurve: "secp256k1" }).privateKey.export({ type: "pkcs8", format: "pem" }) as string,
  ],
  ["a public key", () => generateKeyPairSync("ed25519").publicKey.export({ type: "spki", format: "pem" }) as string],
  [
    "a key with a passphrase",
    () =>
      generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "x" }) as string,
  ],
])("fails for %s", (_, content) => {
  const path = join(folder, "wrong.pem");
  writeFileSync(path, content());

  expect(() => readSigningKey(path)).toThrow(
    `InvalidOption: '--sign' must name a private key in PEM without a passphrase, Ed25519 or ECDSA with P-256 or P-384, got ${JSON.stringify(path)}; make one with openssl genpkey -algorithm ed25519 -out key.pem`,
  );
});

test("fails without a file, and where two signatures would go to one file", () => {
  const options = { strangerProfile: [], concurrency: "1" };
  const sign = keyFile("two.pem", generateKeyPairSync("ed25519").privateKey);

  expect(() => readSettings({ ...options, format: ["json"], sign: join(folder, "none.pem") }, {})).toThrow("UnreadableFile: '--sign'");
  expect(() => readSettings({ ...options, format: ["text", "json=report"], sign }, {})).toThrow(
    "InvalidOption: '--signature' must name another file than a report of --format or its signature, got \"report.jws\"; write for example --signature stdout.jws",
  );
});

const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;

describe("the command", () => {
  const contract = join(__dirname, "..", "contracts", "kandji.json");
  const argv = ["validate", "--contract", contract, "--endpoint-url", "https://127.0.0.1:9", "--timeout-seconds", "0", "--profile", "none"];

  test.skipIf(!hasOpenssl)(
    "signs what it prints, and the lines of the documentation verify it",
    async () => {
      const { privateKey, publicKey } = generateKeyPairSync("ed25519");
      const key = keyFile("key.pem", privateKey);
      writeFileSync(join(folder, "key.pub.pem"), publicKey.export({ type: "spki", format: "pem" }));

      const { code, out } = await cli(...argv, "--format", "json", "--sign", key, "--signature", join(folder, "report.jws"));

      expect(code).toBe(3);
      expect(isValid(readFileSync(join(folder, "report.jws"), "utf8"), out, publicKey, undefined)).toBe(true);
      writeFileSync(join(folder, "report.json"), out);
      const page = readFileSync(`${__dirname}/../../../docs/validate.md`, "utf8");
      const script = /```sh verify\n(.*?)```/s.exec(page)![1]!;
      const run = () => execFileSync("bash", ["-ec", script], { cwd: folder, encoding: "utf8", stdio: "pipe" });
      expect(run()).toContain("Signature Verified Successfully");
      writeFileSync(join(folder, "report.json"), `${out} `);
      expect(run).toThrow();
    },
    60_000,
  );

  test.each(["text", "markdown", "junit", "html", "json"])(
    "signs %s on stdout, and each file by a signature beside it",
    async (format) => {
      const { privateKey, publicKey } = generateKeyPairSync("ed25519");
      const key = keyFile(`${format}.pem`, privateKey);
      const [signature, file] = [join(folder, `${format}.jws`), join(folder, `file-of-${format}`)];

      const { out } = await cli(...argv, "--format", format, "--format", `${format}=${file}`, "--sign", key, "--signature", signature);

      expect(out).not.toBe("");
      expect(isValid(readFileSync(signature, "utf8"), out, publicKey, undefined)).toBe(true);
      const written = readFileSync(file, "utf8");
      expect(isValid(readFileSync(`${file}.jws`, "utf8"), written, publicKey, undefined)).toBe(true);
      expect(isValid(readFileSync(`${file}.jws`, "utf8"), `${written} `, publicKey, undefined)).toBe(false);
    },
    60_000,
  );

  test("fails before it asks anything where the key cannot be used, and prints no report where the signature cannot be written", async () => {
    const { code, out, err } = await cli(...argv, "--format", "json", "--sign", join(folder, "none.pem"));
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain("UnreadableFile: '--sign'");

    const key = keyFile("key2.pem", generateKeyPairSync("ed25519").privateKey);
    const unwritable = await cli(...argv, "--format", "json", "--sign", key, "--signature", join(folder, "none", "report.jws"));
    expect([unwritable.code, unwritable.out]).toEqual([2, ""]);
    expect(unwritable.err).toContain("'--signature'");
  });
});
