import { accountOf, type DeliveryContract, type Expectation, isWholeAccount, type Result } from "../../../../lib/contract";
import { deliveryFolders } from "../../../names";
import { countOutcomes, outcomeOf } from "../../shared";
import type { DestinationReport, LiveResult } from "../types";

export interface Step {
  readonly kind: string;
  readonly names: readonly string[];
  readonly outcome: Result["outcome"];
  /** `4 of 4 hold`, or why nothing is known. */
  readonly held: string;
}

type Place = "vendor" | "access" | "role" | "bucket" | "prefix";

export function stepsOf(report: DestinationReport, contract: DeliveryContract): Step[] {
  const expectations = new Map(contract.expectations.map((expectation) => [expectation.id, expectation]));
  const placed = (place: Place) => report.results.filter((result) => placeOf(result, expectations.get(result.id), contract) === place);
  const step = (kind: string, names: readonly string[], results: readonly LiveResult[]): Step => ({ kind, names, ...sumUp(results) });
  const vendor = vendorItself(report, placed("vendor"));
  const accounts = [...new Set(contract.vendorPrincipals.map((principal) => accountOf(principal) ?? "not known"))];
  const prefixes = deliveryFolders(contract.expectations, contract.keyPrefix).map((prefix) =>
    prefix === "" ? "the whole bucket" : prefix,
  );
  const steps = [
    { kind: "Vendor account", names: accounts, ...vendor },
    { kind: "Principal", names: contract.vendorPrincipals.map(showPrincipal), ...vendor },
    step("Access", [ACCESS_METHODS[contract.door]], placed("access")),
    ...(contract.role ? [step("Role", [contract.role.name], placed("role"))] : []),
    step("Bucket", [contract.bucket.name, ...(report.region ? [report.region] : [])], placed("bucket")),
    step(prefixes.length > 1 ? "Prefixes" : "Prefix", prefixes, placed("prefix")),
  ];
  // A request that an earlier step stops is counted at that step.
  return steps.map((one, index) =>
    one.held === NOTHING_ASKED && steps.slice(0, index).some(({ outcome }) => outcome === "fail") ? { ...one, held: "not reached" } : one,
  );
}

const NOTHING_ASKED = "nothing was asked about it";

const ACCESS_METHODS: Readonly<Record<DeliveryContract["door"], string>> = {
  assumedRole: "assumes a role",
  bucketPolicy: "named in the bucket policy",
  webIdentity: "web identity",
};

/** The step that a result is about: the one whose policy decided, or else the one that its request reaches. */
function placeOf(
  { id, kind, outcome, location, deciding }: LiveResult,
  expectation: Expectation | undefined,
  { door, role, bucket }: DeliveryContract,
): Place {
  if (!expectation) {
    if (kind === "extra" && id === "vendor-identity") return "vendor";
    return (kind === "extra" || kind === "proof") && role && /role|trust|assume|stand-in/.test(id) ? "role" : "bucket";
  }
  const { actor, action, resource, context } = expectation;
  if (action.startsWith("sts:")) return "access";
  const faulty = outcome === "fail" ? (deciding[0]?.location ?? location)?.file : undefined;
  if (faulty !== undefined && faulty === role?.arn) return "role";
  if (actor !== "vendor" || Object.keys(context).some((key) => key.toLowerCase() === "aws:securetransport")) return "bucket";
  if (resource.startsWith(`${bucket.arn}/`)) return "prefix";
  return door === "bucketPolicy" ? "access" : "role";
}

function sumUp(results: readonly LiveResult[]): Pick<Step, "outcome" | "held"> {
  if (results.length === 0) return { outcome: "unknown", held: NOTHING_ASKED };
  const { pass, fail, unknown } = countOutcomes(results);
  const parts = [`${pass} of ${results.length} hold`, ...(fail ? [`${fail} fail`] : []), ...(unknown ? [`${unknown} not known`] : [])];
  return { outcome: outcomeOf(results), held: parts.join(", ") };
}

/** The vendor's own policies show only where its credentials acted. */
function vendorItself({ mode, results }: DestinationReport, about: readonly LiveResult[]): Pick<Step, "outcome" | "held"> {
  if (about.some(({ outcome }) => outcome !== "pass")) return sumUp(about);
  const acted =
    mode === "vendor" && results.some(({ by, outcome, evidence }) => by === "the vendor" && outcome === "pass" && evidence === "performed");
  return acted ? { outcome: "pass", held: "acted itself" } : { outcome: "unknown", held: "did not act in this run" };
}

function showPrincipal(principal: string): string {
  return isWholeAccount(principal) ? "everybody in the account" : principal.split(":").slice(5).join(":") || principal;
}
