/** Who may send to a queue, by its policy. An event is only as good as the least of its senders. */

/** Condition keys that bind an AWS service to a bucket, a topic, a rule or an account. */
const SOURCE_KEYS = ["aws:sourcearn", "aws:sourceaccount", "aws:principalaccount"];
const BINDING_OPERATORS = /^(foranyvalue:)?(arn|string)(equals|like|equalsignorecase)$/;

interface QueueStatement {
  readonly Effect?: unknown;
  readonly Principal?: string | Readonly<Record<string, string | readonly string[]>>;
  readonly NotPrincipal?: unknown;
  readonly Action?: string | readonly string[];
  readonly NotAction?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/**
 * Principals that the queue's policy lets send, other than its own account and what a condition binds to one source.
 *
 * @param policy JSON; absent if the queue has none, so that only its own account may send
 */
export function otherSenders(policy: string | undefined, ownAccount: string | undefined): string[] {
  if (policy === undefined) return [];
  const senders = statementsOf(policy).flatMap((statement) => {
    if (statement.Effect !== "Allow" || !allowsSending(statement) || isBound(statement)) return [];
    if (statement.NotPrincipal !== undefined) return ["NotPrincipal"];
    const { Principal = [] } = statement;
    return typeof Principal === "string" ? [Principal] : Object.values(Principal).flat();
  });
  const isOwn = (principal: string) => ownAccount !== undefined && (principal.split(":")[4] ?? principal) === ownAccount;
  return [...new Set(senders.filter((principal) => !isOwn(principal)))];
}

function statementsOf(policy: string): QueueStatement[] {
  try {
    return [JSON.parse(policy).Statement].flat();
  } catch {
    return [{ Effect: "Allow", Principal: "a policy that cannot be read", Action: "*" }];
  }
}

function allowsSending({ Action, NotAction }: QueueStatement): boolean {
  if (NotAction !== undefined) return true;
  return [Action ?? []].flat().some((action) => {
    const pattern = action.toLowerCase().replace(/[.+^${}()|[\]\\]/g, "\\$&");
    return new RegExp(`^${pattern.replaceAll("*", ".*").replaceAll("?", ".")}$`).test("sqs:sendmessage");
  });
}

function isBound({ Condition = {} }: QueueStatement): boolean {
  return Object.entries(Condition).some(
    ([operator, keys]) =>
      BINDING_OPERATORS.test(operator.toLowerCase()) &&
      Object.entries(keys).some(
        ([key, value]) => SOURCE_KEYS.includes(key.toLowerCase()) && [value].flat().every((one) => /[^*?]/.test(one)),
      ),
  );
}
