/** The context of a request that a session of a role makes. */
import { type AccessRequest, type CompiledStatement, type RequestContext, unknownText } from "../../evaluate";
import { isPositive, mayPassTags } from "../../judge";
import type { PlannedRole } from "../../plan";

/** Keys of requests that a service makes. A session has none of them. */
const SERVICE_KEYS = /^aws:(source(arn|account|owner|orgid|orgpaths)|principalservicename(slist)?)$/;

/** Keys of requests through an access point, whose own policy must allow the request too. */
const ACCESS_POINT_KEYS = /^s3:dataaccesspoint/;

/** Keys whose value the caller chooses freely, so a caller can choose a value that the policies require. */
const CHOSEN_KEYS: ReadonlySet<string> = new Set(["sts:externalid", "aws:principalorgid", "aws:principalorgpaths"]);

export interface Session {
  /** ARN of the role. */
  readonly principal: string;
  readonly account: string;
  /** The account that owns the resource. */
  readonly resourceAccount: string;
  /** The tags of each session, with keys in lower case; undefined if a session may have other tags. */
  readonly tags?: Tags | undefined;
  /** The tags of a role that is assumed; undefined where they are not known. */
  readonly resourceTags?: Tags | undefined;
}

type Tags = Readonly<Record<string, string>>;

/** Sessions have the tags of their role, and those that the caller passes if the trust policy allows it. */
export function sessionTagsOf(role: PlannedRole): Tags | undefined {
  return mayPassTags(role) ? undefined : role.tags;
}

const PRINCIPAL_TAG = "aws:principaltag/";
const ROLE_TAG = /^(?:aws|iam):resourcetag\//;

/** The tags that decide the key. */
function tagsFor(key: string, { tags, resourceTags }: Session, action: string): Tags | undefined {
  if (key.startsWith(PRINCIPAL_TAG)) return tags;
  return action === "sts:AssumeRole" && ROLE_TAG.test(key) ? resourceTags : undefined;
}

/**
 * The request of a session of a role. Keys that the statements require and the plan does not show are unknown. The session counts as a
 * member of the organization that a statement requires, because policies seldom name an organization other than their own.
 */
export function sessionRequest(
  session: Session,
  { action, resource }: Pick<AccessRequest, "action" | "resource">,
  statements: readonly CompiledStatement[],
): AccessRequest {
  const { principal, account, resourceAccount } = session;
  const asked = statements
    .flatMap(({ conditions }) => conditions)
    .filter(({ key }) => !SERVICE_KEYS.test(key) && !ACCESS_POINT_KEYS.test(key));
  const context: RequestContext = {
    ...Object.fromEntries(
      asked.flatMap((condition) => {
        const { key, keyText, values } = condition;
        const tags = tagsFor(key, session, action);
        const tag = key.slice(key.indexOf("/") + 1);
        if (tags !== undefined) return Object.hasOwn(tags, tag) ? [[key, tags[tag]!]] : [];
        const chosen = CHOSEN_KEYS.has(key) && isPositive(condition) ? values[0]?.replace(/[*?]/g, "x") : undefined;
        return [[key, chosen ?? unknownText(`the value of ${keyText}`)]];
      }),
    ),
    "aws:securetransport": "true",
    "aws:viaawsservice": "false",
    "aws:principalisawsservice": "false",
    "aws:principaltype": "AssumedRole",
    "aws:principalarn": principal,
    "aws:principalaccount": account,
    "aws:resourceaccount": resourceAccount,
    ...(action.startsWith("s3:") && { "s3:resourceaccount": resourceAccount }),
  };
  return { principal, principalAccount: account, action, resource, resourceAccount, context };
}
