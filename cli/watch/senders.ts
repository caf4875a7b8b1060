/** Who may send to a queue, by its policy. An event is only as trustworthy as the least trusted sender. */
import { compilePolicy, decide, OUTSIDE_ACCOUNTS, OUTSIDE_ROLE_NAME, PolicyGrammarError, type RequestContext } from "../../lib/evaluate";

interface QueueStatement {
  readonly Effect?: unknown;
  readonly Principal?: string | Readonly<Record<string, string | readonly string[]>>;
}

const [OUTSIDE] = OUTSIDE_ACCOUNTS;

/**
 * Principals that the queue's policy lets send, other than its own account and what a condition binds to one source.
 *
 * @param policy JSON; absent if the queue has none, so that only its own account may send
 */
export function otherSenders(policy: string | undefined, queueArn: string | undefined): string[] {
  if (policy === undefined) return [];
  try {
    const { Statement, ...rest } = JSON.parse(policy);
    const statements: readonly QueueStatement[] = [Statement].flat();
    // A statement without a resource is about the queue.
    const resourcePolicy = compilePolicy({ ...rest, Statement: statements.map((one) => withResource(one, queueArn)) }, "resource");
    const owner = queueArn?.split(":")[4];
    const maySend = (principal: string) =>
      callersNamed(principal).some(
        ({ caller, context }) =>
          !/Denied$/.test(
            decide(
              {
                principal: caller,
                action: "sqs:SendMessage",
                resource: queueArn ?? "*",
                ...(owner && { resourceAccount: owner }),
                context,
              },
              { resourcePolicy },
            ).verdict,
          ),
      );
    const isOwn = (principal: string) => owner !== undefined && (principal.split(":")[4] ?? principal) === owner;
    return [...new Set(statements.flatMap(namedBy))].filter((principal) => !isOwn(principal) && maySend(principal));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof PolicyGrammarError) return ["a policy that cannot be read"];
    throw error;
  }
}

function withResource(statement: QueueStatement, queueArn: string | undefined): object {
  return "Resource" in statement || "NotResource" in statement ? statement : { ...statement, Resource: queueArn ?? "*" };
}

/** Stands for everybody whom a statement does not exempt. */
const NOT_PRINCIPAL = "NotPrincipal";

function namedBy({ Effect, Principal }: QueueStatement): string[] {
  if (Effect !== "Allow") return [];
  if (Principal === undefined) return [NOT_PRINCIPAL];
  return typeof Principal === "string" ? [Principal] : Object.values(Principal).flat();
}

interface Sender {
  readonly caller: string;
  readonly context: RequestContext;
}

/** Requests by the principal, none of which is on behalf of the queue's own account. */
function callersNamed(principal: string): Sender[] {
  if (principal === "*" || principal === NOT_PRINCIPAL) {
    return [
      { caller: "*", context: EVERY_REQUEST },
      asPrincipal(`arn:aws:iam::${OUTSIDE}:role/${OUTSIDE_ROLE_NAME}`),
      asService("s3.amazonaws.com"),
    ];
  }
  if (/^[\w.-]+\.amazonaws\.com(\.cn)?$/.test(principal)) return [asService(principal)];
  return [asPrincipal(/^\d{12}$|:root$/.test(principal) ? (/\d{12}/.exec(principal)?.[0] ?? principal) : principal)];
}

const EVERY_REQUEST: RequestContext = { "aws:SecureTransport": "true" };

function asPrincipal(caller: string): Sender {
  const account = /\d{12}/.exec(caller)?.[0];
  return { caller, context: { ...EVERY_REQUEST, ...(account !== undefined && { "aws:PrincipalAccount": account }) } };
}

/** On behalf of a bucket of another account. */
function asService(caller: string): Sender {
  const source = { "aws:SourceAccount": OUTSIDE!, "aws:SourceArn": `arn:aws:s3:::a-bucket-of-${OUTSIDE}` };
  return { caller, context: { ...EVERY_REQUEST, ...source } };
}
