/** Every prop of every public construct and factory, and what it accepts of the values in `props.test.ts`. */
import type { TerraformStack } from "cdktf";
import {
  AuditLogFrequency,
  ConnectionDetails,
  DeliveryEvents,
  DestinationBucket,
  DestinationValidation,
  KandjiDestination,
  SixSenseDestination,
  VendorAccess,
  VendorDestination,
  VendorPrincipal,
  VendorProfile,
  VendorRole,
} from "../../lib";
import { acme } from "./acme";
import { KANDJI, newStack, SIX_SENSE } from "./synthesized";

export type Kind =
  | "text"
  | "freeText"
  | "keyPrefix"
  | "flag"
  | "number"
  | "word"
  | "choice"
  | "list"
  | "nonEmptyList"
  | "map"
  | "struct"
  | "record"
  | "object"
  | "anything";

export interface PropOf {
  readonly of: string;
  readonly prop: string;
  readonly kind: Kind;
  readonly isOptional: boolean;
  /** Whether more is allowed without it, so that `undefined` must not mean "not given". */
  readonly isNarrowing: boolean;
  /** @param name of the prop, where it is another one than the table has */
  readonly build: (value: unknown, name?: string) => unknown;
}

/** Props without which more is allowed than with them. */
const NARROWING: readonly string[] = [
  "additionalKeyPrefixes",
  "destinationPath",
  "documentedGrantEndsAtPrefix",
  "encryption",
  "expires",
  "externalIds",
  "keyPrefix",
  "kmsKeyArn",
  "leastPermissions",
  "minimumTlsVersion",
  "permissions",
  "permissionsBoundaryArn",
  "statement",
];

type Build = (stack: TerraformStack, props: any) => unknown;

const PRINCIPAL = VendorPrincipal.account("222222222222");
const PROFILE = acme().facts;

const RESOURCE: Record<string, Kind> = { "tags?": "map", "provider?": "object", "dependsOn?": "list", "lifecycle?": "record" };
const BUCKET: Record<string, Kind> = {
  "bucketName?": "text",
  "region?": "text",
  "partition?": "word",
  "forceDestroy?": "flag",
  "encryption?": "word",
  "kmsKeyArn?": "text",
  "versioning?": "word",
  "objectOwnership?": "word",
  "minimumTlsVersion?": "word",
  "abortIncompleteMultipartUploadAfterDays?": "number",
  ...RESOURCE,
};
const VALIDATION: Record<string, Kind> = {
  "onUnknown?": "choice",
  "assumeRoleArn?": "text",
  "mode?": "choice",
  "awsProfile?": "text",
  "vendorAwsProfile?": "text",
  "timeoutSeconds?": "number",
  "environment?": "map",
};
const ASSUMED_ROLE: Record<string, Kind> = {
  "externalIds?": "list",
  "roleName?": "text",
  "rolePath?": "text",
  "permissionsBoundaryArn?": "text",
  "maxSessionDurationSeconds?": "number",
  "validatorPrincipalArn?": "text",
};
const DESTINATION: Record<string, Kind> = { ...BUCKET, "bucket?": "object", "permissions?": "choice", "validation?": "struct" };

const destination = (stack: TerraformStack, props: object) =>
  new VendorDestination(stack, "Under", {
    vendor: acme(),
    access: VendorAccess.bucketPolicy({ principals: [PRINCIPAL] }),
    ...props,
  });

