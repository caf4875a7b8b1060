import { describe, expect, test } from "vitest";
import { jsonFile, model, only } from "../read";

describe("values of variables", () => {
  const main = jsonFile("main.tf.json", {
    variable: { name: { default: "from-default" } },
    resource: { aws_s3_bucket: { b: { bucket: "${var.name}" } } },
  });

  test("come from the files that Terraform loads automatically, the last of which wins", () => {
    const files = [
      main,
      jsonFile("b.auto.tfvars.json", { name: "from-b" }),
      jsonFile("a.auto.tfvars.json", { name: "from-a" }),
      jsonFile("terraform.tfvars.json", { name: "from-terraform" }),
    ];

    expect(only(files).buckets[0]!.name).toBe("from-b");
    expect(only([main, files[3]!]).buckets[0]!.name).toBe("from-terraform");
    expect(only([main]).buckets[0]!.name).toBe("from-default");
  });

  test("of type set have distinct elements, which are keys and values", () => {
    const { buckets } = model(
      { aws_s3_bucket: { b: { bucket: '${join("-", [for k, v in var.names : "${k}.${v}"])}' } } },
      { variable: { names: { type: "set(string)", default: ["b", "a", "b"] } } },
    );

    expect(buckets[0]!.name).toBe("a.a-b.b");
  });

  test("whose type has optional attributes get their defaults, so that try sees them", () => {
    const { buckets } = model(
      { aws_s3_bucket: { b: { bucket: '${try(var.settings.name, "acme-logs")}' } } },
      { variable: { settings: { type: 'object({name=optional(string,"other")})', default: {} } } },
    );

    expect(buckets[0]!.name).toBe("other");
  });

  test("in another folder are ignored", () => {
    expect(only([main, jsonFile("other/terraform.tfvars.json", { name: "other" })]).buckets[0]!.name).toBe("from-default");
  });
});
