/**
 * The expressions that a plan was computed from, in Terraform's JSON syntax.
 *
 * A plan lists the references of an expression: `"${aws_s3_bucket.x.id}-archive"` and `aws_s3_bucket.x.id` look the same. For a
 * configuration in the JSON syntax, the plan also contains the text; for one in HCL, the files beside the plan do. They count only if they
 * have the references that the plan lists, because they may have changed since.
 */
import { isObject, type JsonObject, listOf, ownValue, setOwnValue, textOf } from "../../json";
import { type Block, ModuleBlocks } from "../configuration/blocks";
import { namesIn } from "../expression/names-in";
import type { ConfigurationFile } from "../files/block-types";
import type { InstalledModules } from "../files/installed-modules";
import { joinPath, pathFrom } from "../files/paths";
import type { ProjectFiles } from "../files/project-files";
import { type PlanConfiguration, splitModule } from "./plan-configuration";
import { namesInPlan, referencesIn } from "./references";

/** Files of a configuration by folder, and the folders of modules that Terraform has installed. */
export interface SourceFiles {
  /** The folder of the root module. */
  readonly folder: string;
  readonly files: ReadonlyMap<string, readonly ConfigurationFile[]>;
  /** By the names of the calls that lead to the module: `logs.inner`. */
  readonly installed: InstalledModules;
  /** The files that functions may read, by paths from the folder of the root module. */
  readonly project?: ProjectFiles | undefined;
}

export const NO_SOURCES: SourceFiles = { folder: ".", files: new Map(), installed: new Map() };

export class WrittenConfiguration {
  private readonly blocks = new Map<string, ModuleBlocks | undefined>();
  private readonly jsonModules = new Map<string, boolean>();

  public constructor(
    private readonly configuration: PlanConfiguration,
    private readonly sources: SourceFiles,
  ) {}

  /** Whether the files of the root module were found. */
  public get hasSources(): boolean {
    return this.blocksOf("") !== undefined;
  }

  /** The files that functions may read: those beside a plan belong to it only where its configuration lies there too. */
  public get project(): ProjectFiles | undefined {
    return this.hasSources ? this.sources.project : undefined;
  }

  /** The folder of a module as seen from that of the root module. */
  public pathOf(module: string): string | undefined {
    const folder = this.folderOf(module);
    return folder === undefined || !this.hasSources ? undefined : pathFrom(this.sources.folder, folder);
  }

  /** An argument of a resource with the `dynamic` blocks that belong to it; undefined where the expression is not known. */
  public argument(module: string, block: string, name: string): { readonly value: unknown; readonly dynamic: unknown } | undefined {
    const planned = ownValue(this.configuration.expressions(module, block), name);
    const [type, label] = splitBlock(block);
    const body = this.blocksOf(module)?.resources.get(type)?.get(label)?.body;
    if (body !== undefined) {
      const value = ownValue(body, name);
      const dynamic = dynamicOf(body, name);
      const found = namesIn([value, dynamic]);
      const listed = namesInPlan(planned);
      const isSame = listed.every((each) => found.has(each)) && (dynamic !== undefined || listed.length === found.size);
      if (isSame && (value !== undefined || dynamic !== undefined)) return { value, dynamic };
    }
    // The plan lists only the blocks that are written out.
    const isBlocks = Array.isArray(planned);
    const value = planned === undefined || isBlocks ? undefined : this.fromPlan(planned, module);
    return value === undefined ? undefined : { value, dynamic: undefined };
  }

  /** The provisioners of a resource. References replace an expression that is unknown. */
  public provisioners(module: string, block: string): unknown {
    const planned = listOf(ownValue(this.configuration.resource(module, block), "provisioners"));
    if (planned.length === 0) return undefined;
    const [type, label] = splitBlock(block);
    return (
      ownValue(this.blocksOf(module)?.resources.get(type)?.get(label)?.body, "provisioner") ??
      planned.map((each) => this.templatesIn(ownValue(each, "expressions"), module))
    );
  }

  private templatesIn(expressions: unknown, module: string, depth = 0): unknown {
    if (typeof expressions !== "object" || expressions === null || depth > DEEPEST) return undefined;
    const references = referencesIn(expressions);
    const known = this.fromPlan(expressions, module);
    if (known !== undefined || references.length > 0) return known ?? references.map((each) => `\${${each}}`).join(" ");
    return Object.values(expressions).map((each) => this.templatesIn(each, module, depth + 1));
  }

  /** `count` or `for_each` of a resource or of a module call. */
  public expansion(module: string, block: string, kind: "count" | "for_each"): unknown {
    const planned = ownValue(this.configuration.resource(module, block), `${kind}_expression`) ?? NO_REFERENCES;
    const [type, label] = splitBlock(block);
    return this.expression(planned, module, ownValue(this.blocksOf(module)?.resources.get(type)?.get(label)?.body, kind));
  }

