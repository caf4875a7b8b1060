/** Resources that copy objects of a bucket, or send the names of its objects, somewhere else. */
import { ownValue } from "../../json";
import { nameUnknown, unknownText } from "../../unknown";
import type { Instance } from "../resources/inventory";
import {
  blocksIn,
  EVERY_BUCKET,
  type Flow,
  type FlowReader,
  listIn,
  policyIn,
  resourcesInAllStacks,
  resourcesNamed,
  textAt,
  textFrom,
  textIn,
  textsWithin,
} from "./flow";

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html */
const replication: FlowReader = (resource) =>
  rulesOf(resource.get("rule"), resource)
    .filter((rule) => textAt(rule, "status") !== "Disabled")
    .map((rule) => replicatedTo(rule, textIn(resource, "bucket") ?? ""));

function replicatedTo(rule: unknown, source: string): Flow {
  const bucket = textAt(rule, "destination", "bucket");
  const account = textAt(rule, "destination", "account") ?? textAt(rule, "destination", "account_id");
  const recipients = [account, bucket].filter((text) => text !== undefined);
  return { kind: "copy", means: "a replication rule", source, recipients };
}

function rulesOf(value: unknown, resource: Instance): readonly unknown[] {
  return blocksIn(value, `${resource.address}.rule`);
}

/** The argument `replication_configuration` of older providers. */
const replicationOfBucket: FlowReader = (resource) =>
  blocksIn(resource.get("replication_configuration"), `${resource.address}.replication_configuration`).flatMap((block) =>
    blocksIn(ownValue(block, "rules"), `${resource.address}.replication_configuration.rules`)
      .filter((rule) => textAt(rule, "status") !== "Disabled")
      .map((rule) => replicatedTo(rule, textIn(resource, "bucket") ?? resource.address)),
  );

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory.html */
const inventoryReport: FlowReader = (resource) =>
  blocksIn(resource.get("destination"), `${resource.address}.destination`).map((destination) =>
    report("an inventory report", resource, [textAt(destination, "bucket", "account_id"), textAt(destination, "bucket", "bucket_arn")]),
  );

const analyticsReport: FlowReader = (resource) =>
  blocksIn(resource.get("storage_class_analysis"), `${resource.address}.storage_class_analysis`).map((analysis) => {
    const path = ["data_export", "destination", "s3_bucket_destination"];
    return report("an analytics report", resource, [
      textAt(analysis, ...path, "bucket_account_id"),
      textAt(analysis, ...path, "bucket_arn"),
    ]);
  });

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html */
const notification: FlowReader = (resource) =>
  [
    ["queue", "queue_arn"],
    ["topic", "topic_arn"],
    ["lambda_function", "lambda_function_arn"],
  ].flatMap(([block, argument]) =>
    blocksIn(resource.get(block!), `${resource.address}.${block}`).map((each) =>
      report("an event notification", resource, [textAt(each, argument!)]),
    ),
  );

function report(means: string, resource: Instance, recipients: readonly (string | undefined)[]): Flow {
  const known = recipients.filter((text) => text !== undefined);
  return { kind: "report", means, source: textIn(resource, "bucket") ?? "", recipients: known };
}

/** AWS DataSync copies from any of its locations to any other. */
const dataSyncLocation: FlowReader = (resource) => [
  { kind: "copy", means: "a location of AWS DataSync", source: textIn(resource, "s3_bucket_arn") ?? "", recipients: [] },
];

const DATASYNC_LOCATIONS = /^aws_datasync_location_/;

/** A task whose source the input does not define: it may be a location of any bucket. */
const dataSyncTask: FlowReader = (resource, inventory) => {
  const arn = textIn(resource, "source_location_arn") ?? "";
  const locations = inventory.types().filter((type) => DATASYNC_LOCATIONS.test(type));
  const isDefined = locations.some(
    (type) => resourcesNamed(inventory, { type, text: arn, isNamed: (each) => each.get("arn") === arn }).length > 0,
  );
  if (arn === "" || isDefined) return [];
  return [{ kind: "copy", means: "a task of AWS DataSync", source: unknownText(`the source ${nameUnknown(arn)}`), recipients: [] }];
};

const objectCopy: FlowReader = (resource) => [
  { kind: "copy", means: "a copied object", source: textIn(resource, "source") ?? "", recipients: [textIn(resource, "bucket") ?? ""] },
];

