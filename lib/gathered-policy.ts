import { Lazy } from "cdktf";
import * as errors from "./errors";
import type { Statement } from "./policy/document";
import { checkStatement } from "./policy-statement-check";
import { policyText } from "./policy-text";

/** A policy that grows until synthesis: statements come from grants and from users, and the text is written once. */
export class GatheredPolicy {
  private readonly statements: Statement[] = [];

  public constructor(
    private readonly kind: "identity" | "resource",
    private readonly at: string,
  ) {}

  /** Adds a statement; an error where IAM's grammar refuses it or its Sid is taken. */
  public add(statement: { readonly [element: string]: any }): void {
    const checked = checkStatement(statement, this.kind, this.at);
    if (checked.Sid !== undefined && this.statements.some((other) => other.Sid === checked.Sid)) {
      throw errors.duplicateSid(checked.Sid, this.at);
    }
    this.statements.push(checked);
  }

  /** The text with the statements so far; it may hold tokens. */
  public get text(): string {
    return policyText(this.statements);
  }

  /** The text as it will be once the tree is complete. */
  public get finalText(): string {
    return Lazy.stringValue({ produce: () => this.text });
  }
}