/** Props by construct or factory. A nested struct names its path: `validation.mode`. */
const TABLE: readonly { of: string; build: Build; props: Record<string, Kind>; at?: string }[] = [
  { of: "DestinationBucketProps", build: (stack, props) => new DestinationBucket(stack, "Under", props), props: BUCKET },
  {
    of: "VendorRoleProps",
    build: (stack, props) => new VendorRole(stack, "Under", { principals: [PRINCIPAL], ...props }),
    props: { principals: "nonEmptyList", ...ASSUMED_ROLE, "partition?": "word", "description?": "freeText", ...RESOURCE },
  },
  {
    of: "AssumedRoleOptions",
    build: (stack, props) => destination(stack, { access: VendorAccess.assumedRole({ principals: [PRINCIPAL], ...props }) }),
    props: { principals: "nonEmptyList", ...ASSUMED_ROLE },
  },
  {
    of: "BucketPolicyOptions",
    build: (stack, props) => destination(stack, { access: VendorAccess.bucketPolicy(props) }),
    props: { principals: "nonEmptyList" },
  },
  {
    of: "VendorDestinationProps",
    build: destination,
    props: {
      ...DESTINATION,
      vendor: "object",
      access: "object",
      "keyPrefix?": "keyPrefix",
      "additionalKeyPrefixes?": "list",
      "cadence?": "struct",
      "additionalConnectionFields?": "list",
    },
  },
  {
    of: "VendorCadence",
    at: "cadence.",
    build: (stack, cadence) => destination(stack, { cadence }),
    props: {
      "firstDeliveryWithinMinutes?": "number",
      "everyMinutes?": "number",
      "dailyAtUtc?": "text",
      "lateByMinutes?": "number",
    },
  },
  {
    of: "ValidationOptions",
    at: "validation.",
    build: (stack, validation) => new KandjiDestination(stack, "Under", { ...KANDJI, validation }),
    props: VALIDATION,
  },
  {
    of: "DestinationValidationProps",
    build: (stack, props) => new DestinationValidation(stack, "Under", { contract: {}, ...props }),
    props: { ...VALIDATION, contract: "record", "triggers?": "map", "replaceTriggeredBy?": "list", "dependsOn?": "list" },
  },
  {
    of: "KandjiDestinationProps",
    build: (stack, props) => new KandjiDestination(stack, "Under", { ...KANDJI, ...props }),
    props: {
      ...DESTINATION,
      vendorAccountId: "text",
      vendorRoleName: "text",
      "destinationPath?": "keyPrefix",
      "roleName?": "text",
      "rolePath?": "text",
      "permissionsBoundaryArn?": "text",
      "validatorPrincipalArn?": "text",
    },
  },
  {
    of: "SixSenseDestinationProps",
    build: (stack, props) =>
      new SixSenseDestination(stack, "Under", {
        ...SIX_SENSE,
        auditLogs: { filePath: "audit", frequency: AuditLogFrequency.DAILY },
        ...props,
      }),
    props: { ...DESTINATION, vendorRoleArn: "text", "dataPacks?": "object", "auditLogs?": "object" },
  },
  {
    of: "SixSenseDataPacks",
    at: "dataPacks.",
    build: (stack, dataPacks) => new SixSenseDestination(stack, "Under", { ...SIX_SENSE, dataPacks }),
    props: { filePath: "keyPrefix" },
  },
  {
    of: "SixSenseAuditLogs",
    at: "auditLogs.",
    build: (stack, props) =>
      new SixSenseDestination(stack, "Under", {
        ...SIX_SENSE,
        auditLogs: { filePath: "audit", frequency: AuditLogFrequency.DAILY, ...props },
      }),
    props: { filePath: "keyPrefix", frequency: "choice" },
  },
  {
    of: "AcceptFindingOptions",
    at: "options.",
    build: (stack, options) => new DestinationBucket(stack, "Under").acceptFinding("ssl-missing", "a reason", options),
    props: { "statement?": "text", "owner?": "text", "expires?": "text" },
  },
  {
    of: "ConnectionDetailsProps",
    build: (stack, props) =>
      new ConnectionDetails(stack, "Under", { form: "Acme", fields: [{ label: "Bucket", value: "logs" }], ...props }),
    props: { form: "text", fields: "nonEmptyList" },
  },
  {
    of: "ConnectionField",
    at: "fields[0].",
    build: (stack, field) =>
      new ConnectionDetails(stack, "Under", { form: "Acme", fields: [{ label: "Bucket", value: "logs", ...field }] }),
    props: { label: "text", value: "freeText" },
  },
  {
    of: "DeliveryEventsProps",
    build: (stack, props) =>
      new DeliveryEvents(stack, "Under", { destinations: [new KandjiDestination(stack, "Kandji", KANDJI)], ...props }),
    props: { destinations: "nonEmptyList", "source?": "choice", "messageRetentionSeconds?": "number", "tags?": "map" },
  },
  {
    of: "VendorProfileProps",
    build: (_, props) => VendorProfile.of({ ...PROFILE, ...props }),
    props: {
      id: "text",
      vendorName: "text",
      product: "text",
      documentation: "text",
      accessMethods: "nonEmptyList",
      documentedPermissions: "object",
      "documentedGrantEndsAtPrefix?": "flag",
      "leastPermissions?": "object",
      "exercisedPermissions?": "object",
      "externalId?": "word",
      "regions?": "nonEmptyList",
      "encryptions?": "nonEmptyList",
      "bucketKey?": "flag",
      "versioning?": "word",
      "objectOwnership?": "word",
      "bucketNamePrefix?": "text",
      "bucketNameWithoutDots?": "flag",
      "vendorFolder?": "keyPrefix",
      "publishedPrincipals?": "map",
      "connectionForm?": "list",
      "cadence?": "struct",
      "acceptedFindings?": "list",
      facts: "list",
      "sources?": "list",
      "unknowns?": "list",
    },
  },
  {
    of: "VendorPermissionSet",
    at: "documentedPermissions.",
    build: (_, props) => VendorProfile.of({ ...PROFILE, documentedPermissions: { bucketActions: [], objectActions: [], ...props } }),
    props: { bucketActions: "list", objectActions: "list" },
  },
  {
    of: "ConnectionFormField",
    at: "connectionForm[0].",
    build: (_, field) => VendorProfile.of({ ...PROFILE, connectionForm: [{ label: "Bucket", value: "bucketName", ...field }] }),
    props: { label: "text", value: "word" },
  },
  {
    of: "VendorAcceptedFinding",
    at: "acceptedFindings[0].",
    build: (_, finding) =>
      VendorProfile.of({ ...PROFILE, acceptedFindings: [{ code: "R-ver", reason: "asked", source: "url", ...finding }] }),
    props: { code: "text", reason: "text", source: "text" },
  },
  {
    of: "VendorFact",
    at: "facts[0].",
    build: (_, fact) => VendorProfile.of({ ...PROFILE, facts: [{ fact: "a fact", source: "url", ...fact }] }),
    props: { fact: "freeText", source: "freeText" },
  },
  {
    of: "VendorSource",
    at: "sources[0].",
    build: (_, source) => VendorProfile.of({ ...PROFILE, sources: [{ url: "url", readOn: "2026-08-21", ...source }] }),
    props: { url: "text", readOn: "text" },
  },
];

