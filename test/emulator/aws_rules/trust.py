"""Who may assume a role."""
import json

from localemu.services.iam_enforcement import enforcer, evaluator
from localemu.services.sts import provider

from .request import caller_of, current, parameters, refuse


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
