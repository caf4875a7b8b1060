import { namedPrincipals } from "../../judge";
import { hasUnknown } from "../../unknown";
import type { Rule } from "../rule";
import { listed } from "../statements";

/** Names of services in the principals of policies, without the domain. AWS publishes no complete list. */
const SERVICES: ReadonlySet<string> = new Set(
  (
    "a4b access-analyzer access-grants.s3 account acm acm-pca airflow airflow-env amplify amplifybackend aoss apidestinations.events apigateway appfabric appflow " +
    "application-autoscaling application-insights appmesh apprunner appstream appsync aps arc-zonal-shift athena audit-manager auditmanager autoscaling aws-artifact-account-sync " +
    "aws-connector backup backup-gateway backup-storage batch batchoperations.s3 bcm-data-exports bedrock bedrock-agentcore billing billingconsole billingreports braket " +
    "budgets build.apprunner ce channels.lex chatbot chime cleanrooms cloud9 cloudformation cloudfront cloudhsm cloudsearch cloudtrail cloudwatch cloudwatch-crossaccount " +
    "codeartifact codebuild codecommit codeconnections codedeploy codeguru-profiler codeguru-reviewer codepipeline codestar codestar-connections codestar-notifications " +
    "codewhisperer cognito-identity cognito-idp cognito-sync comprehend compute-optimizer config config-multiaccountsetup connect connect-campaigns controltower cost-optimization-hub cur " +
    "databrew dataexchange datapipeline datasync datazone dax delivery.logs detective devicefarm devops-guru directconnect diode discovery dlm dms docdb-elastic drs ds " +
    "dynamodb ec2 ec2-instance-connect ec2.application-autoscaling ec2fleet ecr ecs ecs-tasks ecs.application-autoscaling edgelambda eks eks-connector eks-fargate eks-fargate-pods eks-nodegroup " +
    "elasticache elasticbeanstalk elasticfilesystem elasticloadbalancing elasticmapreduce elastictranscoder email.cognito-idp emr-containers emr-serverless entityresolution es events " +
    "evidently export.rds finspace firehose fis fms forecast frauddetector freertos fsx gamelift geo glacier globalaccelerator glue grafana greengrass groundstation guardduty health " +
    "healthlake honeycode iam identitystore imagebuilder importexport inspector inspector2 internetmonitor iot iotanalytics iotdeviceadvisor iotdevicemanagement iotevents iotfleetwise iotsitewise iotthingsgraph iottwinmaker iotwireless " +
    "ivs jellyfish kafka kafkaconnect kendra kinesis kinesisanalytics kinesisvideo kms lakeformation lambda lex lexv2 license-manager lightsail logdelivery.elasticloadbalancing logger.cloudfront logs logs.cloudfront lookoutequipment " +
    "logging.s3 lookoutmetrics lookoutvision m2 machinelearning macie macie2 maintenance.nodegroups.eks malware-protection malware-protection-plan.guardduty managedblockchain managedservices marketplace mediaconnect mediaconvert medialive mediapackage mediastore mediatailor " +
    "member.org.stacksets.cloudformation memorydb mgn migrationhub mobileanalytics mobilehub monitoring monitoring.rds mq mwaa neptune network-firewall networkmanager networkmonitor notifications oam omics opensearchservice ops.apigateway opsworks opsworks-cm organizations osis outposts panorama " +
    "partnercentral-account-management payments personalize pi pinpoint pipes pods.eks polly pricing private-networks proton purchase-orders q qbusiness qldb quicksight ram rbin rds redshift redshift-serverless refactor-spaces reinforce rekognition replication.dynamodb replicator.lambda repostspace resiliencehub resource-explorer-2 resource-groups resource.securitylake resource.securitylake " +
    "robomaker rolesanywhere route53 route53-recovery-control-config route53domains route53resolver rum s3 s3.data-source.lustre.fsx s3-object-lambda s3-outposts sagemaker savingsplans scheduler schemas sdb secretsmanager securityhub securitylake serverlessrepo servicecatalog servicecatalog-appregistry " +
    "servicediscovery servicequotas ses shield signer signin simspaceweaver sms sms-voice snow-device-management snowball sns spot spotfleet sqs ssm ssm-contacts ssm-incidents ssm-quicksetup ssmmessages sso states storage-lens.s3 storagegateway streams.metrics.cloudwatch sts sumerian support " +
    "swf synthetics tagging tagpolicies.tag tasks.apprunner textract timestream tnb transcribe transcribe.streaming transfer translate trustedadvisor user-subscriptions verified-access verifiedpermissions vmie voiceid vpc-flow-logs vpc-lattice waf waf-regional wafv2 wellarchitected wisdom workdocs worklink workmail workspaces workspaces-web xray"
  ).split(" "),
);

const DOMAIN = /\.(?:amazonaws\.(?:com(?:\.cn)?|eu)|(?:c2s\.ic|sc2s\.sgov)\.gov)$/;

/** Before the domain, in the names of services that have one for each Region. */
const REGION = /\.(?:us|eu|ap|sa|ca|me|af|il|mx|cn|eusc)(?:-(?:gov|iso[a-z]?|de))?-[a-z]+-\d$/;

function isListed(service: string): boolean {
  const name = service.replace(DOMAIN, "");
  return name !== service && (SERVICES.has(name) || SERVICES.has(name.replace(REGION, "")));
}

export const unknownService: Rule = {
  id: "unknown-service",
  title: "a policy names a service that may not exist",
  severity: "medium",
  reason: "Amazon S3 refuses a bucket policy that names a service principal which AWS does not have, so the bucket keeps its former policy",
  details: "AWS publishes no complete list of its service principals, so the rule never fails a check: the exit code is 3.",
  remedy: "write the service principal as the documentation of the service does",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services",
  kinds: ["resource"],
  evenUnknown: true,
  statement: (statement, { contracts }) => {
    if (contracts.length === 0) return undefined;
    const { services } = namedPrincipals(statement);
    const unlisted = services.filter((service) => !hasUnknown(service) && !service.includes("*") && !isListed(service));
    return unlisted.length === 0 ? undefined : { detail: `whether AWS has the service principal ${listed(unlisted)}`, isUnknown: true };
  },
};
