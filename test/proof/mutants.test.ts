/** Holes of access are found by proofs alone: no rule, no sample request, no setting. Harmless changes stay proved. */
import { afterAll, describe, expect, test } from "vitest";
import { contractsIn } from "../../cli/check";
import type { Result } from "../../lib/contract";
import { readConfiguration } from "../../lib/plan";
import { neighboursOf, prove } from "../../lib/proof";
import { harmfulMutants } from "../mutants/harmful";
import { harmlessMutants } from "../mutants/harmless";
import { indirectMutants } from "../mutants/indirect";
import type { Mutant } from "../mutants/mutant";
import { EXAMPLES, type Plan, planOf } from "../mutants/plans";

/** Mutants that let nobody do anything more, each with the reason. Rules and settings find them. */
const NOT_OF_ACCESS: readonly (readonly [pattern: RegExp, example: string, reason: string])[] = [
  [/block_public|public_acls|public_buckets|Block Public Access/, "", "a second line of defence"],
  [/encryption|bucket key|versioning|Object Lock|another region|Requester Pays/, "", "a setting"],
  [/ObjectWriter|ACLs (en|dis)abled|Object Ownership|public ACL/, "", "a setting, or refused by another one"],
  [/an ACL for another account/, "kandji", "refused by Object Ownership"],
  [/a Sid that IAM rejects/, "", "AWS refuses the policy"],
  [/lock-out from the policy/, "", "restricts only the owner"],
  [/locked out/, "sixsense", "restricts only the owner"],
  [/TagKeys|ForAllValues/, "", "holds for every request without tags"],
  [/trust policy, .*: (every action|NotAction|sts:\*)/, "kandji", "beside AssumeRole an assumer needs nothing"],
  [/role policy, AllowVendorOnObjects: NotAction/, "kandji", "the contract grants all actions on objects"],
  [
    /bucket policy: (roles of a name|roles of accounts that begin alike|organizations that begin alike).*by a condition/,
    "kandji",
    "refused by Block Public Access",
  ],
  [/AllowSSLRequestsOnly: a further condition in a Deny/, "sixsense", "the Deny still holds for the vendor"],
  [/plain HTTP is denied for all actions except one/, "sixsense", "the vendor cannot do this one"],
];

function isOfAccess({ example, name }: Mutant): boolean {
  return !NOT_OF_ACCESS.some(([pattern, only]) => pattern.test(name) && (only === "" || only === example));
}

function proofsOf(plan: Plan): readonly Result[] {
  const estate = { ...readConfiguration(plan, "cdk.tf.json"), parts: [] };
  const assignments = contractsIn(estate);
  const neighbours = neighboursOf(assignments.map(({ contract }) => contract));
  return assignments.flatMap(({ contract }) => prove(contract, estate, { neighbours: neighbours.get(contract) }));
}

function mutated({ example, mutate }: Mutant): Plan {
  const plan = planOf(example);
  mutate(plan);
  return plan;
}

function notPassed(plan: Plan) {
  return proofsOf(plan)
    .filter(({ outcome }) => outcome !== "pass")
    .map(({ id, outcome, cause }) => ({ id, outcome, cause }));
}

const harmful = [...harmfulMutants(), ...indirectMutants()];
const counts = { broken: 0, notExcluded: 0, otherwise: 0 };

describe.each(EXAMPLES)("%s", (example) => {
  test("is proved before anything is changed", () => {
    const proofs = proofsOf(planOf(example));

    expect(
      proofs.every(({ evidence, outcome }) => outcome === "pass" && evidence === "proved"),
      JSON.stringify(proofs, null, 2),
    ).toBe(true);
  });

  test.each(harmlessMutants().filter((mutant) => mutant.example === example))("$kind: $name stays proved", (mutant) => {
    expect(notPassed(mutated(mutant))).toEqual([]);
  });

  test.each(harmful.filter((mutant) => mutant.example === example && isOfAccess(mutant)))("fails: $kind: $name", (mutant) => {
    const found = notPassed(mutated(mutant));

    const isBroken = found.some(({ outcome }) => outcome === "fail");
    if (isBroken) counts.broken++;
    else if (found.length > 0) counts.notExcluded++;
    expect(found.length, "nothing was found").toBeGreaterThan(0);
  });
});

afterAll(() => {
  const others = harmful.filter((mutant) => !isOfAccess(mutant)).length;
  console.log(
    `proofs alone: ${counts.broken} holes shown by a witness, ${counts.notExcluded} that could not be excluded; ${others} mutants are not about access`,
  );
});
