import type { AccessRequest } from "../types";
import { caseFormatError } from "./case-error";
import { fieldsOf, optional } from "./fields";

export function parseRequest(input: unknown, id: string): AccessRequest {
  const request = fieldsOf(input, id, "request");
  const text = (name: string): string => {
    const value = optional(request, name);
    if (typeof value !== "string" || value === "")
      throw caseFormatError({ property: `request.${name}`, rule: "must be text", value: value, where: id });
    return value;
  };
  const account = (name: string): string | undefined => {
    const value = optional(request, name);
    if (value === undefined) return undefined;
    if (/^\d{12}$/.test(String(value))) return String(value);
    throw caseFormatError({ property: `request.${name}`, rule: "must be a 12-digit account ID as text", value: value, where: id });
  };
  const principalAccount = account("principalAccount");
  const resourceAccount = account("resourceAccount");
  return {
    principal: text("principal"),
    ...(principalAccount === undefined ? {} : { principalAccount }),
    action: text("action"),
    resource: text("resource"),
    ...(resourceAccount === undefined ? {} : { resourceAccount }),
    context: parseContext(optional(request, "context") ?? {}, id),
  };
}

function parseContext(input: unknown, id: string): Record<string, readonly string[]> {
  const context = fieldsOf(input, id, "request.context");
  const names = Object.keys(context).map((key) => key.toLowerCase());
  const twice = Object.keys(context).find((_, index) => names.indexOf(names[index]!) < index);
  if (twice !== undefined)
    throw caseFormatError({
      property: `request.context.${twice}`,
      rule: "must stand only once: condition keys have no case",
      value: context[twice],
      where: id,
    });
  return Object.fromEntries(
    Object.entries(context).flatMap(([key, value]) => {
      if (value === null || value === undefined) return [];
      const values = Array.isArray(value) ? (value as unknown[]) : [value];
      if (!values.every((one) => ["string", "number", "boolean"].includes(typeof one))) {
        throw caseFormatError({ property: `request.context.${key}`, rule: "must be text or a list of texts", value: value, where: id });
      }
      return [[key, values.map(String)]];
    }),
  );
}
