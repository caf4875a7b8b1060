/** Members of a vendor's profile. */
import { message, type PropValue } from "./message";

export function malformedProfileId(value: PropValue): Error {
  return message({ ...value, code: "MalformedProfile", rule: "must be kebab-case", remedy: 'use e.g. "acme-logs"' });
}

/** A path, or JSON that was not parsed, in place of the object. */
export function profileIsText(value: PropValue): Error {
  const remedy = 'parse the file first: VendorProfile.fromJson(JSON.parse(readFileSync("acme.json", "utf8")))';
  return message({ ...value, code: "WrongType", rule: "must be an object, not a path or a text", remedy });
}

/** @param known members of the same object. @param nearest the one of them that is probably meant */
export function unknownMember(value: PropValue, known: readonly string[], nearest: string | undefined): Error {
  const path = value.prop.slice(0, value.prop.lastIndexOf(".") + 1);
  const remedy = nearest === undefined ? `use one of ${known.join(", ")}` : `write '${path}${nearest}'`;
  return message({ ...value, code: "UnknownMember", rule: "must be a member of a vendor profile", remedy });
}

/** @param level `a bucket` or `an object` */
export function actionNotOn(value: PropValue, level: string, listDate: string): Error {
  const rule = `must be an action of Amazon S3 on ${level}`;
  return message({ ...value, code: "UnknownAction", rule, remedy: `write it as AWS's list of ${listDate} does` });
}

export function actionWithWildcard(value: PropValue): Error {
  const rule = "must name one action, since each is tried";
  return message({ ...value, code: "WildcardAction", rule, remedy: "name the actions of a delivery one by one" });
}

export function nothingExercised(value: PropValue): Error {
  const rule = "must hold what the vendor does, since the documented permissions name no single action";
  return message({
    ...value,
    code: "NothingExercised",
    rule,
    remedy: 'give e.g. { "bucketActions": [], "objectActions": ["s3:PutObject"] }',
  });
}

export function malformedPrincipal(value: PropValue): Error {
  const rule = "must be the ARN of an IAM role or user, or an account ID";
  return message({ ...value, code: "MalformedPrincipal", rule, remedy: "copy it from the vendor's page" });
}
