/** The examples' policies and posture, as they are written: a change of any shows in a diff. */
import { Testing } from "cdktf";
import { describe, expect, test } from "vitest";
import { KandjiStack } from "../../examples/kandji/stack";
import { SixSenseStack } from "../../examples/six-sense/stack";
import { type Attributes, Synthesized } from "./synthesized";

const STACKS = { kandji: KandjiStack, sixsense: SixSenseStack };

describe.each(Object.entries(STACKS))("the example %s", (name, Stack) => {
  const synthesized = new Synthesized(JSON.parse(Testing.synth(new Stack(Testing.app(), name), true)));

  test("writes these policies", async () => {
    const roles = synthesized.all("aws_iam_role").map(() => ({
      trustPolicy: synthesized.trustPolicy,
      inlinePolicy: synthesized.inlinePolicy,
    }));

    const policies = { bucketPolicy: synthesized.bucketPolicy, ...roles[0] };
    await expect(`${JSON.stringify(policies, undefined, 2)}\n`).toMatchFileSnapshot(`./snapshots/${name}-policies.json`);
  });

  test("has this posture", async () => {
    await expect(`${JSON.stringify(postureOf(synthesized), undefined, 2)}\n`).toMatchFileSnapshot(`./snapshots/${name}-posture.json`);
  });
});

/** The settings, without references and metadata. */
function postureOf(synthesized: Synthesized): Attributes {
  const settings = (type: string) => {
    const { "//": _, bucket: __, depends_on: ___, ...rest } = synthesized.only(type);
    return rest;
  };
  return {
    bucket: { name: synthesized.only("aws_s3_bucket").bucket, ...settings("aws_s3_bucket") },
    publicAccessBlock: settings("aws_s3_bucket_public_access_block"),
    ownershipControls: settings("aws_s3_bucket_ownership_controls"),
    encryption: settings("aws_s3_bucket_server_side_encryption_configuration"),
    versioning: settings("aws_s3_bucket_versioning"),
  };
}
