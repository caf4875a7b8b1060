/** What an access point's policy says about the bucket: its resources are the bucket and the objects, in another form. */
import { isObject } from "../../lib/json";
import { ownDocument } from "../../lib/judge";
import type { PlannedBucket, PlannedPolicy } from "../../lib/plan";
import { matches } from "../../lib/rules";
import type { LiveAccessPoint } from "./read-back";

export interface ThroughAccessPoint {
  /** Undefined if no statement is about the access point. */
  readonly document: unknown;
  /** Set if each resource has its equal in the bucket. Otherwise the document may allow more than the access point does. */
  readonly isExact: boolean;
}

type Statement = Readonly<Record<string, unknown>>;

/** The policy that applies to requests through the access point, written for the bucket, with what the bucket policy denies. */
export function throughAccessPoint(point: LiveAccessPoint, policy: PlannedPolicy, bucket: PlannedBucket): ThroughAccessPoint {
  const own = statementsIn(policy);
  // A text that is no policy says nothing, and the proof says so.
  if (own === undefined) return { document: policy.document, isExact: false };
  const rewritten = own.map((statement) => rewrite(statement, point, bucket));
  if (rewritten.every(({ statement }) => statement?.Effect !== "Allow")) return { document: undefined, isExact: true };
  const denies = bucket.policies.flatMap((each) => statementsIn(each) ?? []).filter(({ Effect }) => Effect === "Deny");
  const elsewhere = {
    Effect: "Deny",
    Principal: "*",
    Action: "*",
    Resource: ["*"],
    Condition: { StringNotEquals: { "aws:SourceVpc": point.vpc } },
  };
  return {
    document: {
      Version: "2012-10-17",
      Statement: [...rewritten.flatMap(({ statement }) => statement ?? []), ...denies, ...(point.vpc === undefined ? [] : [elsewhere])],
    },
    isExact: rewritten.every((each) => each.isExact),
  };
}

function statementsIn(policy: PlannedPolicy): Statement[] | undefined {
  const document = ownDocument(policy);
  if (!isObject(document)) return undefined;
  return [document.Statement].flat().filter(isObject);
}

interface Rewritten {
  /** Undefined for a Deny that cannot be expressed. */
  readonly statement?: Statement;
  readonly isExact: boolean;
}

function rewrite(statement: Statement, point: LiveAccessPoint, { arn }: PlannedBucket): Rewritten {
  const resources =
    statement.Resource === undefined ? undefined : [statement.Resource].flat().map((one) => inBucket(String(one), point, arn));
  if (resources?.every((one) => one !== undefined)) {
    const known = resources.flat();
    return { ...(known.length > 0 && { statement: { ...statement, Resource: known } }), isExact: true };
  }
  if (statement.Effect === "Deny") return { isExact: false };
  const { NotResource: _, ...rest } = statement;
  return { statement: { ...rest, Resource: [arn, `${arn}/*`] }, isExact: false };
}

const RESOURCE = /^arn:[^:]*:s3:[^:]*:[^:]*:accesspoint\/([^/]*)(\/.*)?$/;

/** The resource in the bucket; none for another access point; undefined if it has no equal. */
function inBucket(resource: string, { name }: LiveAccessPoint, bucket: string): readonly string[] | undefined {
  if (/^\*+$/.test(resource)) return [bucket, `${bucket}/*`];
  const [, pattern, rest = ""] = RESOURCE.exec(resource) ?? [];
  if (pattern === undefined) return undefined;
  if (!matches(pattern, name)) return [];
  const key = /^\/object\/(.*)$/.exec(rest)?.[1];
  if (key !== undefined) return [`${bucket}/${key}`];
  if (rest === "") return pattern.endsWith("*") ? [bucket, `${bucket}/*`] : [bucket];
  return rest === "/*" ? [`${bucket}/*`] : undefined;
}
