import { duplicateMembers, encodingOf, findJsonError, parseJson } from "../../json";
import { HclSyntaxError, parseHcl } from "../hcl";
import type { PlanFile } from "../types";
import { isConfigurationFile, isHclFile } from "./file-kind";
import { parseValues } from "./hcl-values";
import { fileNameOf } from "./paths";
import { PlanReadError } from "./plan-read-error";

const SHOW_PLAN = 'run "terraform show -json PLANFILE > plan.json" and give that file';
const texts = new WeakMap<PlanFile, string>();

/** The text of a file: UTF-8, or UTF-16 of either byte order, with or without byte order mark. */
export function textOfFile(file: PlanFile): string {
  let text = texts.get(file);
  if (text === undefined) {
    text = decodeBytes(file);
    texts.set(file, text);
  }
  return text;
}

function decodeBytes({ path, bytes }: PlanFile): string {
  const [first, second] = bytes;
  if (first === 0x50 && second === 0x4b) throw new PlanReadError(path, "is a binary plan", SHOW_PLAN);
  if (first === 0x1f && second === 0x8b) throw new PlanReadError(path, "is compressed (gzip)", "decompress it first");
  const encoding = encodingOf(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new PlanReadError(path, `is not ${encoding.toUpperCase()} text, or is too long`, "give Terraform JSON in UTF-8");
  }
}

/** Parses one file. Throws only `PlanReadError`. */
export function parseFile(file: PlanFile): unknown {
  const text = textOfFile(file);
  if (isHclFile(fileNameOf(file.path))) return parseNative(file, text);
  if (text.trim() === "") throw new PlanReadError(file.path, "is empty", "check that the command that wrote it succeeded");
  const duplicate = duplicateIn(file.path, text);
  if (duplicate !== undefined) {
    throw new PlanReadError(
      file.path,
      `has the member ${JSON.stringify(duplicate.name)} twice in one object, the second time at line ${duplicate.line}; Terraform reads both and other programs read one`,
      "merge the two",
    );
  }
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof RangeError) throw new PlanReadError(file.path, "is nested too deeply", "give Terraform JSON");
    if (looksLikeHcl(file.path, text)) {
      throw new PlanReadError(
        file.path,
        "is written in HCL, not JSON",
        `give it a name that ends with .tf, or run "terraform plan -out=PLANFILE", ${SHOW_PLAN}`,
      );
    }
    if (isBehindWrapper(text)) {
      const remedy = 'set "terraform_wrapper: false" in the step hashicorp/setup-terraform, or remove the lines around the JSON';
      throw new PlanReadError(file.path, "has lines of a wrapper before or after the JSON", remedy);
    }
    if (/^\s*\{"@level"/.test(text)) {
      throw new PlanReadError(
        file.path,
        'is the log of "terraform plan -json", not a plan',
        `run "terraform plan -out=PLANFILE", ${SHOW_PLAN}`,
      );
    }
    throw new PlanReadError(file.path, `is not JSON: ${describeError(text)}`, "give Terraform JSON: cdk.tf.json, .tf.json, or a plan");
  }
}

function parseNative({ path }: PlanFile, text: string): unknown {
  try {
    return path.endsWith(".tfvars") ? parseValues(text) : parseHcl(text);
  } catch (error) {
    if (!(error instanceof HclSyntaxError)) throw error;
    throw new PlanReadError(path, `is not valid HCL: ${error.message}`, 'correct it; "terraform validate" shows the place too');
  }
}

/** Only people write duplicate members, and their files are shorter than this. */
const LONGEST_BY_HAND = 2_000_000;

function duplicateIn(path: string, text: string): { readonly name: string; readonly line: number } | undefined {
  if (!isConfigurationFile(path) || text.length > LONGEST_BY_HAND) return undefined;
  try {
    JSON.parse(text);
    return duplicateMembers(text).next().value;
  } catch {
    return undefined;
  }
}

/** Comments, and the first block. A comment alone could begin a page of Markdown or YAML, too. */
const HCL_START = /^(?:\s|#.*|\/\/.*|\/\*[\s\S]*?\*\/)*(?:resource|data|module|variable|output|provider|locals|terraform)\b[^:{]*\{/;

function looksLikeHcl(path: string, text: string): boolean {
  if (path.endsWith(".hcl")) return true;
  return HCL_START.test(text.slice(0, 2000));
}

/**
 * Whether the JSON of `terraform show -json` is one of several lines, as wrappers print the command before it and `::debug::` lines after it.
 *
 * @see https://github.com/hashicorp/setup-terraform#inputs
 */
function isBehindWrapper(text: string): boolean {
  const lines = text.split("\n").map((line) => line.trim());
  return lines.some((line) => line.startsWith('{"format_version"') && isJson(line)) && !isJson(text);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function describeError(text: string): string {
  const at = findJsonError(text);
  const before = text.slice(0, at);
  const line = before.split("\n").length;
  const column = before.length - before.lastIndexOf("\n");
  const problem = at >= text.length ? "unexpected end" : `unexpected ${JSON.stringify(text[at])}`;
  return `${problem} at line ${line}, column ${column}`;
}
