import { type TerraformMetaArguments, TerraformResource } from "cdktf";
import type { Construct } from "constructs";

/** What a `terraform_data` holds. */
interface TerraformDataConfig extends TerraformMetaArguments {
  readonly input: unknown;
  readonly triggersReplace: { readonly [name: string]: unknown };
}

/**
 * The built-in `terraform_data`, which needs no provider.
 *
 * cdktf's own class for it starts the Terraform binary at synthesis, once for each resource, to ask for its version: slow, and a failure
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
    return { input: this.config.input, triggers_replace: this.config.triggersReplace };
  }
}
