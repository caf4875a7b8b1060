/**
 * Functions that read files of the configuration.
 *
 * @see https://developer.hashicorp.com/terraform/language/functions/file
 */
import type { Frame } from "../expression/scope";
import type { Expression } from "../expression/syntax";
import { asText, EvaluationFailure, isPartlyUnknown, setOf } from "../expression/value";
import type { ProjectFile } from "../files/project-files";
import { text } from "./arguments";
import { decodeUtf8 } from "./encodings";
import { digestOf } from "./hashes";

type Call = Expression & { kind: "call" };
type FileFunction = (call: Call, args: readonly unknown[], frame: Frame) => unknown;

/** Each hashes the bytes of a file, whatever text they encode, as the function of this name hashes those of a text. */
const HASHES = {
  filebase64sha256: "base64sha256",
  filebase64sha512: "base64sha512",
  filemd5: "md5",
  filesha1: "sha1",
  filesha256: "sha256",
  filesha512: "sha512",
} as const;

/** Each returns `undefined` where the result is unknown. */
export const FILE_FUNCTIONS: ReadonlyMap<string, FileFunction> = new Map<string, FileFunction>([
  ["file", (call, [path], frame) => textOfFile(call, path, frame)],
  ["filebase64", (call, [path], frame) => bytesOfFile(call, path, frame)?.toString("base64")],
  ["fileexists", exists],
  ["fileset", filesLike],
  ...Object.entries(HASHES).map(([name, hash]): [string, FileFunction] => [
    name,
    (call, [path], frame) => {
      const bytes = bytesOfFile(call, path, frame);
      return bytes && digestOf(bytes, hash);
    },
  ]),
]);

/** The content of the file at a path; undefined where it is unknown. Throws `EvaluationFailure` where there is no such file. */
export function textOfFile(call: Call, path: unknown, frame: Frame): string | undefined {
  const bytes = bytesOfFile(call, path, frame);
  return bytes && decodeUtf8(bytes).normalize("NFC");
}

function bytesOfFile(call: Call, path: unknown, frame: Frame): Buffer | undefined {
  const file = fileAt(path, frame);
  if (file === undefined) return undefined;
  if ("bytes" in file) return Buffer.from(file.bytes);
  if (file.isMissing) throw new EvaluationFailure(file.problem);
  if (!frame.trying) frame.scope.report("unresolved-reference", `"${call.source}" is not read: ${file.problem}`);
  return undefined;
}

/** Undefined where the path is unknown, or leads to a home directory, which may be that of another machine. */
function fileAt(path: unknown, { scope: { files } }: Frame): ProjectFile | undefined {
  if (files === undefined || isPartlyUnknown(path)) return undefined;
  const name = text(path);
  return name.startsWith("~") ? undefined : files.read(name);
}

function exists(_call: Call, [path]: readonly unknown[], frame: Frame): boolean | undefined {
  const file = fileAt(path, frame);
  if (file === undefined) return undefined;
  if ("bytes" in file) return true;
  return file.isMissing ? false : undefined;
}

/** Wildcards that Terraform shares with the shell. Others are unknown. */
const PATTERN = /\*\*\/?|[*?]|\{[^{}[\]\\]*\}|[^*?{}[\]\\]/g;

function filesLike(_call: Call, [folder, pattern]: readonly unknown[], { scope: { files } }: Frame): unknown {
  if (files === undefined || isPartlyUnknown(folder) || isPartlyUnknown(pattern)) return undefined;
  const wanted = text(pattern);
  const parts = wanted.match(PATTERN) ?? [];
  if (parts.join("") !== wanted || wanted.startsWith("/") || wanted.includes("..")) return undefined;
  const expression = new RegExp(`^${parts.map(expressionOf).join("")}$`, "s");
  const found = files.list(asText(folder) ?? "", wanted.includes("**") ? Number.POSITIVE_INFINITY : wanted.split("/").length);
  return found && setOf(found.filter((path) => expression.test(path)));
}

function expressionOf(part: string): string {
  if (part === "**/") return "(?:[^/]+/)*";
  if (part === "**") return ".*";
  if (part === "*") return "[^/]*";
  if (part === "?") return "[^/]";
  if (part.startsWith("{")) return `(?:${part.slice(1, -1).split(",").map(literally).join("|")})`;
  return literally(part);
}

function literally(part: string): string {
  return part
    .replace(/[.+^$()|]/g, "\\$&")
    .replaceAll("*", "[^/]*")
    .replaceAll("?", "[^/]");
}
