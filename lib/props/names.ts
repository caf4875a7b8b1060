/** Rules for texts that name something in AWS. */
import { isDay } from "../contract/terms";
import * as errors from "../errors";
import {
  brokenAccountIdRule,
  brokenBucketNameRule,
  brokenExternalIdRule,
  brokenKeyPrefixRule,
  brokenRoleNameRule,
  brokenRoleNameWithPathRule,
  brokenRolePathRule,
  parseIamArn,
} from "../names";
import { isRegion, PARTITIONS } from "../policy";
import { anyText, freeText, mapOf, type PropText, text, word } from "./kinds";
import type { Rule } from "./rule";

/** @param broken returns the rule that a text breaks. */
function named(broken: (text: string) => string | undefined, error: (value: PropText, rule: string) => Error): Rule {
  return text((value) => {
    const rule = broken(value.got);
    return rule === undefined ? undefined : error(value, rule);
  });
}

function arn(form: string, isRight: (arn: string) => boolean): Rule {
  return text((value) => (isRight(value.got) ? undefined : errors.invalidArn(value, form)));
}

export const bucketName: Rule = named(brokenBucketNameRule, errors.invalidBucketName);
export const roleName: Rule = named(brokenRoleNameRule, errors.invalidRoleName);
/** A role's name, with its path where it has one. */
export const roleNameWithPath: Rule = named(brokenRoleNameWithPathRule, errors.invalidRoleName);
export const rolePath: Rule = named(brokenRolePathRule, errors.invalidRolePath);
export const accountId: Rule = named(brokenAccountIdRule, errors.invalidAccountId);
export const region: Rule = text((value) => (isRegion(value.got) ? undefined : errors.unknownRegion(value)));
export const partition: Rule = word(PARTITIONS);

export const roleArn: Rule = iamArnOf("role");
export const userArn: Rule = iamArnOf("user");
export const principalArn: Rule = arn("the ARN of an IAM role, user or account root", (given) => parseIamArn(given) !== undefined);
export const managedPolicyArn: Rule = arn("the ARN of a managed policy", (given) =>
  /^arn:[a-z-]+:iam::(\d{12}|aws):policy\/.+$/.test(given),
);
export const kmsKeyArn: Rule = arn("the ARN of a KMS key (an alias would resolve in the vendor's account)", (given) =>
  /^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/.+$/.test(given),
);

function iamArnOf(kind: "role" | "user"): Rule {
  return arn(
    `the ARN of an IAM ${kind} (arn:<partition>:iam::<account>:${kind}/<name>)`,
    (given) => parseIamArn(given)?.resource.startsWith(`${kind}/`) === true,
  );
}

/** A path in the bucket; empty for its root. */
export const keyPrefix: Rule = anyText((value) => {
  const rule = brokenKeyPrefixRule(value.got);
  return rule === undefined ? undefined : errors.malformedKeyPrefix(value, rule);
});

/** An ID that no message shows. */
export const externalIds: Rule = {
  isOptional: false,
  item: freeText,
  check: (value, isKnown) => {
    if (!Array.isArray(value.got)) return errors.wrongType({ ...value, got: "not shown" }, "a list");
    const ids: readonly unknown[] = [...value.got];
    const rules = ids.map((id, index) => {
      if (id !== undefined && !isKnown(id)) return undefined;
      if (typeof id !== "string") return `must hold strings only, which [${index}] is not`;
      return /^(undefined|null|NaN)$/.test(id) ? `must not hold ${JSON.stringify(id)}` : brokenExternalIdRule(id);
    });
    const rule = rules.find((broken) => broken !== undefined);
    return rule === undefined ? undefined : errors.invalidExternalId(rule, ids.length, value.at);
  },
};

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export const roleDescription: Rule = anyText((value) => {
  if (value.got.length > 1000) return errors.malformedDescription(value, "must have at most 1000 characters");
  const isLatin = /^[\t\n\r\u0020-\u007e\u00a1-\u00ff]*$/.test(value.got);
  return isLatin ? undefined : errors.malformedDescription(value, "must hold only the Latin letters and signs that IAM accepts");
});

const TAG_CHARACTERS = /^[\p{L}\p{N}\p{Z}_.:/=+\-@]*$/u;
const TAG_CHARACTERS_RULE = "must hold only letters, digits, spaces and _ . : / = + - @";

/** @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
export const tags: Rule = mapOf(
  anyText((value) => {
    if (value.got.length > 256) return errors.malformedTag(value, "must have at most 256 characters");
    return TAG_CHARACTERS.test(value.got) ? undefined : errors.malformedTag(value, TAG_CHARACTERS_RULE);
  }),
  (key, value) => {
    if (/^aws:/i.test(key)) return errors.malformedTag(value, 'must not hold a key that begins with "aws:", which AWS reserves');
    if (key === "" || key.length > 128) return errors.malformedTag(value, "must hold keys of 1 to 128 characters");
    if (!TAG_CHARACTERS.test(key)) return errors.malformedTag(value, `${TAG_CHARACTERS_RULE} in its keys`);
    return undefined;
  },
);

/** A time of day, UTC. */
export const timeOfDay: Rule = text((value) => (/^([01]\d|2[0-3]):[0-5]\d$/.test(value.got) ? undefined : errors.malformedTime(value)));

/** A day of the calendar. */
export const day: Rule = text((value) => (isDay(value.got) ? undefined : errors.malformedDay(value)));

/** Names and values of environment variables and the like. */
export const texts: Rule = mapOf(freeText);
