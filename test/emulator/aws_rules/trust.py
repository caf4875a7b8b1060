"""Who may assume a role."""
import json

from localemu.services.iam_enforcement import enforcer, evaluator
from localemu.services.iam_enforcement.evaluator import Decision
from localemu.services.sts import provider

from . import evaluation
from .request import caller_of, checked, current, is_operation, parameters, refuse, values


def trust_policies_are_evaluated_in_full():
    """A trust policy is a policy: its Deny statements, actions and all its conditions count, with the session name and the external
    ID among the keys. localemu reads Allow statements, and of their conditions the external ID in `StringEquals` alone.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#ck_externalid
    """
    judged_by_localemu = provider._evaluate_trust_policy
    keys = {"ExternalId": "sts:ExternalId", "RoleSessionName": "sts:RoleSessionName", "SourceIdentity": "sts:SourceIdentity"}

    def judge(role, *args, **kwargs):
        if current().is_internal_call:
            return judged_by_localemu(role, *args, **kwargs)
        context = current()
        caller = caller_of(context)
        conditions = enforcer._build_conditions(context, caller)
        conditions.update({key: parameters(context)[name] for name, key in keys.items() if parameters(context).get(name)})
        effects = {
            statement.get("Effect")
            for statement in evaluator.iter_policy_statements(json.loads(role.assume_role_policy_document))
            if evaluator.matches_action(statement, "sts:AssumeRole")
            and evaluator._matches_principal(statement, caller)
            and evaluator.matches_conditions(statement, {**conditions, **caller.tags})
        }
        return "Allow" in effects and "Deny" not in effects

    provider._evaluate_trust_policy = judge


def roles_must_exist_to_be_assumed():
    """A role that is not there, or is there under another path, cannot be assumed. localemu hands out credentials for it.

    https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
    """
    resolve = provider._resolve_role

    def resolve_exactly(account, arn):
        role = resolve(account, arn)
        if role is None or role.arn != arn:
            refuse("AccessDenied", f"User: {caller_of(current()).arn} is not authorized to perform: sts:AssumeRole on resource: {arn}")
        return role

    provider._resolve_role = resolve_exactly


def root_users_cannot_assume_roles():
    """STS refuses a root user's AssumeRole, whatever the trust policy says. localemu lets it pass.

    https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
    """
    judge = provider._evaluate_trust_policy

    def judge_unless_root(role, *args, **kwargs):
        caller = None if current().is_internal_call else caller_of(current())
        if caller is not None and caller.principal_type == "Root":
            refuse("AccessDenied", "Roles may not be assumed by root accounts.")
        return judge(role, *args, **kwargs)

    provider._evaluate_trust_policy = judge_unless_root


def trust_policies_grant_within_their_account():
    """A trust policy that names a user, role or session of its own account suffices; one that names the account leaves it to the
    caller's identity policy. localemu always wants the identity policy as well.

    Callers with a permissions boundary or session policies are left as they are: those may cap what the trust policy grants.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-single-account.html
    """
    evaluate = evaluator.PolicyEvaluator.evaluate

    def evaluate_with_trust(self, caller, action, resource, conditions, resource_policy=None):
        decision = evaluate(self, caller, action, resource, conditions, resource_policy)
        same_account = action == "sts:AssumeRole" and resource.split(":")[4:5] == [caller.account_id]
        if decision != Decision.IMPLICIT_DENY or not same_account or _is_capped(caller):
            return decision
        role = provider._resolve_role(caller.account_id, resource)
        own = {"*", caller.arn, evaluation.role_arn(caller) if caller.principal_type == "AssumedRole" else caller.arn}
        return Decision.ALLOW if own & _granted_principals(role) else decision

    evaluator.PolicyEvaluator.evaluate = evaluate_with_trust


def _is_capped(caller):
    return evaluator.get_permission_boundary(caller) is not None or bool(evaluator.get_session_policies(caller))


def _granted_principals(role):
    principals = set()
    for statement in evaluator.iter_policy_statements(json.loads(role.assume_role_policy_document)):
        principal = statement.get("Principal")
        if statement.get("Effect") == "Allow":
            principals.update(values(principal.get("AWS")) if isinstance(principal, dict) else values(principal))
    return principals


def sessions_last_as_long_as_allowed():
    """A session lasts no longer than its role allows, and an hour at most when a role's session asks. localemu takes up to 12 hours.

    https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
    """

    @checked
    def check(context):
        wanted = parameters(context).get("DurationSeconds") if is_operation(context, "AssumeRole") else None
        if not wanted:
            return
        role = provider._resolve_role(parameters(context)["RoleArn"].split(":")[4], parameters(context)["RoleArn"])
        if wanted > int(role.max_session_duration or 3600):
            refuse("ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.", 400)
        if wanted > 3600 and caller_of(context).principal_type == "AssumedRole":
            limit = "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining"
            refuse("ValidationError", limit, 400)
