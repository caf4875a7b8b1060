/** Limits the requests per second for each identity and service, so that AWS does not throttle a run over many destinations. */
import type { Clock } from "../clock";
import type { Aws, Connect, CredentialSource, OperationName } from "./operations";

type Service = OperationName extends `${infer Name}:${string}` ? Name : never;

/** Requests per second. CloudTrail allows two, Organizations a few, and IAM has low quotas too. S3 scales with prefixes and hardly needs a limit. */
const RATES: Readonly<Record<Service, number>> = {
  iam: 100,
  sts: 100,
  kms: 100,
  s3: 1_000,
  sqs: 300,
  cloudtrail: 2,
  accessanalyzer: 20,
  s3control: 50,
  organizations: 5,
};

/** How much of the rate may be used at once. */
const BURST_MS = 1_000;

export function paced(connect: Connect, clock: Pick<Clock, "now" | "sleep">): Connect {
  const schedules = new WeakMap<CredentialSource, Map<string, number>>();
  return (source, region) => {
    const aws = connect(source, region);
    const schedule = schedules.get(source) ?? new Map<string, number>();
    schedules.set(source, schedule);
    const call: Aws["call"] = async (operation, input, options) => {
      const service = operation.slice(0, operation.indexOf(":")) as Service;
      const due = Math.max(schedule.get(service) ?? 0, clock.now()) + 1_000 / RATES[service];
      schedule.set(service, due);
      const wait = due - clock.now() - BURST_MS;
      if (wait > 0) await clock.sleep(wait, options?.signal);
      return aws.call(operation, input, options);
    };
    return { call };
  };
}
