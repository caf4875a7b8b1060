/** The outcome of a destination. Findings about it count too, so that no destination with a ✓ fails the check. */
import type { Severity } from "../../lib/rules";
import { type CheckedDestination, isFailure, type ReportedFinding } from "../report/check";
import { worstFirst } from "../report/shared";

export interface ConcerningFindings {
  readonly findings: readonly ReportedFinding[];
  /** Name of the bucket or role, for findings without a contract. */
  readonly resourceOf: ReadonlyMap<ReportedFinding, string>;
  /** Findings of this severity and above make the check fail. */
  readonly failOn: Severity | "none";
}

/** The destinations, each with the worst outcome of its results and of the findings that fail the check or are unknown. */
export function withFindings(
  destinations: readonly CheckedDestination[],
  { findings, resourceOf, failOn }: ConcerningFindings,
): readonly CheckedDestination[] {
  const counting = findings.filter(({ isUnknown, severity }) => isUnknown || isFailure(severity, failOn));
  const [byContract, byResource] = [new Positions(), new Positions()];
  for (const [position, finding] of counting.entries()) {
    for (const contract of finding.contracts) byContract.add(contract, position);
    byResource.add(resourceOf.get(finding), position);
  }
  return destinations.map((destination) => {
    const { contract, bucket, role } = destination;
    const positions = new Set([...byContract.of(contract), ...byResource.of(bucket), ...byResource.of(role)]);
    const concerning = [...positions].sort((one, other) => one - other).map((position) => counting[position]!);
    return concerning.length === 0 ? destination : withConcerning(destination, concerning);
  });
}

/** Where findings stand in the report, by name. A search through all of them for each destination would take quadratic time. */
class Positions {
  private readonly byName = new Map<string, number[]>();

  add(name: string | undefined, position: number): void {
    if (name === undefined) return;
    const known = this.byName.get(name);
    if (known === undefined) this.byName.set(name, [position]);
    else known.push(position);
  }

  of(name: string | undefined): readonly number[] {
    return (name !== undefined && this.byName.get(name)) || [];
  }
}

function withConcerning(destination: CheckedDestination, concerning: readonly ReportedFinding[]): CheckedDestination {
  const outcomes = concerning.map(({ isUnknown }) => ({ outcome: isUnknown ? ("unknown" as const) : ("fail" as const) }));
  const [worst] = worstFirst([{ outcome: destination.outcome }, ...outcomes]);
  return { ...destination, outcome: worst!.outcome, findingRules: [...new Set(concerning.map(({ ruleId }) => ruleId))] };
}
