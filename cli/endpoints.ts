/** Finds out where requests go, because a run against an emulator must not look like one against AWS. */

/** The parts of a request of the SDK that say where it goes. */
export interface SentRequest {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
}

/** Domains of the partitions. @see https://docs.aws.amazon.com/general/latest/gr/rande.html */
const DOMAINS = [
  "amazonaws.com",
  "amazonaws.com.cn",
  "api.aws",
  "api.amazonwebservices.com.cn",
  "amazonaws.eu",
  "api.amazonwebservices.eu",
];
const SERVICES = "s3|s3-control|sts|iam|kms|access-analyzer|organizations|sqs|cloudtrail";

/**
 * A host of a service in one of these domains. Other hosts in them, such as a load balancer's, are the customers' own.
 * The first part is the bucket, or the name of a VPC endpoint.
 */
const HOST_OF_AWS = new RegExp(
  `^(?:.+\\.)?((?:${SERVICES})(?:-fips)?(?:\\.dualstack)?(?:\\.[a-z]{2,}(?:-[a-z]+)+-\\d+|\\.global|\\.us-gov)?(?:\\.vpce)?\\.(?:${DOMAINS.map((domain) => domain.replaceAll(".", "\\.")).join("|")}))$`,
);

/** `https://s3.eu-west-1.amazonaws.com`, without the bucket. */
export function endpointOf({ protocol, hostname, port }: SentRequest): string {
  const host = HOST_OF_AWS.exec(hostname)?.[1] ?? hostname;
  return `${protocol}//${host}${port === undefined ? "" : `:${port}`}`;
}

/** Whether an endpoint, as `endpointOf` writes it, is one of AWS itself. */
export function isEndpointOfAws(endpoint: string): boolean {
  const host = /^https?:\/\/([^/:]+)(?::\d+)?$/.exec(endpoint)?.[1];
  return host !== undefined && HOST_OF_AWS.test(host);
}
