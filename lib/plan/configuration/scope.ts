/** The meaning of names at one place of a configuration. */

import type { PolicyLocation } from "../../evaluate";
import { pointerTo } from "../../json";
import { unknownText } from "../../unknown";
import type { Scope } from "../expression/evaluate";
import { isTemplate } from "../expression/parse";
import { evaluateJson, evaluateTemplate } from "../expression/templates";
import { EvaluationFailure, plain, type Reference } from "../expression/value";
import type { ProblemList } from "../resources/inventory";
import { crossStackValue, type StackOutputs } from "./cross-stack";
import type { Expansion, Key } from "./expansion";

/** What belongs to the whole stack, not to one of its modules. */
export interface Stack {
  readonly problems: ProblemList;
  readonly outputs: StackOutputs;
  /** How many instances `count` and `for_each` have made so far. */
  instances: number;
}

/** The module that a block stands in, as far as names lead into it. Throws `EvaluationFailure` for what is not declared. */
export interface Names {
  readonly stack: Stack;
  /** Empty, or `module.a["k"].` */
  readonly prefix: string;
  /** Values of references that mean the same in the whole module. */
  readonly shared: Map<string, unknown>;
  variable(name: string): unknown;
  local(name: string): unknown;
  /** A resource, or a data source by a type such as `data.aws_region`. */
  resource(type: string, name: string): { reference(): Reference } | undefined;
  call(name: string): { reference(): Reference } | undefined;
}

type Iterators = ReadonlyMap<string, { readonly key: unknown; readonly value: unknown }>;
const NONE: Iterators = new Map();
const OWN_NAMES: ReadonlySet<string> = new Set(["each", "count", "self"]);

/** What names mean inside one block. */
export class BlockScope implements Scope {
  public constructor(
    private readonly module: Names,
    /** The address of the block's instance. */
    private readonly address: string,
    private readonly place: { readonly file: string; readonly pointer: string },
    private readonly each?: { readonly key: Key; readonly value: unknown; readonly kind: Expansion["kind"] },
    /** Names that `dynamic` blocks define around this place. */
    private readonly iterators: Iterators = NONE,
  ) {}

  /** The same scope with one more name, for the content of a `dynamic` block. */
  public with(name: string, iterator: { readonly key: unknown; readonly value: unknown }): BlockScope {
    return new BlockScope(this.module, this.address, this.place, this.each, new Map(this.iterators).set(name, iterator));
  }

  public at(...path: readonly (string | number)[]): BlockScope {
    return new BlockScope(
      this.module,
      this.address,
      { file: this.place.file, pointer: pointerTo(this.place.pointer, ...path) },
      this.each,
      this.iterators,
    );
  }

  /** The value of an argument without references: they become placeholders. */
  public evaluatePlain(value: unknown): unknown {
    return evaluateJson(value, this);
  }

  /** The value of an argument; a `Reference` where it is one expression that leads to one. */
  public evaluate(value: unknown): unknown {
    return typeof value === "string" && isTemplate(value) ? evaluateTemplate(value, this) : evaluateJson(value, this);
  }

  public get shared(): Map<string, unknown> {
    return this.module.shared;
  }

  public isOwnName(root: string): boolean {
    return OWN_NAMES.has(root) || this.iterators.has(root);
  }

  public nameOf(source: string): string {
    const isLocal = this.iterators.size > 0 || /\b(?:each|count|self)\b|\b(?:uuid|timestamp|plantimestamp|bcrypt)\(/.test(source);
    const iterators = [...this.iterators].map(([name, { key }]) => ` with ${name}.key = ${JSON.stringify(plain(key))}`);
    return this.module.prefix + source + (isLocal ? ` of ${this.address}` : "") + iterators.join("");
  }

  public report(id: string, message: string): void {
    this.module.stack.problems.add(id, message, this.location());
  }

  public location(...path: readonly (string | number)[]): PolicyLocation {
    return { file: this.place.file, address: this.address, pointer: pointerTo(this.place.pointer, ...path) };
  }

  public lookup(root: string, steps: readonly (string | number)[]): { value: unknown; rest: readonly (string | number)[] } {
    const iterator = this.iterators.get(root);
    if (iterator !== undefined) return { value: iterator, rest: steps };
    const first = String(steps[0] ?? "");
    switch (root) {
      case "var":
        return { value: this.module.variable(first), rest: steps.slice(1) };
      case "local":
        return { value: this.module.local(first), rest: steps.slice(1) };
      case "each":
      case "count":
        return { value: this.iteration(root, first), rest: steps.slice(1) };
      case "module":
        return { value: this.module.call(first)?.reference() ?? undeclared(`module.${first}`), rest: steps.slice(1) };
      case "data": {
        const value = this.fromOtherStack(steps);
        if (value !== undefined) return { value, rest: steps.slice(4) };
        return this.resource(`data.${first}`, String(steps[1] ?? ""), steps.slice(2));
      }
      case "path":
      case "terraform":
      case "self":
      case "ephemeral":
        return { value: unknownText(this.nameOf([root, ...steps].join("."))), rest: [] };
      default:
        return this.resource(root, first, steps.slice(1));
    }
  }

  private fromOtherStack([type, name, attribute, output]: readonly (string | number)[]): unknown {
    if (type !== "terraform_remote_state" || attribute !== "outputs" || output === undefined) return undefined;
    return crossStackValue(this.module.stack.outputs, String(name), String(output));
  }

  private resource(type: string, name: string, rest: readonly (string | number)[]): { value: unknown; rest: readonly (string | number)[] } {
    return { value: this.module.resource(type, name)?.reference() ?? undeclared(`${type}.${name}`), rest };
  }

  private iteration(root: string, name: string): unknown {
    if (this.each?.kind === "count" && root === "count" && name === "index") return this.each.key;
    if (this.each?.kind === "for_each" && root === "each" && name === "key") return this.each.key;
    if (this.each?.kind === "for_each" && root === "each" && name === "value") return this.each.value;
    throw new EvaluationFailure(`there is no ${root}.${name} here`);
  }
}

function undeclared(key: string): never {
  throw new EvaluationFailure(`${key} is not declared in this module`);
}