const appFlow: FlowReader = (resource) => {
  const from = blocksIn(resource.get("source_flow_config"), `${resource.address}.source_flow_config`);
  const bucket = from.map((block) => textAt(block, "source_connector_properties", "s3", "bucket_name")).find((text) => text !== undefined);
  return bucket === undefined ? [] : [{ kind: "copy", means: "a flow of Amazon AppFlow", source: bucket, recipients: [] }];
};

/** Metrics, and with them the prefixes of the objects. */
const storageLens: FlowReader = (resource) => {
  const argument = "storage_lens_configuration";
  return blocksIn(resource.get(argument), `${resource.address}.${argument}`).flatMap((lens): Flow[] => {
    const bucket = ["data_export", "s3_bucket_destination"];
    const recipients = [textAt(lens, ...bucket, "account_id"), textAt(lens, ...bucket, "arn")].filter((text) => text !== undefined);
    const included = textsWithin(blocksIn(ownValue(lens, "include"), argument).map((block) => ownValue(block, "buckets")));
    const source = included.length === 0 ? EVERY_BUCKET : included.join(" ");
    return recipients.length === 0 ? [] : [{ kind: "report", means: "an export of S3 Storage Lens", source, recipients }];
  });
};

/** What a selection backs up. It selects by ARNs with wildcards, and by tags, which the plan may not show. */
function selectedBy(selection: Instance): string {
  const resources = listIn(selection, "resources");
  const byTags = unknownText(`the buckets that the tags of ${selection.address} select`);
  const isGiven = (argument: string) => blocksIn(selection.get(argument), argument).length > 0;
  const selected = resources.some((arn) => /^(\*|arn:[^:]*:s3:::\*)/.test(arn))
    ? isGiven("condition")
      ? byTags
      : EVERY_BUCKET
    : resources.join(" ");
  return isGiven("selection_tag") ? `${selected} ${byTags}` : selected;
}

/** A selection determines what is backed up, and its plan where copies of the backup go. */
const backup: FlowReader = (resource, inventory) => {
  const source = selectedBy(resource);
  const id = textIn(resource, "plan_id") ?? "";
  const plans = resourcesNamed(inventory, { type: "aws_backup_plan", text: id, isNamed: (plan) => plan.get("id") === id });
  const vaults = plans.flatMap((plan) =>
    blocksIn(plan.get("rule"), `${plan.address}.rule`).flatMap((rule) =>
      blocksIn(ownValue(rule, "copy_action"), `${plan.address}.rule.copy_action`).map(
        (copy) => textAt(copy, "destination_vault_arn") ?? "",
      ),
    ),
  );
  const means = "a plan of AWS Backup";
  if (plans.length === 0) return [{ kind: "copy", means, source, recipients: [] }];
  return vaults.map((vault) => ({ kind: "copy", means, source, recipients: [vault] }));
};

/** The policy of a vault can let others copy the backups in it. */
const backupVault: FlowReader = (resource, inventory) => {
  const policy = policyIn(resource, "policy", inventory);
  const sources = resourcesInAllStacks(inventory, "aws_backup_selection").map(selectedBy);
  return sources.map((source) => ({ kind: "policy", means: "the policy of a backup vault", source, recipients: [], policy }));
};

const fileSystem =
  (means: string, argument: string): FlowReader =>
  (resource) => [{ kind: "copy", means, source: textFrom(resource.get(argument), argument) ?? "", recipients: [] }];

export const COPIES: Readonly<Record<string, FlowReader>> = {
  aws_s3_bucket: replicationOfBucket,
  aws_s3_bucket_replication_configuration: replication,
  aws_s3_bucket_inventory: inventoryReport,
  aws_s3_bucket_analytics_configuration: analyticsReport,
  aws_s3_bucket_notification: notification,
  aws_datasync_location_s3: dataSyncLocation,
  aws_datasync_task: dataSyncTask,
  aws_s3_object_copy: objectCopy,
  aws_appflow_flow: appFlow,
  aws_backup_selection: backup,
  aws_backup_vault_policy: backupVault,
  aws_s3control_storage_lens_configuration: storageLens,
  aws_fsx_data_repository_association: fileSystem("a data repository of Amazon FSx", "data_repository_path"),
  aws_storagegateway_nfs_file_share: fileSystem("a file share of AWS Storage Gateway", "location_arn"),
  aws_storagegateway_smb_file_share: fileSystem("a file share of AWS Storage Gateway", "location_arn"),
};
