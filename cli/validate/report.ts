import type { DeliveryContract } from "../../lib/contract";
import { reasonInContract } from "../../lib/rules";
import { rightFor } from "../aws";
import { namesRole, type ReadBack } from "../live";
import { type Performed, ROLE_SESSION } from "../probes";
import { type DestinationReport, type LiveResult, liveMatrix } from "../report/validate";
import { merge } from "./merge";
import { notChecked } from "./not-checked";
import { callersOf, jsonSha256, livePoliciesOf } from "./provenance";
import { contractsOfBucket } from "./read-destination";
import type { Validation } from "./state";

export function reportOf(validation: Validation, durationMs: number): DestinationReport {
  const { contract, options, place, testObjects, chosen, simulated, probes, live, analysis, external, standIn, left, stopped } = validation;
  const mode = chosen?.mode ?? options.asked ?? "deployer";
  const results = resultsOf(validation);
  let matrix: DestinationReport["matrix"] | undefined;
  return {
    contract: contract.id,
    vendor: `${contract.vendor.name} ${contract.vendor.product}`,
    bucket: contract.bucket.name,
    ...(place.isRegionKnown ? { region: place.region } : {}),
    mode,
    ...(chosen?.actedAs ? { actedAs: chosen.actedAs } : {}),
    callers: chosen ? callersOf(chosen) : [],
    contractSha256: jsonSha256(contract),
    livePolicies: live ? livePoliciesOf(live.account) : [],
    results,
    // Only some formats show it, and it takes longer than everything else that is computed.
    get matrix() {
      matrix ??= liveMatrix(contract, results, {
        ...(live && !validation.isForeign && { account: live.account }),
        neighbours: contractsOfBucket(validation).filter((other) => other !== contract),
      });
      return matrix;
    },
    notChecked: notChecked({
      mode,
      callers: chosen?.callers,
      live,
      simulated,
      analysis,
      external,
      plainHttpBlocked: probes.plainHttpBlocked,
    }),
    ...(live && live.unread.length > 0 && { notRead: [...new Set(live.unread.map(({ operation }) => rightFor(operation)))].sort() }),
    written: testObjects.objects.filter(({ written }) => written).length + (standIn ? 1 : 0),
    left,
    durationMs,
    ...(stopped === undefined ? {} : { stopped }),
  };
}

function resultsOf({ contract, computed, simulated, probes, extras, read, live, stopped }: Validation): LiveResult[] {
  const roleSession = probes.performed.get(ROLE_SESSION);
  return [
    ...merge(contract, {
      ...probes,
      computed,
      simulated: simulated.decisions,
      namesRole: live ? namesRole(contract, live.account) : [],
      stopped,
    })
      .map((result) => withAccountBlock(result, contract, live))
      .map((result) => {
        const accepted = reasonInContract(result, contract);
        return accepted === undefined ? result : { ...result, accepted };
      }),
    ...extras,
    ...read,
    ...(roleSession && roleSession.outcome !== "pass" ? [noRoleSession(roleSession, contract)] : []),
  ];
}

/** Says of a setting of Block Public Access that only the account has it on. */
function withAccountBlock(result: LiveResult, { posture }: DeliveryContract, live: ReadBack | undefined): LiveResult {
  const property = posture.find(({ id }) => id === result.id)?.property;
  if (result.outcome !== "pass" || !live?.blockedByAccount.some((setting) => setting === property)) return result;
  return { ...result, note: "the account has it on, and the bucket has not" };
}

/** The deployer got no session with the role's permissions. */
function noRoleSession({ outcome, by, cause, remedy, requestIds }: Performed, { validator }: DeliveryContract): LiveResult {
  const trust = validator && `let the trust policy allow ${validator.principalArn}, with the session name ${validator.sessionName}`;
  return {
    id: ROLE_SESSION,
    title: `the deployer can assume ${by}`,
    kind: "extra",
    expected: "allowed",
    outcome,
    by: "the deployer",
    ...(requestIds ? { requestIds } : {}),
    deciding: [],
    ...(outcome === "unknown" ? {} : { evidence: "performed" }),
    ...(cause ? { cause } : {}),
    ...((trust ?? remedy) ? { remedy: trust ?? remedy } : {}),
    note: "if the trust policy names the deployer's account and not the deployer, the deployer also needs sts:AssumeRole on the role",
  };
}