const bucket = () => new DestinationBucket(newStack(), "Under");

const POSITIONAL: readonly Omit<PropOf, "isOptional" | "isNarrowing">[] = [
  { of: "VendorPrincipal.role", prop: "accountId", kind: "text", build: (value: any) => VendorPrincipal.role(value, "delivery") },
  { of: "VendorPrincipal.role", prop: "roleName", kind: "text", build: (value: any) => VendorPrincipal.role("222222222222", value) },
  { of: "VendorPrincipal.roleArn", prop: "roleArn", kind: "text", build: (value: any) => VendorPrincipal.roleArn(value) },
  { of: "VendorPrincipal.userArn", prop: "userArn", kind: "text", build: (value: any) => VendorPrincipal.userArn(value) },
  { of: "VendorPrincipal.account", prop: "accountId", kind: "text", build: (value: any) => VendorPrincipal.account(value) },
  { of: "VendorAccess.assumedRole", prop: "props", kind: "object", build: (value: any) => VendorAccess.assumedRole(value) },
  { of: "VendorAccess.bucketPolicy", prop: "props", kind: "object", build: (value: any) => VendorAccess.bucketPolicy(value) },
  { of: "VendorProfile.of", prop: "props", kind: "object", build: (value: any) => VendorProfile.of(value) },
  { of: "KandjiDestination", prop: "props", kind: "object", build: (value: any) => new KandjiDestination(newStack(), "Under", value) },
  { of: "SixSenseDestination", prop: "props", kind: "object", build: (value: any) => new SixSenseDestination(newStack(), "Under", value) },
  { of: "VendorDestination", prop: "props", kind: "object", build: (value: any) => new VendorDestination(newStack(), "Under", value) },
  { of: "VendorRole", prop: "props", kind: "object", build: (value: any) => new VendorRole(newStack(), "Under", value) },
  { of: "acceptFinding", prop: "id", kind: "text", build: (value: any) => bucket().acceptFinding(value, "a reason") },
  { of: "acceptFinding", prop: "reason", kind: "text", build: (value: any) => bucket().acceptFinding("ssl-missing", value) },
  {
    of: "addToResourcePolicy",
    prop: "statement",
    kind: "object",
    build: (value: any) => new DestinationBucket(newStack(), "Under").addToResourcePolicy(value),
  },
  {
    of: "addPrecondition",
    prop: "condition",
    kind: "anything",
    build: (value: any) => new DestinationBucket(newStack(), "Under").addPrecondition(value, "a message"),
  },
  {
    of: "addPrecondition",
    prop: "errorMessage",
    kind: "text",
    build: (value: any) => new DestinationBucket(newStack(), "Under").addPrecondition(true, value),
  },
];

/** The structs of the table, with the names of their props. */
export const STRUCTS: ReadonlyMap<string, readonly string[]> = new Map(
  TABLE.map(({ of, props }) => [of, Object.keys(props).map((prop) => prop.replace("?", ""))]),
);

export const PROPS: readonly PropOf[] = [
  ...TABLE.flatMap(({ of, build, props, at = "" }) =>
    Object.entries(props).map(([name, kind]): PropOf => {
      const prop = name.replace("?", "");
      return {
        of,
        prop: `${at}${prop}`,
        kind,
        isOptional: name.endsWith("?"),
        isNarrowing: NARROWING.includes(prop) && name.endsWith("?"),
        build: (value, name = prop) => build(newStack(), { [name]: value }),
      };
    }),
  ),
  ...POSITIONAL.map((one): PropOf => ({ ...one, isOptional: false, isNarrowing: false })),
];
