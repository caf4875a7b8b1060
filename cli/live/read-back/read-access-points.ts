/**
 * The policies of the bucket's access points. Each may grant access, as far as the bucket policy delegates access control to it.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
 */
import type { PlannedDataFlow, PlannedPolicy } from "../../../lib/plan";
import type { Operations } from "../../aws";
import type { AccountBlock as PublicAccessBlock } from "./account-block";
import { type AccountReader, contentOf, isFailure, livePolicy, NOT_SET } from "./account-reader";
import { allPages } from "./pages";
import { type Unseen, unseen } from "./unseen";

/** A bucket may have ten thousand access points. */
const MOST_POINTS = 200;

interface Place {
  readonly bucket: string;
  readonly account: string;
}

/** An access point that has a policy, or may have one. */
export interface LiveAccessPoint {
  readonly name: string;
  readonly arn: string;
  /** Undefined if it could not be read. */
  readonly policy: PlannedPolicy | undefined;
  /** The only VPC from which it accepts requests. */
  readonly vpc?: string;
  /** Its own Block Public Access; undefined if it could not be read. */
  readonly block: PublicAccessBlock | undefined;
}

interface OneAccessPoint {
  readonly flows: readonly PlannedDataFlow[];
  readonly points: readonly LiveAccessPoint[];
  readonly unseen: readonly Unseen[];
}

interface AccessPoints extends OneAccessPoint {
  /** All access points of the bucket were listed. */
  readonly isWhole: boolean;
}

type AccessPoint = NonNullable<Operations["s3control:ListAccessPoints"][1]["AccessPointList"]>[number];

export async function readAccessPoints(place: Place, reader: AccountReader): Promise<AccessPoints> {
  const { bucket, account } = place;
  const operation = "s3control:ListAccessPoints";
  const { items, failure, isCut } = await allPages({
    read: (NextToken) => reader.read(operation, { AccountId: account, Bucket: bucket, ...(NextToken && { NextToken }) }),
    itemsOf: ({ AccessPointList }) => AccessPointList,
    nextOf: ({ NextToken }) => NextToken,
    most: MOST_POINTS,
  });
  const points = items.slice(0, MOST_POINTS);
  const hasOthers = isCut === true || items.length > MOST_POINTS;
  const others = { subject: "other access points", right: "s3:GetAccessPointPolicy", why: `the bucket has more than ${MOST_POINTS}` };
  const read = await Promise.all(points.map((point) => readPoint(point, place, reader)));
  return {
    flows: read.flatMap(({ flows }) => flows),
    points: read.flatMap((one) => one.points),
    isWhole: failure === undefined && !hasOthers,
    unseen: [
      ...(failure ? [unseen("access points of the bucket", operation, failure)] : []),
      ...(hasOthers ? [others] : []),
      ...read.flatMap((one) => one.unseen),
    ],
  };
}

async function readPoint(point: AccessPoint, { bucket, account }: Place, reader: AccountReader): Promise<OneAccessPoint> {
  const { Name = "", AccessPointArn = Name, NetworkOrigin, VpcConfiguration } = point;
  const named = { AccountId: account, Name };
  const subject = `the policy of the access point ${Name}`;
  const answer = await reader.read("s3control:GetAccessPointPolicy", named);
  if (answer === NOT_SET) return { flows: [], points: [], unseen: [] };
  const vpc = NetworkOrigin === "VPC" ? VpcConfiguration?.VpcId : undefined;
  const found = { name: Name, arn: AccessPointArn, ...(vpc !== undefined && { vpc }) };
  if (isFailure(answer)) {
    const point = { ...found, policy: undefined, block: undefined };
    return { flows: [], points: [point], unseen: [unseen(subject, "s3control:GetAccessPointPolicy", answer)] };
  }
  const location = { file: AccessPointArn, address: "access point policy" };
  const policy = livePolicy(answer.Policy ?? "", location);
  const details = await reader.read("s3control:GetAccessPoint", named);
  const block = contentOf(details)?.PublicAccessBlockConfiguration;
  const said = [...originOf(point), ...(block?.RestrictPublicBuckets === false ? ["its Block Public Access is off"] : [])];
  const flow: PlannedDataFlow = {
    kind: "policy",
    means: said.length === 0 ? subject : `${subject} (${said.join(", ")})`,
    source: bucket,
    recipients: [],
    policy,
    address: AccessPointArn,
    location,
  };
  const ofBlock = `Block Public Access of the access point ${Name}`;
  return {
    flows: [flow],
    points: [{ ...found, policy, block }],
    unseen: isFailure(details) ? [unseen(ofBlock, "s3control:GetAccessPoint", details)] : [],
  };
}

function originOf({ NetworkOrigin, VpcConfiguration }: AccessPoint): string[] {
  return NetworkOrigin === "VPC" ? [`for requests from ${VpcConfiguration?.VpcId ?? "one VPC"} only`] : [];
}
