import { App, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import * as errors from "../errors";
import { printAnnotations } from "./annotations";
import type { CheckedBucket } from "./checked-bucket";
import { warnOfOtherDeployers } from "./deployer-checks";
import { bucketsOf } from "./stack-checks";

const checkedApps = new WeakSet<IConstruct>();

/** Makes the app check, at the end of `app.synth()`, that no two stacks define the same bucket, and print the warnings of this package. */
export function checkBucketInApp(bucket: CheckedBucket): void {
  const app = bucket.node.root;
  if (!App.isApp(app) || checkedApps.has(app)) return;
  checkedApps.add(app);
  app.node.addValidation({
    validate: () => {
      warnOfOtherDeployers(app);
      printAnnotations(app);
      return bucketsInTwoStacks(app);
    },
  });
}

/** A bucket's name is unique in its partition. */
function bucketsInTwoStacks(app: App): string[] {
  const first = new Map<string, { readonly stack: TerraformStack; readonly bucket: CheckedBucket }>();
  return app.node
    .findAll()
    .filter(TerraformStack.isStack)
    .flatMap((stack) => bucketsOf(stack).map((bucket) => ({ stack, bucket })))
    .flatMap(({ stack, bucket }) => {
      const name = bucket._literalName;
      if (name === undefined) return [];
      const key = `${bucket.partition} ${name}`;
      const other = first.get(key);
      if (other === undefined) first.set(key, { stack, bucket });
      if (other === undefined || other.stack === stack) return [];
      const [at, otherPath] = [bucket.node.path, other.bucket.node.path];
      return [
        errors.oneBucketInTwoStacks({ bucket: name, other: otherPath, otherStack: other.stack.node.path, stack: stack.node.path, at }),
      ];
    });
}
