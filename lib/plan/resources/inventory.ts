/** What the parts of this room share: resources, however they were read. */
import type { PolicyLocation } from "../../evaluate";
import type { JsonObject } from "../../json";
import type { AccountModel, PlanProblem } from "../types";

/** One instance of a resource or data source. */
export interface Instance {
  /** Module path and index included: `module.logs["eu"].aws_s3_bucket.this[0]`. */
  readonly address: string;
  readonly type: string;
  readonly location: PolicyLocation;
  readonly provider: ProviderSettings;
  /**
   * An argument or attribute as the file has it, resolved: `undefined` or `null` where it is not set, placeholders for what is not
   * known. Attributes that AWS computes are in `attributes.ts`.
   */
  get(attribute: string): unknown;
  locate(...path: readonly (string | number)[]): PolicyLocation;
  /** Whether the configuration sets the argument, as opposed to AWS having told it. */
  isConfigured(attribute: string): boolean;
}

/** What a provider block tells of the account that it works in. */
export interface ProviderSettings {
  /** `aws`, or `aws.alias`, module path included. */
  readonly key: string;
  /** A placeholder where it is not known, undefined where it is not set. */
  readonly region: string | undefined;
  readonly partition: string;
  /** 12 digits, or a placeholder that is the same wherever the same provider works. */
  readonly account: string;
}

/** All resources of one stack, plan or state. */
export interface Inventory {
  readonly name: string;
  readonly source: AccountModel["source"];
  /** The managed resources of a type, in the order of the file. */
  instances(type: string): readonly Instance[];
  /** What resources of a type were that the plan deletes: attributes that AWS has told still show them. */
  removed(type: string): readonly JsonObject[];
  readonly problems: ProblemList;
}

/** The problems found so far, each once. */
export class ProblemList {
  private readonly known = new Map<string, PlanProblem & { readonly about: readonly string[] }>();

  /** @param about names and addresses of what may be different from what is read */
  public add(id: string, message: string, location: PolicyLocation, about: readonly string[] = []): void {
    const key = JSON.stringify([id, message, location.file, location.pointer, location.address]);
    if (!this.known.has(key)) this.known.set(key, { id, message, location, about });
  }

  /** What is not read and is about one of the names or addresses makes all of it a part only. */
  public list(ofDestinations: ReadonlySet<string>): readonly PlanProblem[] {
    return [...this.known.values()].map(({ id, message, location, about }) => ({
      id: about.some((name) => ofDestinations.has(name)) ? "plan-incomplete" : id,
      message,
      location,
    }));
  }
}
