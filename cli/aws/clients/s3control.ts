/**
 * A client of S3 Control with the operations that the program uses. It is derived from the S3 client, because the SDK's own client would
 * double the size of S3 in the bundle.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_AWS_S3_Control.html
 */
import { ListBucketsCommand, S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";
import { list, ownCommand, structure } from "../own-commands.js";

export class S3ControlClient extends S3Client {
  constructor(configuration: S3ClientConfig) {
    super({ ...configuration, serviceId: "S3 Control" } as S3ClientConfig);
    const { endpointProvider } = this.config;
    this.config.endpointProvider = (parameters, context) => {
      const endpoint = endpointProvider(parameters, context);
      if (parameters.Endpoint !== undefined) return endpoint;
      const url = new URL(endpoint.url);
      url.hostname = url.hostname.replace(/^s3\b/, "s3-control");
      return { ...endpoint, url };
    };
    (this.middlewareStack as AddsMiddleware).add(withAccount, { step: "build", name: "accountInHostName" });
  }
}

interface AddsMiddleware {
  add(middleware: unknown, options: unknown): void;
}

interface Request {
  hostname: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Emulators and gateways have no host name for each account. They read the account from its header. */
const withAccount = (next: (args: unknown) => unknown) => (args: { readonly request: Request }) => {
  const { request } = args;
  if (request.hostname.startsWith("s3-control")) request.hostname = `${request.headers["x-amz-account-id"]}.${request.hostname}`;
  return next(args);
};

const ofAccount = { AccountId: [0, { httpHeader: "x-amz-account-id" }] };
const ofAccessPoint = { ...ofAccount, Name: [0, { httpLabel: 1 }] };

const PublicAccessBlockConfiguration = structure("PublicAccessBlockConfiguration", {
  BlockPublicAcls: 2,
  IgnorePublicAcls: 2,
  BlockPublicPolicy: 2,
  RestrictPublicBuckets: 2,
});
const accessPoint = {
  Name: 0,
  NetworkOrigin: 0,
  VpcConfiguration: structure("VpcConfiguration", { VpcId: 0 }),
  AccessPointArn: 0,
};

export const GetPublicAccessBlockCommand = ownCommand(ListBucketsCommand, {
  name: "GetPublicAccessBlock",
  http: ["GET", "/v20180820/configuration/publicAccessBlock", 200],
  input: ofAccount,
  output: { PublicAccessBlockConfiguration: [PublicAccessBlockConfiguration, { httpPayload: 1 }] },
});

export const ListAccessPointsCommand = ownCommand(ListBucketsCommand, {
  name: "ListAccessPoints",
  http: ["GET", "/v20180820/accesspoint", 200],
  input: { ...ofAccount, Bucket: [0, { httpQuery: "bucket" }], NextToken: [0, { httpQuery: "nextToken" }] },
  output: {
    AccessPointList: list("AccessPointList", [structure("AccessPoint", accessPoint), { xmlName: "AccessPoint" }]),
    NextToken: 0,
  },
});

const Grantee = structure("Grantee", { GranteeType: 0, GranteeIdentifier: 0 });
const accessGrant = structure("AccessGrant", { AccessGrantId: 0, AccessGrantArn: 0, Grantee, Permission: 0, GrantScope: 0 });

export const ListAccessGrantsCommand = ownCommand(ListBucketsCommand, {
  name: "ListAccessGrants",
  http: ["GET", "/v20180820/accessgrantsinstance/grants", 200],
  input: { ...ofAccount, NextToken: [0, { httpQuery: "nextToken" }] },
  output: { AccessGrantsList: list("AccessGrantsList", [accessGrant, { xmlName: "AccessGrant" }]), NextToken: 0 },
});

export const GetAccessPointCommand = ownCommand(ListBucketsCommand, {
  name: "GetAccessPoint",
  http: ["GET", "/v20180820/accesspoint/{Name}", 200],
  input: ofAccessPoint,
  output: { ...accessPoint, PublicAccessBlockConfiguration },
});

export const GetAccessPointPolicyCommand = ownCommand(ListBucketsCommand, {
  name: "GetAccessPointPolicy",
  http: ["GET", "/v20180820/accesspoint/{Name}/policy", 200],
  input: ofAccessPoint,
  output: { Policy: 0 },
});
