/** The parts that the program uses of inputs and outputs of Access Analyzer, S3 Control and Organizations. */
import type * as s3 from "@aws-sdk/client-s3";

/** Types of the resources whose policies Access Analyzer checks. */
type AnalyzedResourceType = "AWS::S3::Bucket" | "AWS::IAM::AssumeRolePolicyDocument";

/** The part of Access Analyzer's inputs and outputs that is used. */
export interface ValidatePolicyInput {
  readonly policyDocument: string;
  readonly policyType: "IDENTITY_POLICY" | "RESOURCE_POLICY";
  readonly validatePolicyResourceType?: AnalyzedResourceType;
}
export interface ValidatePolicyOutput {
  readonly findings?: readonly { readonly findingType?: string; readonly issueCode?: string; readonly findingDetails?: string }[];
}
export interface CheckNoPublicAccessInput {
  readonly policyDocument: string;
  readonly resourceType: AnalyzedResourceType;
}
export interface CheckNoPublicAccessOutput {
  readonly result?: string;
  readonly message?: string;
}

/** Access Analyzer's lists name their tokens in lower case. */
export interface NextPage {
  readonly nextToken?: string;
}

export interface ListAnalyzersOutput extends NextPage {
  readonly analyzers?: readonly {
    readonly arn?: string;
    readonly type?: string;
    readonly status?: string;
    readonly lastResourceAnalyzedAt?: Date;
  }[];
}

export interface ListFindingsInput extends NextPage {
  readonly analyzerArn: string;
  readonly filter: Readonly<Record<string, { readonly eq: readonly string[] }>>;
}

export interface ListFindingsOutput extends NextPage {
  readonly findings?: readonly AnalyzerFinding[];
}

/** A finding of an analyzer of external access. */
interface AnalyzerFinding {
  readonly id?: string;
  readonly status?: string;
  readonly resource?: string;
  /** The kind of principal, and who it is: `{ AWS: "222222222222" }`. */
  readonly principal?: Readonly<Record<string, string>>;
  readonly action?: readonly string[];
  readonly isPublic?: boolean;
  readonly analyzedAt?: Date;
  /** Keys and values of the statement's conditions, without their operators. */
  readonly condition?: Readonly<Record<string, string>>;
  readonly error?: string;
  readonly sources?: readonly { readonly type?: string; readonly detail?: { readonly accessPointArn?: string } }[];
}

/** The account whose resources S3 Control is asked about. */
export interface OfAccount {
  readonly AccountId: string;
}

export interface OfAccessPoint extends OfAccount {
  readonly Name: string;
}

export interface GetAccountPublicAccessBlockOutput {
  readonly PublicAccessBlockConfiguration?: s3.PublicAccessBlockConfiguration;
}

export interface ListAccessGrantsInput extends OfAccount {
  readonly NextToken?: string;
}

export interface ListAccessGrantsOutput {
  readonly AccessGrantsList?: readonly {
    readonly AccessGrantId?: string;
    readonly AccessGrantArn?: string;
    /** `IAM`, `DIRECTORY_USER` or `DIRECTORY_GROUP`. */
    readonly Grantee?: { readonly GranteeType?: string; readonly GranteeIdentifier?: string };
    readonly Permission?: string;
    /** `s3://bucket/prefix*` */
    readonly GrantScope?: string;
  }[];
  readonly NextToken?: string;
}

export interface ListAccessPointsInput extends OfAccount {
  readonly Bucket: string;
  readonly NextToken?: string;
}

interface AccessPoint {
  readonly Name?: string;
  readonly AccessPointArn?: string;
  /** `Internet`, or `VPC` if only requests from one are accepted. */
  readonly NetworkOrigin?: string;
  readonly VpcConfiguration?: { readonly VpcId?: string };
}

export interface ListAccessPointsOutput {
  readonly AccessPointList?: readonly AccessPoint[];
  readonly NextToken?: string;
}

export interface GetAccessPointOutput extends AccessPoint {
  readonly PublicAccessBlockConfiguration?: s3.PublicAccessBlockConfiguration;
}

export interface GetAccessPointPolicyOutput {
  readonly Policy?: string;
}

export interface DescribeOrganizationOutput {
  readonly Organization?: { readonly Id?: string; readonly MasterAccountId?: string };
}

export interface ListRootsOutput {
  readonly Roots?: readonly {
    readonly Id?: string;
    /** Those that are enabled, or are being enabled or disabled. */
    readonly PolicyTypes?: readonly { readonly Type?: string; readonly Status?: string }[];
  }[];
}

export interface ListParentsInput {
  /** ID of an account or an organizational unit. */
  readonly ChildId: string;
}

export interface ListParentsOutput {
  readonly Parents?: readonly { readonly Id?: string; readonly Type?: string }[];
}

export interface ListPoliciesForTargetInput {
  readonly TargetId: string;
  readonly Filter: "SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY";
  readonly NextToken?: string;
}

export interface ListPoliciesForTargetOutput {
  readonly Policies?: readonly { readonly Id?: string; readonly Arn?: string; readonly Name?: string }[];
  readonly NextToken?: string;
}

export interface DescribePolicyInput {
  readonly PolicyId: string;
}

export interface DescribePolicyOutput {
  readonly Policy?: { readonly PolicySummary?: { readonly Name?: string; readonly Arn?: string }; readonly Content?: string };
}
