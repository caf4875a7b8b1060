/** AWS Regions and their partitions. */

/** @see https://docs.aws.amazon.com/general/latest/gr/rande.html */
export const PARTITIONS = ["aws", "aws-cn", "aws-us-gov", "aws-eusc"] as const;

/**
 * The code of every Region in these partitions.
 *
 * @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
 */
const REGIONS: ReadonlySet<string> = new Set(
  [
    "us-east-1 us-east-2 us-west-1 us-west-2 ca-central-1 ca-west-1 mx-central-1 sa-east-1 sa-west-1",
    "eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3",
    "af-south-1 il-central-1 me-central-1 me-south-1 me-west-1",
    "ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2",
    "ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7",
    "cn-north-1 cn-northwest-1 us-gov-east-1 us-gov-west-1 eusc-de-east-1",
  ].flatMap((codes) => codes.split(" ")),
);

export function isRegion(code: string): boolean {
  return REGIONS.has(code);
}

/** The partition of a Region. */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  if (region.startsWith("eusc-")) return "aws-eusc";
  return "aws";
}
