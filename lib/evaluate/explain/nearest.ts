/** For a request that nothing allows: the Allow that came closest, and what does not match. */
import type { Layer } from "../layer";
import type { CompiledRequest } from "../request";
import type { NearestStatement } from "../types";
import { mismatches } from "./statement-parts";

/** The Allow with the fewest parts that do not match; of equals, the first. */
export function nearestStatement(layers: readonly Layer[], request: CompiledRequest): NearestStatement | undefined {
  let nearest: NearestStatement | undefined;
  for (const statement of layers.flatMap((layer) => layer.policies.flatMap((policy) => policy.allows))) {
    const found = mismatches(statement, request);
    if (found.length === 0 || (nearest !== undefined && found.length >= nearest.mismatches.length)) continue;
    nearest = { statement: statement.reference, mismatches: found };
  }
  return nearest;
}
