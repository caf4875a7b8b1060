import { NO } from "../../unknown";
import { resourceMustAllow } from "../allowed";
import { denyingIn, type Evaluation } from "../evaluation";
import { type Layer, NO_LAYER } from "../layer";
import type { Refusal } from "../s3/refusal";
import type { Decision, Verdict } from "../types";
import { nearestStatement } from "./nearest";
import { allowReason, denyReason, implicitReason } from "./reasons";

const NOTHING_MISSING: readonly string[] = [];

/** What a decision follows from. */
export interface Outcome {
  readonly verdict: Exclude<Verdict, "unknown">;
  readonly scope: Decision["scope"];
  readonly deciding: Decision["deciding"];
  readonly evaluation: Evaluation;
  /** Set where S3 refuses the request, whatever the policies say. */
  readonly refusal?: Refusal;
}

/** A decision that depends on nothing unknown. Reason and nearest statement cost more than the decision, so they are computed when read. */
export class KnownDecision implements Decision {
  public readonly verdict: Outcome["verdict"];
  public readonly scope: Outcome["scope"];
  public readonly deciding: Outcome["deciding"];
  public readonly missing = NOTHING_MISSING;
  private readonly evaluation: Evaluation;
  private readonly refusal: Refusal | undefined;

  public constructor({ verdict, scope, deciding, evaluation, refusal }: Outcome) {
    this.verdict = verdict;
    this.scope = scope;
    this.deciding = deciding;
    this.evaluation = evaluation;
    this.refusal = refusal;
  }

  public get reason(): string {
    if (this.refusal !== undefined) return `${this.refusal.reason}.`;
    if (this.verdict === "Allowed") return allowReason(this.evaluation, this.scope);
    if (this.verdict === "ImplicitlyDenied") return implicitReason(this.evaluation);
    return denyReason(denyingIn(this.evaluation), this.evaluation.request);
  }

  public get nearest(): Decision["nearest"] {
    if (this.verdict !== "ImplicitlyDenied") return undefined;
    return nearestStatement(missingLayers(this.evaluation), this.evaluation.request);
  }

  public toJSON(): Decision {
    const { verdict, scope, deciding, reason, missing, nearest } = this;
    return { verdict, scope, deciding, reason, missing, ...(nearest === undefined ? {} : { nearest }) };
  }
}

/** The layers that lack an Allow, the most important one first. */
function missingLayers(evaluation: Evaluation): Layer[] {
  const { resource, identity, boundary, session, serviceControls, sameAccount, isTrust } = evaluation;
  const capped = [boundary, session, ...serviceControls].filter((layer) => layer !== NO_LAYER && layer.allow === NO);
  if (resource.allow === NO && (sameAccount === NO || resourceMustAllow(evaluation))) return [resource];
  if (identity.allow === NO && sameAccount === NO) return [identity];
  if (resource.allow === NO && identity.allow === NO) return [resource, identity];
  if (identity.allow === NO && isTrust) return [identity];
  return capped;
}
