/** Functions on texts that are partly unknown, as far as their known parts decide the result. */
import { isUnknown, splitAtUnknown, unknownsIn, unknownText } from "../../unknown";
import { shorten } from "../expression/placeholders";
import { isAccountOfCredentials } from "../resources/provider";
import { TEXT_FUNCTIONS } from "./texts";

/** Each returns `undefined` where the result depends on what is unknown. */
export const PARTLY_KNOWN_TEXT_FUNCTIONS: Readonly<Record<string, (...args: readonly string[]) => string | boolean | undefined>> = {
  endswith: (value = "", suffix = "") => decidedEnd(value, suffix),
  lower: (value = "") => inParts("lower", value),
  startswith: (value = "", prefix = "") => decidedStart(value, prefix),
  trimprefix: (value = "", prefix = "") => {
    const starts = decidedStart(value, prefix);
    return starts === undefined ? undefined : starts ? value.slice(prefix.length) : value;
  },
  trimsuffix: (value = "", suffix = "") => {
    const ends = decidedEnd(value, suffix);
    return ends === undefined ? undefined : ends ? value.slice(0, value.length - suffix.length) : value;
  },
  upper: (value = "") => inParts("upper", value),
};

/** Terraform changes the case of each character by itself, so the parts of a text can be changed one by one. */
function inParts(name: "lower" | "upper", value: string): string | undefined {
  if (isUnknown(value)) return undefined;
  const parts = splitAtUnknown(value).map((part) => {
    if (!isUnknown(part)) return TEXT_FUNCTIONS[name]!(part) as string | undefined;
    const source = unknownsIn(part)[0] ?? "";
    return isAccountOfCredentials(source) ? part : unknownText(shorten(`${name}(${source})`));
  });
  return parts.includes(undefined) ? undefined : parts.join("");
}

function decidedStart(value: string, prefix: string): boolean | undefined {
  const start = splitAtUnknown(value)[0]!;
  if (splitAtUnknown(prefix).length > 1) return undefined;
  return start.startsWith(prefix) ? true : prefix.startsWith(start) ? undefined : false;
}

function decidedEnd(value: string, suffix: string): boolean | undefined {
  const end = splitAtUnknown(value).at(-1)!;
  if (splitAtUnknown(suffix).length > 1) return undefined;
  return end.endsWith(suffix) ? true : suffix.endsWith(end) ? undefined : false;
}
