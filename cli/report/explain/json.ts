import { type AccessRequest, type Decision, showUnknown } from "../../../lib/evaluate";
import { type EscapedText, jsonText, shownContext } from "../shared";
import { givenContext } from "./given-context";

/** The answer to one request as one line of JSON. */
export function answerJson(
  request: AccessRequest,
  { verdict, scope, reason, deciding, missing, nearest }: Decision,
  expected?: string,
): EscapedText {
  const { principal, action, resource, context } = request;
  return jsonText({
    request: { principal: showUnknown(principal), action, resource: showUnknown(resource), context: shownContext(givenContext(context)) },
    verdict,
    ...(expected !== undefined && { expected }),
    scope,
    reason: showUnknown(reason),
    deciding,
    missing: missing.map(showUnknown),
    ...(nearest && { nearest }),
  });
}
