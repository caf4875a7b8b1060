import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { endpointOf, isEndpointOfAws } from "../../cli/endpoints";

const CLIENTS = join(__dirname, "..", "..", "cli", "aws", "clients");

interface Client {
  readonly config: { endpointProvider(parameters: object): { readonly url: URL } };
}

describe("the endpoint of every service that the program calls is one of AWS:", () => {
  test.each(readdirSync(CLIENTS))("%s", async (file) => {
    const exported: Record<string, new (config: object) => Client> = await import(join(CLIENTS, file));
    const [, Constructor] = Object.entries(exported).find(([name]) => name.endsWith("Client"))!;
    const { config } = new Constructor({ region: "eu-west-1" });

    for (const Region of ["eu-west-1", "cn-north-1", "us-gov-west-1", "eusc-de-east-1", "us-east-1"]) {
      const UseFIPS = Region === "us-east-1";
      const { protocol, hostname } = config.endpointProvider({ Region, UseFIPS, UseDualStack: false }).url;
      expect(isEndpointOfAws(endpointOf({ protocol, hostname })), hostname).toBe(true);
    }
  });
});

describe("an endpoint", () => {
  test.each([
    ["acme-logs.s3.eu-west-1.amazonaws.com", "https://s3.eu-west-1.amazonaws.com"],
    ["acme.with.dots.s3.eu-west-1.amazonaws.com", "https://s3.eu-west-1.amazonaws.com"],
    ["s3.eu-west-1.amazonaws.com", "https://s3.eu-west-1.amazonaws.com"],
    ["acme.s3.dualstack.us-east-1.amazonaws.com", "https://s3.dualstack.us-east-1.amazonaws.com"],
    ["acme.s3-fips.us-gov-west-1.amazonaws.com", "https://s3-fips.us-gov-west-1.amazonaws.com"],
    ["acme.s3.cn-north-1.amazonaws.com.cn", "https://s3.cn-north-1.amazonaws.com.cn"],
    ["acme.bucket.vpce-1a2b3c4d-5e6f.s3.us-east-1.vpce.amazonaws.com", "https://s3.us-east-1.vpce.amazonaws.com"],
    ["sts.eusc-de-east-1.amazonaws.eu", "https://sts.eusc-de-east-1.amazonaws.eu"],
    ["iam.amazonaws.com", "https://iam.amazonaws.com"],
    ["iam.us-gov.amazonaws.com", "https://iam.us-gov.amazonaws.com"],
    ["iam.global.api.aws", "https://iam.global.api.aws"],
    ["111111111111.s3-control.eu-west-1.amazonaws.com", "https://s3-control.eu-west-1.amazonaws.com"],
    ["organizations.us-east-1.amazonaws.com", "https://organizations.us-east-1.amazonaws.com"],
    ["access-analyzer.eu-west-1.amazonaws.com", "https://access-analyzer.eu-west-1.amazonaws.com"],
  ])("of AWS: %s", (hostname, expected) => {
    const endpoint = endpointOf({ protocol: "https:", hostname });

    expect(endpoint).toBe(expected);
    expect(isEndpointOfAws(endpoint)).toBe(true);
  });

  test.each([
    "localhost",
    "127.0.0.1",
    "s3.localhost.localstack.cloud",
    "s3.eu-west-1.amazonaws.com.example.org",
    "amazonaws.com",
    "evil-amazonaws.com",
    "s3.eu-west-1.evilamazonaws.com",
    "my-load-balancer-123.eu-west-1.elb.amazonaws.com",
    "ec2-198-51-100-1.eu-west-1.compute.amazonaws.com",
    "s3.compute.amazonaws.com",
    "a1b2.execute-api.eu-west-1.amazonaws.com",
  ])("not of AWS: %s", (hostname) => {
    expect(isEndpointOfAws(endpointOf({ protocol: "https:", hostname, port: 4566 }))).toBe(false);
    expect(endpointOf({ protocol: "http:", hostname, port: 4566 })).toBe(`http://${hostname}:4566`);
  });
});
