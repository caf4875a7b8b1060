/** Resolves the names that an expression uses, at one place of a configuration. */

import type { PolicyLocation } from "../../evaluate";
import { pointerTo } from "../../json";
import { unknownText } from "../../unknown";
import type { Budget } from "../expression/budget";
import { isTemplate } from "../expression/parse";
import type { Scope } from "../expression/scope";
import { evaluateJson, evaluateTemplate } from "../expression/templates";
import { EvaluationFailure, jsonForPeople, type Reference } from "../expression/value";
import type { ProjectFiles } from "../files/project-files";
import type { ProblemList } from "../resources/problem-list";
import type { Imports } from "./blocks";
import { crossStackValue, type StackOutputs } from "./cross-stack";
import type { Expansion, Key } from "./instance-keys";

/** State that all modules of a stack share. */
export interface Stack {
  readonly problems: ProblemList;
  readonly outputs: StackOutputs;
  /** How many instances `count` and `for_each` have made so far. */
  instances: number;
  readonly budget: Budget;
  readonly imported: Imports;
  /** The files that functions may read, by paths from the folder of the root module. */
  readonly files: ProjectFiles | undefined;
}

/** The module that holds a block, as a source of named values. Throws `EvaluationFailure` for a name that is not declared. */
export interface Names {
  readonly stack: Stack;
  /** Empty, or `module.a["k"].` */
  readonly prefix: string;
  /** Values of references that mean the same everywhere in the module. */
  readonly shared: Map<string, unknown>;
  /** The folder of the module as seen from that of the root module; undefined where it is not known. */
  readonly folder: string | undefined;
  variable(name: string): unknown;
  local(name: string): unknown;
  /** A resource, or a data source by a type such as `data.aws_region`. */
  resource(type: string, name: string): { reference(): Reference } | undefined;
  call(name: string): { reference(): Reference } | undefined;
}

/** The block instance that an expression stands in. */
interface Place {
  /** The address of the block instance. */
  readonly address: string;
  readonly file: string;
  readonly pointer: string;
  readonly each?: { readonly key: Key; readonly value: unknown; readonly kind: Expansion["kind"] } | undefined;
}

type Iterators = ReadonlyMap<string, { readonly key: unknown; readonly value: unknown }>;
const NONE: Iterators = new Map();
const OWN_NAMES: ReadonlySet<string> = new Set(["each", "count", "self"]);

/** The names inside one block. */
export class BlockScope implements Scope {
  public constructor(
    private readonly module: Names,
    private readonly place: Place,
    /** Names that `dynamic` blocks define around this place. */
    private readonly iterators: Iterators = NONE,
  ) {}

  /** The same scope with one more name, for the content of a `dynamic` block. */
  public with(name: string, iterator: { readonly key: unknown; readonly value: unknown }): BlockScope {
    return new BlockScope(this.module, this.place, new Map(this.iterators).set(name, iterator));
  }

  public at(...path: readonly (string | number)[]): BlockScope {
    const { address, file, pointer, each } = this.place;
    return new BlockScope(this.module, { address, file, pointer: pointerTo(pointer, ...path), each }, this.iterators);
  }

  /** The value of an argument, with placeholders in the place of references. */
  public evaluatePlain(value: unknown): unknown {
    return evaluateJson(value, this);
  }

  /** The value of an argument; a `Reference` where a single expression leads to one. */
  public evaluate(value: unknown): unknown {
    return typeof value === "string" && isTemplate(value) ? evaluateTemplate(value, this) : evaluateJson(value, this);
  }

  public get shared(): Map<string, unknown> {
    return this.module.shared;
  }

  public get budget(): Budget {
    return this.module.stack.budget;
  }

  public get files(): ProjectFiles | undefined {
    return this.module.stack.files;
  }

  public isOwnName(root: string): boolean {
    return OWN_NAMES.has(root) || this.iterators.has(root);
  }

  public nameOf(source: string): string {
    const isLocal = this.iterators.size > 0 || /\b(?:each|count|self)\b|\b(?:uuid|timestamp|plantimestamp|bcrypt)\(/.test(source);
    const iterators = [...this.iterators].map(([name, { key }]) => ` with ${name}.key = ${jsonForPeople(key)}`);
    return this.module.prefix + source + (isLocal ? ` of ${this.place.address}` : "") + iterators.join("");
  }

  public report(id: string, message: string): void {
    this.module.stack.problems.add({ id, message, location: this.location() });
  }

  public location(...path: readonly (string | number)[]): PolicyLocation {
    const { address, file, pointer } = this.place;
    return { file, address, pointer: pointerTo(pointer, ...path) };
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
      case "path": {
        const path = first === "root" ? "." : first === "module" ? this.module.folder : undefined;
        return { value: path ?? unknownText(this.nameOf([root, ...steps].join("."))), rest: [] };
      }
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
    const { each } = this.place;
    if (each?.kind === "count" && root === "count" && name === "index") return each.key;
    if (each?.kind === "for_each" && root === "each" && name === "key") return each.key;
    if (each?.kind === "for_each" && root === "each" && name === "value") return each.value;
    throw new EvaluationFailure(`there is no ${root}.${name} here`);
  }
}

function undeclared(key: string): never {
  throw new EvaluationFailure(`${key} is not declared in this module`);
}
