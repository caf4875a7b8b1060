import type { IConstruct } from "constructs";
import * as errors from "../errors";
import { hasExpression, type Statement } from "../policy";
import { lazyText } from "./lazy-text";
import { checkStatement } from "./policy-statement-check";
import { policyText } from "./policy-text";
import { resolveTokens } from "./resolve-tokens";

/** A policy that collects the statements of grants and users until synthesis, when its text is written once. */
export class PolicyBuilder {
  private readonly statements: Statement[] = [];
  private literalText: string | undefined;

  public constructor(
    private readonly kind: "identity" | "resource" | "trust",
    private readonly owner: IConstruct,
  ) {}

  /** Adds a statement. Errors: IAM's grammar does not allow it, or its Sid is taken. */
  public add(statement: { readonly [element: string]: any }): void {
    const at = this.owner.node.path;
    const checked = checkStatement(statement, this.kind, at);
    if (checked.Sid !== undefined && this.statements.some((other) => other.Sid === checked.Sid)) {
      throw errors.duplicateSid(checked.Sid, at);
    }
    this.statements.push(checked);
    this.literalText = undefined;
  }

  /** Whether it has no statement so far. */
  public get isEmpty(): boolean {
    return this.statements.length === 0;
  }

  /** Whether an Allow has a wildcard principal. Only its conditions can keep such a statement from being public. */
  public get namesEverybody(): boolean {
    return this.statements.some(({ Effect, Principal }) => Effect === "Allow" && /"\*"/.test(JSON.stringify(Principal ?? "")));
  }

  /** The text with the statements so far, tokens resolved. */
  public get text(): string {
    if (this.literalText !== undefined) return this.literalText;
    const resolved = resolveTokens(this.owner, this.statements) as Statement[];
    const text = policyText(resolved);
    // Tokens may resolve to other values while the tree grows; a literal text is kept.
    if (!hasExpression(text)) this.literalText = text;
    return text;
  }

  /** The text as it will be once the tree is complete. */
  public get finalText(): string {
    return lazyText(() => this.text);
  }
}
