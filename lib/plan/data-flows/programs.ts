/** Resources of other providers by which a program or another API acts when Terraform runs. */
import type { Instance } from "../resources/inventory";
import { type Flow, textIn } from "./flow";
import { isAwsCommand, namedOwners, textsOf } from "./tools";

/** Types that run a program or send a request, each with its description. */
const ACTING: readonly (readonly [type: RegExp, means: string])[] = [
  [/^data\.external$/, "a program that Terraform runs"],
  [/^(?:data\.)?shell_(?:sensitive_)?script$/, "a script that Terraform runs"],
  [/^ansible_(?:playbook|host|group)$/, "a playbook of Ansible"],
  [/^(?:restapi_object|restful_(?:resource|operation)|rest_\w+|(?:data\.)?terracurl_request)$/, "a request that Terraform sends"],
  [/^(?:pulumi|crossplane)_/, "another tool"],
];

/** Kinds of Kubernetes that controllers turn into resources of AWS: AWS Controllers for Kubernetes, and Crossplane. */
const CONTROLLED = /\b[\w.-]+\.(?:services\.k8s\.aws|crossplane\.io|upbound\.io)\b/;

const KUBERNETES = /^(?:kubernetes|kubectl)_/;

/**
 * The changes of a resource of another provider to the destinations that it names. A value in a program's configuration changes nothing:
 * the program acts with its own role, and the trust policy of the delivery role decides who may assume that.
 */
export function programsOf(resource: Instance): Flow[] {
  const { type } = resource;
  const means = ACTING.find(([each]) => each.test(type))?.[1];
  if (means !== undefined) return tool(means, textsOf(resource));
  if (type === "data.http") {
    const method = textIn(resource, "method") ?? "GET";
    return /^(?:GET|HEAD)$/i.test(method) ? [] : tool("a request that Terraform sends", textsOf(resource));
  }
  if (!KUBERNETES.test(type)) return [];
  const text = textsOf(resource);
  if (CONTROLLED.test(text)) return tool("a resource of Kubernetes that a controller makes in AWS", text);
  if (/\brolearn\b/i.test(text)) return tool("the map of roles of an Amazon EKS cluster", text);
  return isAwsCommand(text) ? tool("a command in Kubernetes", text) : [];
}

function tool(means: string, text: string): Flow[] {
  const source = namedOwners(text);
  return source.trim() === "" ? [] : [{ kind: "tool", means, source, recipients: [] }];
}
