/** Who can use or change a KMS key by its policy, apart from those who may. */
import { OWNER_ACCOUNT, proveNobody, QuestionError, type RequestSet, type Witness } from "../../access";
import { KEY_USE, withPrincipalAccount } from "../../judge";
import { hasUnknown, showUnknown } from "../../unknown";

export interface KeyQuestion {
  /** ARN of the key. */
  readonly arn: string;
  /** Account of the key: 12 digits, or a placeholder. */
  readonly account: string;
  /** Other accounts whose principals may do everything that the policy allows. */
  readonly ownAccounts?: readonly string[];
  /** The key policy. */
  readonly document: unknown;
  /** Vendors, which may use the key and not change it. */
  readonly vendors: readonly string[];
}

/** Describes somebody else who can use or change the key, or why that could not be excluded. */
export interface KeyOpening {
  readonly outcome: "fail" | "unknown";
  readonly cause: string;
  readonly witness?: Witness;
}

/** @returns undefined where the policy allows nobody else anything, which is proved for every request */
export function keyOpening({ arn, account, ownAccounts = [], document, vendors }: KeyQuestion): KeyOpening | undefined {
  const isKnown = !hasUnknown(account);
  const permitted: RequestSet[] = [
    { callers: [isKnown ? account : OWNER_ACCOUNT, ...ownAccounts] },
    { callers: ["services"] },
    ...vendors.map((vendor) => ({ callers: [vendor], actions: KEY_USE })),
  ];
  const world = {
    partition: arn.split(":")[1] ?? "aws",
    ...(isKnown && { account }),
    resourcePolicy: withPrincipalAccount(document),
  };
  try {
    const { outcome, witness, missing } = proveNobody({ world, requests: { actions: ["kms:*"], resources: [arn] }, permitted });
    if (outcome === "proved") return undefined;
    const whose = witness ? `${showUnknown(witness.principal)} can ${witness.action} on the key` : "somebody else can use the key";
    if (outcome === "broken") return { outcome: "fail", cause: whose, ...(witness && { witness }) };
    return { outcome: "unknown", cause: `could not exclude that ${whose}; it depends on ${missing.map(showUnknown).join("; ")}` };
  } catch (error) {
    if (!(error instanceof QuestionError)) throw error;
    return { outcome: "unknown", cause: `there is nothing to prove: ${error.message}` };
  }
}
