/** Who may assume a role: only those who are listed, only with one of the external IDs, and with each of them. */
import type { World } from "./policies";
import { proveEvery, proveNobody } from "./prove";
import type { BudgetLimits } from "./sets";
import type { Proof, RequestSet } from "./types";

export interface TrustQuestion {
  /** With the role's trust policy. */
  readonly world: World;
  readonly roleArn: string;
  /** ARNs of principals or accounts, or for a web identity the ARN of its provider. */
  readonly callers: readonly string[];
  /**
   * The caller must present one of them, and each must work.
   *
   * @default - none is required
   */
  readonly externalIds?: readonly string[];
  /** Others who may assume the role: the customer's own validator, with the context that it is limited to. */
  readonly permitted?: readonly RequestSet[];
  /** Further keys of the request, for example the audience and subject of a web identity. */
  readonly context?: RequestSet["context"];
  readonly limits?: Partial<BudgetLimits>;
}

export interface TrustProofs {
  /** Nobody can assume the role except the callers, with one of the external IDs if there are any, and those who are permitted. */
  readonly nobodyElse: Proof;
  /** Each caller can assume the role, with each external ID if there are any. */
  readonly each: readonly { readonly caller: string; readonly externalId?: string; readonly proof: Proof }[];
}

const EXTERNAL_ID = "sts:ExternalId";
/** The actions that give a session of the role. */
const ENTRIES = ["sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML"];

export function proveTrust(question: TrustQuestion): TrustProofs {
  const { world, roleArn, callers, externalIds = [], permitted = [], context = {}, limits } = question;
  const resources = [roleArn];
  const withId = externalIds.length === 0 ? context : { ...context, [EXTERNAL_ID]: externalIds };
  const nobodyElse = proveNobody({
    world,
    requests: { actions: ENTRIES, resources },
    permitted: [{ callers, context: withId }, ...permitted],
    limits,
  });
  const each = callers.flatMap((caller) =>
    (externalIds.length === 0 ? [undefined] : externalIds).map((externalId) => {
      const requests: RequestSet = {
        callers: [caller],
        actions: [entryOf(caller)],
        resources,
        context: { "aws:SecureTransport": "true", ...context, ...(externalId === undefined ? {} : { [EXTERNAL_ID]: externalId }) },
      };
      return { caller, ...(externalId === undefined ? {} : { externalId }), proof: proveEvery({ world, requests, limits }) };
    }),
  );
  return { nobodyElse, each };
}

/** The action by which such a caller assumes a role. */
function entryOf(caller: string): string {
  if (/:saml-provider\//.test(caller)) return "sts:AssumeRoleWithSAML";
  return /:oidc-provider\//.test(caller) || /^(?!.*amazonaws)[\w-]+(\.[\w-]+)+/.test(caller)
    ? "sts:AssumeRoleWithWebIdentity"
    : "sts:AssumeRole";
}
