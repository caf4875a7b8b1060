/** What the matrix shows of requests that the contract does not ask about, and where a sample does not speak for all. */
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

/** A cell of the contract stays, unless a statement about all requests says that it is not the whole answer. */
export function cellsFor({ contract, neighbours, results }: Judged, model: AccountModel): CellSource {
  const isProved = (id: string) => results.some((result) => result.id === id && result.outcome === "pass");
  return (request, asked) => {
    const isOthers = request.actor !== "vendor";
    const id = isAssuming(request.action) ? PROOF_IDS.assumed : PROOF_IDS.nobodyElse;
    const holds = isOthers ? isProved(id) : true;
    if (asked !== undefined && (holds || asked.outcome !== "pass")) return asked;
    return cellOf(
      request,
      asked,
      actorAccess({ contract, actor: request.actor, request: originalOf(request, contract) }, model, neighbours),
    );
  };
}

/** With the texts of the contract, in which placeholders are still such. */
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