  public callExpansion(module: string, call: string, kind: "count" | "for_each"): unknown {
    const planned = ownValue(this.configuration.call(module, call), `${kind}_expression`) ?? NO_REFERENCES;
    return this.expression(planned, module, ownValue(this.blocksOf(module)?.modules.get(call)?.body, kind));
  }

  public callArgument(module: string, call: string, name: string): unknown {
    const planned = this.configuration.callArgument(module, call, name);
    return this.expression(planned, module, ownValue(this.blocksOf(module)?.modules.get(call)?.body, name));
  }

  public output(module: string, name: string): unknown {
    const planned = ownValue(ownValue(ownValue(this.configuration.contentOf(module), "outputs"), name), "expression");
    return this.expression(planned, module, ownValue(this.blocksOf(module)?.outputs.get(name)?.body, "value"));
  }

  public local(module: string, name: string): unknown {
    return this.blocksOf(module)?.locals.get(name)?.value;
  }

  public variable(module: string, name: string): Block | undefined {
    return this.blocksOf(module)?.variables.get(name);
  }

  /** The written expression if it has the references of the planned one, otherwise what the plan contains of it. */
  private expression(planned: unknown, module: string, written: unknown): unknown {
    if (planned === undefined) return undefined;
    if (written !== undefined) {
      const [listed, found] = [namesInPlan(planned), namesIn(written)];
      if (listed.length === found.size && listed.every((each) => found.has(each))) return written;
    }
    return this.fromPlan(planned, module);
  }

  private fromPlan(planned: unknown, module: string): unknown {
    const value = ownValue(planned, "constant_value");
    if (value === undefined) return undefined;
    return this.isJson(module) ? value : escapedIn(value);
  }

  /** Whether a module is written in the JSON syntax. Only then an expression has both a text and references. */
  private isJson(module: string): boolean {
    let known = this.jsonModules.get(module);
    if (known === undefined) {
      known = hasRawTemplate(this.configuration.contentOf(module), 0);
      this.jsonModules.set(module, known);
    }
    return known;
  }

  /** The blocks of a module from its files; undefined where they were not found. */
  private blocksOf(address: string): ModuleBlocks | undefined {
    const path = callsIn(address);
    const key = path.join(".");
    if (!this.blocks.has(key)) {
      const folder = this.folderOf(address);
      const files = folder === undefined ? undefined : this.sources.files.get(folder);
      this.blocks.set(key, files === undefined ? undefined : new ModuleBlocks(folder!, files));
    }
    return this.blocks.get(key);
  }

  private folderOf(address: string): string | undefined {
    if (address === "") return this.sources.folder;
    const { parent, name } = splitModule(address);
    const source = textOf(ownValue(this.configuration.call(parent, name), "source")) ?? "";
    const outer = this.folderOf(parent);
    if (/^\.\.?(?:\/|$)/.test(source)) return outer === undefined ? undefined : joinPath(outer, source);
    return this.sources.installed.get(callsIn(address).join("."))?.folder;
  }
}

/** A plan leaves out `count` and `for_each` without references: `toset(["a"])`. */
const NO_REFERENCES = {};

function splitBlock(block: string): [type: string, name: string] {
  const dot = block.lastIndexOf(".");
  return [block.slice(0, dot), block.slice(dot + 1)];
}

/** The names of the calls that lead to a module. */
function callsIn(address: string): string[] {
  if (address === "") return [];
  const { parent, name } = splitModule(address);
  return [...callsIn(parent), name];
}

function dynamicOf(body: JsonObject, label: string): unknown {
  const found = listOf(ownValue(body, "dynamic")).concat(isObject(body.dynamic) ? [body.dynamic] : []);
  const specs = found.filter((each) => ownValue(each, label) !== undefined);
  return specs.length === 0 ? undefined : specs;
}

const DEEPEST = 60;

function hasRawTemplate(content: unknown, depth: number): boolean {
  if (typeof content !== "object" || content === null || depth > DEEPEST) return false;
  if (ownValue(content, "constant_value") !== undefined && listOf(ownValue(content, "references")).length > 0) return true;
  return Object.entries(content).some(([key, value]) => key !== "module_calls" && hasRawTemplate(value, depth + 1));
}

/** A value of HCL as a template that has this value. */
function escapedIn(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return value.replace(/([$%])\{/g, "$1$1{");
  if (typeof value !== "object" || value === null || depth > DEEPEST) return value;
  if (Array.isArray(value)) return value.map((item) => escapedIn(item, depth + 1));
  const result: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) setOwnValue(result, String(escapedIn(key)), escapedIn(item, depth + 1));
  return result;
}
