/** The resources of a question, by their types. */
import { OTHER_TYPE } from "./data";
import { RESOURCE } from "./policies";
import {
  LimitedCache,
  type Literal,
  type Pattern,
  patternOf,
  patternOfTokens,
  plain,
  positive,
  some,
  stringTest,
  type Token,
} from "./sets";
import { fillUnknown, partsOfText } from "./unknown";

export interface TypedResources {
  readonly type: string;
  readonly patterns: readonly Pattern[];
  /** Limits the patterns to the type, where they do not do so themselves. */
  readonly within?: Pattern;
}

/** The types of resources that a text stands for. The name of a bucket with a wildcard stands for buckets and their objects. */
export function typedResources(text: string, partition: string): readonly TypedResources[] {
  return cached.get(`${partition} ${text}`, () => readResources(text, partition));
}

const cached = new LimitedCache<readonly TypedResources[]>(2_000);

/** As a resource of a question: the `*` that AWS compares for an action that applies to no type of resource. */
export const NO_RESOURCE = "no resource";
/** As a resource of a question: what the ARNs match, for actions that apply to no bucket, object, role session or key. */
export function otherResources(arns: string): string {
  return OTHER + arns;
}

const OTHER = "other ";

function readResources(text: string, partition: string): readonly TypedResources[] {
  if (text === NO_RESOURCE) return [{ type: OTHER_TYPE, patterns: [patternOf(["*"], { wildcards: false })] }];
  if (text.startsWith(OTHER))
    return [{ type: OTHER_TYPE, patterns: [patternOf(partsOfText(text.slice(OTHER.length)), { wildcards: true })] }];
  const pattern = patternOf(partsOfText(text), { wildcards: true });
  const plainText = fillUnknown(text, "x");
  if (/:role\//.test(plainText) || /^arn:[^:]*:iam:/.test(plainText)) return [{ type: "role", patterns: [pattern] }];
  if (/^arn:[^:]*:kms:/.test(plainText)) return [{ type: /:alias\//.test(plainText) ? "alias" : "key", patterns: [pattern] }];
  const slash = plainText.indexOf("/");
  const wildcard = plainText.search(/[*?]/);
  if (wildcard !== -1 && (slash === -1 || wildcard < slash)) {
    const bucket = [...plain(`arn:${partition}:s3:::`), ...some("notSlash", 1), ...some("notSlash")];
    return [
      { type: "bucket", patterns: [pattern], within: patternOfTokens(bucket) },
      { type: "object", patterns: [pattern], within: patternOfTokens([...bucket, ...plain("/"), ...some("any", 1), ...some("any")]) },
    ];
  }
  if (slash === -1) return [{ type: "bucket", patterns: [pattern] }];
  return [{ type: "object", patterns: [plainText.endsWith("/*") ? withKey(pattern) : pattern] }];
}

/** An object's key has at least one character. */
function withKey({ tokens }: Pattern): Pattern {
  const one: Token = { kind: "one", of: "any" };
  return patternOfTokens([...tokens.slice(0, -1), one, ...tokens.slice(-1)]);
}

export function resourceLiterals(resources: readonly TypedResources[]): readonly (readonly Literal[])[] {
  const whole = resources.filter(({ within }) => within === undefined).flatMap(({ patterns }) => patterns);
  const bounded = resources.flatMap(({ within, patterns }) =>
    within === undefined
      ? []
      : [[positive(RESOURCE, stringTest(patterns, { isText: true })), positive(RESOURCE, stringTest([within], { isText: true }))]],
  );
  return [...(whole.length === 0 ? [] : [[positive(RESOURCE, stringTest(whole, { isText: true }))]]), ...bounded];
}
