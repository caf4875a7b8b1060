/** Arguments that name code or certificates in a bucket, by resource type. */

/** Where a resource names code: the blocks around it, and the arguments that hold bucket and key, or both in one text. */
export type Place = { readonly within?: string } & (
  | { readonly bucket: string; readonly key: string; readonly isFolder?: true }
  | { readonly uri: string; readonly isFolder?: true }
);

export interface CodeRow {
  readonly means: string;
  readonly places: readonly Place[];
  /** Whether the reader may make something else of the object. */
  readonly isPossible?: true;
}

const S3_ARGUMENTS: readonly Place[] = [{ bucket: "s3_bucket", key: "s3_key" }];
const MODELS = ["primary_container", "container"];
const DOMAIN: CodeRow = {
  means: "the trust store of a domain name of Amazon API Gateway",
  places: [{ within: "mutual_tls_authentication", uri: "truststore_uri" }],
};

export const CODE_PLACES: Readonly<Record<string, CodeRow>> = {
  aws_lambda_function: { means: "the code of a function", places: S3_ARGUMENTS },
  aws_lambda_layer_version: { means: "the code of a layer of AWS Lambda", places: S3_ARGUMENTS },
  aws_synthetics_canary: { means: "the script of a canary", places: S3_ARGUMENTS },
  aws_elastic_beanstalk_application_version: { means: "a version of an application", places: [{ bucket: "bucket", key: "key" }] },
  aws_gamelift_build: { means: "a build of Amazon GameLift", places: [{ within: "storage_location", bucket: "bucket", key: "key" }] },
  aws_gamelift_script: { means: "a script of Amazon GameLift", places: [{ within: "storage_location", bucket: "bucket", key: "key" }] },
  aws_kinesisanalyticsv2_application: {
    means: "the code of an application of Amazon Managed Service for Apache Flink",
    places: [
      {
        within: "application_configuration.application_code_configuration.code_content.s3_content_location",
        bucket: "bucket_arn",
        key: "file_key",
      },
    ],
  },
  aws_mskconnect_custom_plugin: {
    means: "a plugin of Amazon MSK Connect",
    places: [{ within: "location.s3", bucket: "bucket_arn", key: "file_key" }],
  },
  aws_sagemaker_pipeline: {
    means: "the definition of a pipeline of Amazon SageMaker",
    places: [{ within: "pipeline_definition_s3_location", bucket: "bucket", key: "object_key" }],
  },
  aws_sagemaker_model: {
    means: "a model of Amazon SageMaker",
    places: MODELS.flatMap((within): Place[] => [
      { within, uri: "model_data_url" },
      { within: `${within}.model_data_source.s3_data_source`, uri: "s3_uri", isFolder: true },
    ]),
  },
  aws_bedrockagent_agent_action_group: {
    means: "the schema of an agent of Amazon Bedrock",
    places: [{ within: "api_schema.s3", bucket: "s3_bucket_name", key: "s3_object_key" }],
  },
  aws_mwaa_environment: {
    means: "an environment of Apache Airflow",
    places: [
      { bucket: "source_bucket_arn", key: "dag_s3_path", isFolder: true },
      ...["plugins_s3_path", "requirements_s3_path", "startup_script_s3_path"].map((key) => ({ bucket: "source_bucket_arn", key })),
    ],
  },
  aws_rds_custom_db_engine_version: {
    means: "the installation files of a database engine",
    places: [{ bucket: "database_installation_files_s3_bucket_name", key: "database_installation_files_s3_prefix", isFolder: true }],
  },
  aws_glue_job: {
    means: "the script of a job of AWS Glue",
    places: [
      { within: "command", uri: "script_location" },
      ...["--extra-py-files", "--extra-jars", "--extra-files", "--additional-python-modules"].map((uri) => ({
        within: "default_arguments",
        uri,
      })),
    ],
  },
  aws_glue_dev_endpoint: {
    means: "the libraries of a development endpoint of AWS Glue",
    places: [{ uri: "extra_jars_s3_path" }, { uri: "extra_python_libs_s3_path" }],
  },
  aws_emr_cluster: {
    means: "a script of an Amazon EMR cluster",
    places: [
      { within: "bootstrap_action", uri: "path" },
      { within: "step.hadoop_jar_step", uri: "jar" },
    ],
  },
  aws_emrcontainers_job_template: {
    means: "the program of a job of Amazon EMR on EKS",
    places: [{ within: "job_template_data.job_driver.spark_submit_job_driver", uri: "entry_point" }],
  },
  aws_imagebuilder_component: { means: "a component of EC2 Image Builder", places: [{ uri: "uri" }] },
  aws_imagebuilder_workflow: { means: "a workflow of EC2 Image Builder", places: [{ uri: "uri" }] },
  aws_servicecatalog_product: {
    means: "the template of a product of AWS Service Catalog",
    places: [{ within: "provisioning_artifact_parameters", uri: "template_url" }],
  },
  aws_servicecatalog_provisioning_artifact: {
    means: "the template of a product of AWS Service Catalog",
    places: [{ uri: "template_url" }],
  },
  aws_ssm_document: {
    means: "an attachment of a document of AWS Systems Manager",
    places: [{ within: "attachments_source", uri: "values" }],
  },
  aws_lb_trust_store: {
    means: "the trust store of a load balancer",
    places: [{ bucket: "ca_certificates_bundle_s3_bucket", key: "ca_certificates_bundle_s3_key" }],
  },
  aws_lb_trust_store_revocation: {
    means: "the revocations of a trust store of a load balancer",
    places: [{ bucket: "revocations_s3_bucket", key: "revocations_s3_key" }],
  },
  aws_api_gateway_domain_name: DOMAIN,
  aws_apigatewayv2_domain_name: DOMAIN,
  "data.aws_s3_object": { means: "an object that Terraform reads", places: [{ bucket: "bucket", key: "key" }], isPossible: true },
  "data.terraform_remote_state": {
    means: "a state that Terraform reads",
    places: [{ within: "config", bucket: "bucket", key: "key" }],
    isPossible: true,
  },
};
