/**
 * The policies of the bucket's access points. Each may grant access, as far as the bucket policy delegates access control to it.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
 */
import type { PlannedDataFlow } from "../../../lib/plan";
import type { Operations } from "../../aws";
import { type AccountReader, contentOf, isFailure, livePolicy, NOT_SET } from "./account-reader";
import { allPages } from "./pages";
import { type Unseen, unseen } from "./unseen";

/** A bucket may have ten thousand access points. */
const MOST_POINTS = 200;

interface Place {
  readonly bucket: string;
  readonly account: string;
}

interface AccessPoints {
  readonly flows: readonly PlannedDataFlow[];
  readonly unseen: readonly Unseen[];
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
  const others = { subject: "other access points", right: "s3:GetAccessPointPolicy", why: `the bucket has more than ${MOST_POINTS}` };
  const read = await Promise.all(points.map((point) => readPoint(point, place, reader)));
  return {
    flows: read.flatMap(({ flows }) => flows),
    unseen: [
      ...(failure ? [unseen("access points of the bucket", operation, failure)] : []),
      ...(isCut || items.length > MOST_POINTS ? [others] : []),
      ...read.flatMap((one) => one.unseen),
    ],
  };
}

async function readPoint(point: AccessPoint, { bucket, account }: Place, reader: AccountReader): Promise<AccessPoints> {
  const { Name = "", AccessPointArn = Name } = point;
  const named = { AccountId: account, Name };
  const subject = `the policy of the access point ${Name}`;
  const policy = await reader.read("s3control:GetAccessPointPolicy", named);
  if (policy === NOT_SET) return { flows: [], unseen: [] };
  if (isFailure(policy)) return { flows: [], unseen: [unseen(subject, "s3control:GetAccessPointPolicy", policy)] };
  const location = { file: AccessPointArn, address: "access point policy" };
  const details = await reader.read("s3control:GetAccessPoint", named);
  const said = [...originOf(point), ...blockOf(contentOf(details))];
  const flow: PlannedDataFlow = {
    kind: "policy",
    means: said.length === 0 ? subject : `${subject} (${said.join(", ")})`,
    source: bucket,
    recipients: [],
    policy: livePolicy(policy.Policy ?? "", location),
    address: AccessPointArn,
    location,
  };
  const ofBlock = `Block Public Access of the access point ${Name}`;
  return { flows: [flow], unseen: isFailure(details) ? [unseen(ofBlock, "s3control:GetAccessPoint", details)] : [] };
}

function originOf({ NetworkOrigin, VpcConfiguration }: AccessPoint): string[] {
  return NetworkOrigin === "VPC" ? [`for requests from ${VpcConfiguration?.VpcId ?? "one VPC"} only`] : [];
}

function blockOf(point: Operations["s3control:GetAccessPoint"][1] | undefined): string[] {
  const block = point?.PublicAccessBlockConfiguration;
  return block?.RestrictPublicBuckets === false ? ["its Block Public Access is off"] : [];
}
