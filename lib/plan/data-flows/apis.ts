/** APIs that read the objects of a bucket for their callers. */
import { ownValue } from "../../json";
import { unknownText } from "../../unknown";
import type { Instance } from "../resources/inventory";
import { blocksIn, type Flow, type FlowReader, refersTo, textAt, textFrom, textIn } from "./flow";
import { isSet, mayBeBucket } from "./readers";

const apiIntegration: FlowReader = (resource) => servedBy(textFrom(resource.get("uri"), "uri") ?? "", resource);

/** An OpenAPI definition holds the integrations of its methods. */
const apiDefinition: FlowReader = (resource) => {
  const body = textIn(resource, "body") ?? "";
  return [...new Set(body.match(/\barn:[^"'\s]*:apigateway:[^"'\s]*/g) ?? [])].flatMap((uri) => servedBy(uri, resource));
};

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/integrating-api-with-aws-services-s3.html */
function servedBy(uri: string, { address }: Instance): Flow[] {
  const [, service, path = ""] = /:(s3|iam):(?:path|action)\/(.*)$/s.exec(uri) ?? [];
  if (service === undefined) return [];
  const recipients = ["callers of the API"];
  // A path parameter lets the callers choose the bucket.
  const source = service === "iam" || path.startsWith("{") ? unknownText(`what callers of ${address} name`) : uri;
  return [{ kind: "distribution", means: "a method of Amazon API Gateway", source, recipients }];
}

/**
 * A data source of AWS AppSync that signs its requests to Amazon S3. The templates of its resolvers name the bucket, if the endpoint does not.
 *
 * @see https://docs.aws.amazon.com/appsync/latest/devguide/tutorial-http-resolvers.html
 */
const httpDataSource: FlowReader = (resource, inventory) => {
  const config = blocksIn(resource.get("http_config"), `${resource.address}.http_config`);
  const name = textIn(resource, "name") ?? "";
  return config.flatMap((block): Flow[] => {
    const endpoint = textAt(block, "endpoint") ?? "";
    if (!isSet(ownValue(block, "authorization_config")) || !mayBeBucket(endpoint.replace(/^https?:\/\//, ""))) return [];
    const templates = ["aws_appsync_resolver", "aws_appsync_function"].flatMap((type) =>
      inventory
        .instances(type)
        .filter((each) => textIn(each, "data_source") === name || refersTo(textIn(each, "data_source") ?? "", resource))
        .flatMap((each) => ["request_template", "request_mapping_template", "code"].flatMap((argument) => textIn(each, argument) ?? [])),
    );
    const source = [endpoint, ...templates].join(" ");
    return [{ kind: "distribution", means: "a data source of AWS AppSync", source, recipients: ["callers of the API"] }];
  });
};

export const APIS: Readonly<Record<string, FlowReader>> = {
  aws_api_gateway_integration: apiIntegration,
  aws_api_gateway_rest_api: apiDefinition,
  aws_appsync_datasource: httpDataSource,
};
