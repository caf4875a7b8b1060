/**
 * A client of AWS Organizations with the operations that the program uses. It is derived from the KMS client, which uses the same protocol.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_Operations.html
 */
import { KMSClient, type KMSClientConfig, ListGrantsCommand } from "@aws-sdk/client-kms";
import { list, ownCommand, structure } from "../own-commands.js";

/** Region and suffix of the host name, by partition. @see https://docs.aws.amazon.com/general/latest/gr/ao.html */
const PLACES: readonly [RegExp, string, string][] = [
  [/^cn-/, "cn-northwest-1", "amazonaws.com.cn"],
  [/^us-gov-/, "us-gov-west-1", "amazonaws.com"],
  [/^eusc-/, "eusc-de-east-1", "amazonaws.eu"],
  [/^/, "us-east-1", "amazonaws.com"],
];

export class OrganizationsClient extends KMSClient {
  constructor(configuration: KMSClientConfig) {
    super({
      ...configuration,
      serviceId: "Organizations",
      protocolSettings: { defaultNamespace: "com.amazonaws.organizations", serviceTarget: "AWSOrganizationsV20161128" },
      endpointProvider: ({ Region = "", Endpoint }: { readonly Region?: string; readonly Endpoint?: string }) => {
        const [, signingRegion, suffix] = PLACES.find(([regions]) => regions.test(Region))!;
        const url = new URL(Endpoint ?? `https://organizations.${signingRegion}.${suffix}`);
        return { url, properties: { authSchemes: [{ name: "sigv4", signingName: "organizations", signingRegion, properties: {} }] } };
      },
    } as KMSClientConfig);
  }
}

const http = ["POST", "/", 200] as const;

export const DescribeOrganizationCommand = ownCommand(ListGrantsCommand, {
  name: "DescribeOrganization",
  http,
  input: {},
  output: { Organization: structure("Organization", { Id: 0, MasterAccountId: 0 }) },
});

export const ListParentsCommand = ownCommand(ListGrantsCommand, {
  name: "ListParents",
  http,
  input: { ChildId: 0 },
  output: { Parents: list("Parents", structure("Parent", { Id: 0, Type: 0 })) },
});

const policyType = structure("PolicyTypeSummary", { Type: 0, Status: 0 });

export const ListRootsCommand = ownCommand(ListGrantsCommand, {
  name: "ListRoots",
  http,
  input: {},
  output: { Roots: list("Roots", structure("Root", { Id: 0, PolicyTypes: list("PolicyTypes", policyType) })) },
});

const summary = structure("PolicySummary", { Id: 0, Arn: 0, Name: 0, Type: 0 });

export const ListPoliciesForTargetCommand = ownCommand(ListGrantsCommand, {
  name: "ListPoliciesForTarget",
  http,
  input: { TargetId: 0, Filter: 0, NextToken: 0 },
  output: { Policies: list("Policies", summary), NextToken: 0 },
});

export const DescribePolicyCommand = ownCommand(ListGrantsCommand, {
  name: "DescribePolicy",
  http,
  input: { PolicyId: 0 },
  output: { Policy: structure("Policy", { PolicySummary: summary, Content: 0 }) },
});
