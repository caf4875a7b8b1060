import { type IResolvable, type IResolveContext, type TerraformMetaArguments, TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { resolveTokens } from "./resolve-tokens";

/** The arguments of a `terraform_data`. */
interface TerraformDataConfig extends TerraformMetaArguments {
  readonly input: unknown;
  readonly triggersReplace: { readonly [name: string]: unknown };
}

/**
 * The built-in `terraform_data`, which needs no provider.
 *
 * cdktf's own class for it starts the Terraform binary at synthesis, once for each resource, to ask for its version: that is slow, and fails
 * where Terraform is not installed. Synthesis has to work with Node.js alone.
 */
export class TerraformData extends TerraformResource {
  public constructor(
    scope: Construct,
    id: string,
    private readonly config: TerraformDataConfig,
  ) {
    super(scope, id, { ...config, terraformResourceType: "terraform_data", terraformGeneratorMetadata: { providerName: "terraform" } });
  }

  protected override synthesizeAttributes(): { [name: string]: unknown } {
    const { input, triggersReplace } = this.config;
    return { input: this.attribute("input", input), triggers_replace: this.attribute("triggers_replace", triggersReplace) };
  }

  /** cdktf merges an override with plain data only. */
  private attribute(name: string, value: unknown): unknown {
    return name in this.rawOverrides ? value : new LargeValue(value);
  }
}

/** A value whose tokens are resolved without cdktf's own traversal, which visits each text in each of its three rounds. */
class LargeValue implements IResolvable {
  public readonly creationStack: string[] = [];

  public constructor(private readonly value: unknown) {}

  /** Resolves through a post-processor, because cdktf uses the result of one as it is. */
  public resolve({ scope, preparing, registerPostProcessor }: IResolveContext): undefined {
    const resolved = resolveTokens(scope, this.value, preparing);
    registerPostProcessor({ postProcess: () => resolved });
    return undefined;
  }

  public toString(): string {
    return JSON.stringify(this.value);
  }
}
