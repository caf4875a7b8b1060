/** What must be true of a run in which requests go wrong, and of the account after it. */
import type { DestinationReport } from "../../../cli/report/validate/types";
import { type FaultAccount, RUN_MS } from "./account";
import type { IncidentKind } from "./incidents";

/** The clean-up of a destination has a time of its own, and the last request may be a write that nobody stops waiting for. */
const LAST_MS = 60_000 + 30_000 + 30_000;
const LONGEST_CAUSE = 500;

/** What is wrong: empty where all is as it must be. */
export async function problemsOf(account: FaultAccount, { isAnswerOfAws }: Pick<IncidentKind, "isAnswerOfAws">): Promise<string[]> {
  const { clock } = account.place;
  const started = clock.now();
  const report = (await account.validate())!;
  const took = clock.now() - started;
  const left = account.left;
  const problems = [
    ...notDone(account, report),
    ...(took > RUN_MS + LAST_MS ? [`it took ${took / 1_000} s`] : []),
    ...(left.length > 0 && report.left.length === 0 ? [`left behind without a word: ${left.join(", ")}`] : []),
    ...causes(report),
    ...(isAnswerOfAws ? [] : failures(report)),
  ];
  const journalled = new Set(account.place.journal.open.map(({ name, key }) => key ?? name));
  const forgotten = left.filter((item) => ![...journalled].some((name) => item.includes(name)));
  if (forgotten.length > 0) problems.push(`not in the journal: ${forgotten.join(", ")}`);
  if (journalled.size > 0 || left.length > 0) {
    const cleaned = await account.cleanUp("kept");
    if (account.left.length > 0) problems.push(`left after --clean-up: ${account.left.join(", ")}; ${JSON.stringify(cleaned.left)}`);
  }
  return problems;
}

/** Actions whose request has another name. */
const REQUESTS: Readonly<Record<string, string>> = {
  "s3:ListBucket": "s3:ListObjectsV2",
  "s3:ListBucketVersions": "s3:ListObjectVersions",
};

/** Results that say that something was done, or was denied by AWS, and it was not. */
function notDone({ done, refused, place }: FaultAccount, { results }: DestinationReport): string[] {
  return place.contract.expectations.flatMap(({ id, action, expected, context }) => {
    const result = results.find((one) => one.id === id)!;
    if (result.outcome !== "pass" || !["performed", "simulated"].includes(result.evidence ?? "") || result.by === undefined) return [];
    const suffix = Object.entries(context).some(([key, value]) => key.toLowerCase() === "aws:securetransport" && value === "false");
    const seen = expected === "allowed" ? done : refused;
    const operation = REQUESTS[action] ?? action;
    const isSeen = [...seen].some((one) => one.startsWith(`${operation} `) && one.endsWith(" over HTTP") === suffix);
    return isSeen ? [] : [`${id} passes as ${result.evidence}, and nothing of the kind was ${expected === "allowed" ? "done" : "denied"}`];
  });
}

/** Whatever is not as it should be has its cause, in one line. */
function causes({ results }: DestinationReport): string[] {
  return results
    .filter(({ outcome, cause = "" }) => outcome !== "pass" && (cause === "" || /\n/.test(cause) || cause.length > LONGEST_CAUSE))
    .map(({ id, cause }) => `the cause of ${id} is ${JSON.stringify(cause)}`);
}

/** The account is as the contract wants it, so nothing of it fails. */
function failures({ results }: DestinationReport): string[] {
  return results.filter(({ outcome }) => outcome === "fail").map(({ id, cause }) => `${id} fails: ${cause}`);
}
