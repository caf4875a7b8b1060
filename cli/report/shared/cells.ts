/**
 * What the matrix shows about requests that the contract does not ask about, and about requests for which a sample is not representative.
 */
import { type DeliveryContract, isAssuming, PROOF_IDS, type Result } from "../../../lib/contract";
import type { AccountModel } from "../../../lib/plan";
import { actorAccess } from "../../../lib/reach";
import { showUnknown } from "../../../lib/unknown";
import type { Cell, CellSource, CheckedRequest } from "./matrix";

interface Judged {
  readonly contract: DeliveryContract;
  readonly neighbours: readonly DeliveryContract[] | undefined;
  readonly results: readonly Pick<Result, "id" | "outcome">[];
}

/** A cell of the contract stays, unless a statement about all requests shows that it is not the whole answer. */
export function cellsFor({ contract, neighbours, results }: Judged, model: AccountModel): CellSource {
  const proofs = new Map(results.map(({ id, outcome }) => [id, outcome]));
  const isProved = (id: string) => proofs.get(id) === "pass";
  return (request, asked) => {
    if (asked !== undefined && (asked.outcome !== "pass" || isProved(proofOf(request, asked)))) return asked;
    const question = { contract, actor: request.actor, request: originalOf(request, contract) };
    if (asked === undefined || request.actor !== "vendor") return cellOf(request, asked, actorAccess(question, model, neighbours));
    const access = actorAccess({ ...question, isBeyondGrant: asked.answer === "cannot" }, model, neighbours);
    if (access.extent === "notAsked" && isProved(PROOF_IDS.otherBuckets)) return asked;
    return vendorCell(asked, access, proofs.get(proofOf(request, asked)));
  };
}

/** The statement about all requests that makes a sample representative. */
function proofOf({ actor, action }: CheckedRequest, { answer }: Cell): string {
  if (actor !== "vendor") return isAssuming(action) ? PROOF_IDS.assumed : PROOF_IDS.nobodyElse;
  if (answer === "cannot") return PROOF_IDS.nothingElse;
  return isAssuming(action) ? PROOF_IDS.externalIds : PROOF_IDS.delivers;
}

/** A sample that is as expected stands for the other requests of its kind only if those are proved. */
function vendorCell(asked: Cell, { extent, words }: ReturnType<typeof actorAccess>, proof: Cell["outcome"] = "fail"): Cell {
  if (extent === "some") return { answer: "some", outcome: proof, ...(words.length > 0 && { words }) };
  return extent === asked.answer ? asked : { ...asked, outcome: "unknown", words: [SAMPLE_ALONE] };
}

const SAMPLE_ALONE = "by a sample; every other request is not proved";

/** With the texts of the contract, which still contain placeholders. */
function originalOf(request: CheckedRequest, { expectations }: DeliveryContract) {
  return (
    expectations.find(({ action, resource, context }) => {
      return action === request.action && showUnknown(resource) === request.resource && hasSameKeys(context, request.context);
    }) ?? request
  );
}

function hasSameKeys(one: object, other: object): boolean {
  return JSON.stringify(Object.keys(one).sort()) === JSON.stringify(Object.keys(other).sort());
}

const ANSWERS = { can: "can", cannot: "cannot", some: "some", couldNotTell: "?", notAsked: "not asked" } as const;

function cellOf({ actor }: CheckedRequest, asked: Cell | undefined, { extent, words }: ReturnType<typeof actorAccess>): Cell {
  const outcome = extent === "couldNotTell" ? "unknown" : actor !== "vendor" && (extent === "can" || extent === "some") ? "fail" : "pass";
  return { answer: ANSWERS[extent], outcome: asked?.outcome === "unknown" ? "unknown" : outcome, ...(words.length > 0 && { words }) };
}
