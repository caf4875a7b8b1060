/** The validation of a module: one that may be off, with the program in the module's folder. */
import type { ModuleDefinition } from "./definitions";
import { type Body, block, Expression, inline } from "./hcl";

const PROGRAM = "${path.module}/program/index.js";
const RUN = `node \\"${PROGRAM}\\" validate`;

export function hookOf({ counted }: ModuleDefinition, validation: Readonly<Record<string, any>>): Body {
  const { lifecycle, provisioner, input: _, triggers_replace, ...rest } = validation;
  const types = counted.flatMap((group) => group.types);
  const markers = counted.map(({ label }) => [`${label}_changes`, new Expression(`one(terraform_data.${label}_changes[*].id)`)]);
  return {
    ...rest,
    input: new Expression("local.contract"),
    triggers_replace: {
      ...triggers_replace,
      ...Object.fromEntries(markers),
      contract: new Expression("sha256(jsonencode(local.contract))"),
      mode: new Expression("var.validation"),
      program: new Expression(`try(filesha256("${PROGRAM}"), "")`),
    },
    lifecycle: {
      replace_triggered_by: lifecycle.replace_triggered_by.filter((reference: string) => !types.includes(typeOf(reference))),
      precondition: {
        condition: new Expression(`var.validation != "enforce" || fileexists("${PROGRAM}")`),
        error_message:
          "ProgramMissing: the folder of the module must hold program/index.js, as its releases do; or set validation to warn or off",
      },
    },
    provisioner: [
      {
        "local-exec": {
          // on_failure takes no expression. Both /bin/sh and cmd understand || and exit.
          command: new Expression(`var.validation == "off" ? "exit 0" : var.validation == "warn" ? "${RUN} || exit 0" : "${RUN}"`),
          environment: environment(provisioner[0]["local-exec"].environment),
        },
      },
    ],
  };
}

/**
 * Terraform refuses `replace_triggered_by` with a resource of which there is none. A marker that is defined under the same condition takes
 * its place: where the resource changes, the marker is replaced, and its new ID makes the validation run again.
 */
export function rerunMarkers({ counted }: ModuleDefinition, { lifecycle }: Readonly<Record<string, any>>): string[] {
  return counted.map(({ label, condition, types }) => {
    const references = lifecycle.replace_triggered_by
      .filter((reference: string) => types.includes(typeOf(reference)))
      .map((reference: string) => reference.replace(".this", ".this[0]"));
    const body = { count: new Expression(`${condition} ? 1 : 0`), lifecycle: { replace_triggered_by: references } };
    return block("resource", ["terraform_data", `${label}_changes`], body);
  });
}

const typeOf = (reference: string) => reference.split(".")[0]!;

/** The variables of the hook; those of which the module's variable is null are left out. */
function environment(variables: Readonly<Record<string, unknown>>): Expression {
  const { VENDOR_DESTINATION_CONTRACT, ...options } = variables;
  const all = inline({
    ...options,
    VENDOR_DESTINATION_ON_UNKNOWN: new Expression("var.validation_on_unknown"),
    VENDOR_DESTINATION_WARN_ONLY: new Expression('var.validation == "warn" ? "1" : "0"'),
  });
  const given = `{ for name, value in ${all} : name => value if value != null }`;
  return new Expression(`merge(var.validation_environment, ${given}, ${inline({ VENDOR_DESTINATION_CONTRACT })})`);
}
