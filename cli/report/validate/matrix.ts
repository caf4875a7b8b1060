/** The access matrix of a destination: the requests that were tried, and what the live policies say about all others. */
import { type DeliveryContract, isAssuming, PROOF_IDS } from "../../../lib/contract";
import type { AccountModel } from "../../../lib/plan";
import { type Cell, type CellSource, cellsFor, type Matrix, matrixOf } from "../shared";
import type { LiveResult } from "./types";

export interface MatrixOptions {
  /** As it was read; undefined if nobody could read it. */
  readonly account?: AccountModel;
  /** Other contracts for the same bucket. */
  readonly neighbours?: readonly DeliveryContract[];
  /** Why nothing is known. */
  readonly why?: string;
}

export function liveMatrix(contract: DeliveryContract, results: readonly LiveResult[], options: MatrixOptions): Matrix {
  const { account, neighbours, why = "nobody read the live policies" } = options;
  const byId = new Map(results.map((result) => [result.id, result]));
  const asked = contract.expectations.map(({ id, title, actor, action, resource, context, expected }) => {
    const { outcome = "unknown" as const, evidence, cause = why } = byId.get(id) ?? {};
    const request = { actor, action, resource, context };
    return { id, title, expected, outcome, deciding: [], cause, request, ...(evidence && { evidence }) };
  });
  const source: CellSource = account === undefined ? withoutReading(contract, why) : cellsFor({ contract, neighbours, results }, account);
  return matrixOf(asked, (request, cell) => {
    const { actor, action, resource, context } = request;
    // The column stands for everybody, not only for a principal that the live policies name.
    const isOfNamed = actor !== "vendor" && cell?.outcome === "fail" && cell.evidence === "computed";
    const known = source(request, isOfNamed ? undefined : cell);
    if (known === undefined || known.answer !== "?") return known;
    const own = asked.find(({ request: one }) => {
      return (
        one.actor === actor && one.action === action && one.resource === resource && JSON.stringify(one.context) === JSON.stringify(context)
      );
    });
    const proof = byId.get(isAssuming(action) ? PROOF_IDS.assumed : PROOF_IDS.nobodyElse);
    return { ...known, words: [own?.cause ?? proof?.cause ?? "the live policies do not tell"] };
  });
}

/** Requests to other buckets concern only the vendor. */
function withoutReading({ bucket }: DeliveryContract, why: string): CellSource {
  return ({ action, resource }, asked): Cell => {
    if (asked !== undefined) return asked;
    const isAbout = isAssuming(action) || resource === bucket.arn || resource.startsWith(`${bucket.arn}/`);
    return isAbout ? { answer: "?", outcome: "unknown", words: [why] } : { answer: "not asked", outcome: "pass" };
  };
}
