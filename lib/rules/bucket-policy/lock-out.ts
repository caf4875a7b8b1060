import { accountOf } from "../../contract";
import { type CompiledPolicy, type CompiledStatement, type Condition, decide, OUTSIDE_ACCOUNTS, type RequestContext } from "../../evaluate";
import { unknownText } from "../../unknown";
import { matchesAction } from "../patterns";
import { roleArn } from "../role-arns";
import type { JudgedPolicy, Rule } from "../rule";

const ACCOUNT_KEYS: ReadonlySet<string> = new Set(["aws:principalaccount", "aws:resourceaccount", "s3:resourceaccount"]);

export const lockOut: Rule = {
  id: "lock-out",
  title: "a Deny locks the account out of its own bucket",
  severity: "high",
  everywhere: true,
  reason: "Nobody in the account, including Terraform, can change the bucket policy any more; only the root user can delete it",
  remedy:
    "narrow the Deny with a condition, for example ArnNotLike aws:PrincipalArn with your administrators, or to the actions that you " +
    "intend to deny",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html",
  kinds: ["resource"],
  effect: "Deny",
  statement: (statement, policy) => {
    const { compiled, bucket, account } = policy;
    if (bucket === undefined || isAboutPlainHttp(statement) || !touches(statement, "s3:PutBucketPolicy")) return undefined;
    const alone: CompiledPolicy = { ...compiled, statements: [statement], denies: [statement], allows: [] };
    const principal = roleArn(bucket.bucket.arn, account.id, unknownText("an administrator"));
    const request = {
      principal,
      action: "s3:PutBucketPolicy",
      resource: bucket.bucket.arn,
      resourceAccount: account.id,
      context: administratorContext(statement, policy),
    };
    return decide(request, { resourcePolicy: alone }).verdict === "ExplicitlyDenied"
      ? "it denies s3:PutBucketPolicy to everybody in the account"
      : undefined;
  },
};

/**
 * The context of an administrator's request over HTTPS. Some administrator may meet any other condition, but no administrator is the vendor
 * or belongs to the vendor's account. If your account is not known, it can be any account except the vendor's.
 */
function administratorContext({ conditions }: CompiledStatement, { account, bucket, contracts }: JudgedPolicy): RequestContext {
  const ofVendor = new Set(contracts.flatMap(({ vendorPrincipals }) => vendorPrincipals.map(accountOf)));
  const isOfDelivery = (arn: string) =>
    contracts.some(
      ({ vendorPrincipals, role }) => vendorPrincipals.includes(arn) || (role && (arn === role.arn || arn.endsWith(`/${role.name}`))),
    );
  const administrator = roleArn(bucket!.bucket.arn, account.id, "administrator");
  const ofAdministrator = ({ key, keyText, values }: Condition) => {
    const unknownValue = unknownText(`${keyText} of an administrator`);
    if (key === "aws:principalarn") return values.every(isOfDelivery) ? administrator : unknownValue;
    if (!ACCOUNT_KEYS.has(key)) return unknownValue;
    if (account.isKnown) return account.id;
    return values.every((value) => ofVendor.has(value)) ? OUTSIDE_ACCOUNTS[0]! : unknownValue;
  };
  return {
    ...Object.fromEntries(conditions.map((condition) => [condition.key, ofAdministrator(condition)])),
    "aws:securetransport": "true",
    "s3:tlsversion": "1.3",
    "aws:principalisawsservice": "false",
    "aws:viaawsservice": "false",
  };
}

/** Whether the statement applies to plain HTTP only, as most Deny statements do. */
function isAboutPlainHttp({ conditions }: CompiledStatement): boolean {
  return conditions.some(
    ({ key, operator, set, values }) => key === "aws:securetransport" && operator === "Bool" && !set && values.join() === "false",
  );
}

function touches(statement: CompiledStatement, action: string): boolean {
  const { action: element } = statement;
  return element !== undefined && element.texts.some((pattern) => matchesAction(pattern, action)) !== element.not;
}
