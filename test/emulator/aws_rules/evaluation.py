"""How policies are evaluated: principals, both accounts, actions, condition keys and operators."""
from localemu.services.iam_enforcement import enforcer, evaluator, service_action_map
from localemu.services.iam_enforcement.condition_evaluator import _OPERATORS, _safe_compare
from localemu.services.iam_enforcement.evaluator import Decision, iter_policy_statements
from localemu.services.iam_enforcement.resource_matcher import _substitute_policy_variables

from .request import bucket_of, carries_acl, current, is_operation, owner_of, parameters, service, values


def role_arn_names_its_sessions():
    """A role's ARN as a principal means whoever has assumed that role. localemu compares it with the session's own ARN.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-roles
    """
    matches = evaluator._arn_or_account_matches

    def matches_role_too(principal, caller):
        return matches(principal, caller) or (caller.principal_type == "AssumedRole" and principal == role_arn(caller))

    evaluator._arn_or_account_matches = matches_role_too


def role_arn(caller):
    """The ARN of the role behind a session, with its path, which the session's ARN lacks."""
    from moto.iam.models import iam_backends

    roles = iam_backends[caller.account_id]["global"].roles.values()
    return next((role.arn for role in roles if role.name == caller.role_name), caller.arn)


def both_accounts_must_allow():
    """A request from another account needs an Allow on both sides: its own identity policy and the bucket's. localemu takes either.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
    """
    evaluate = evaluator.PolicyEvaluator.evaluate

    def evaluate_both(self, caller, action, resource, conditions, resource_policy=None):
        together = evaluate(self, caller, action, resource, conditions, resource_policy)
        owner = owner_of(bucket_of(resource))
        if together != Decision.ALLOW or owner in (None, caller.account_id) or caller.principal_type == "Anonymous":
            return together
        own_side = evaluate(self, caller, action, resource, conditions, None)
        other_side = grants(resource_policy, caller, action, resource, conditions)
        return Decision.ALLOW if own_side == Decision.ALLOW and other_side else Decision.IMPLICIT_DENY

    evaluator.PolicyEvaluator.evaluate = evaluate_both


def grants(resource_policy, caller, action, resource, conditions):
    context = {**conditions, **caller.tags}
    return any(
        statement.get("Effect") == "Allow"
        and evaluator._matches_principal(statement, caller)
        and evaluator.matches_action(statement, action)
        and evaluator.matches_resource(statement, resource, context)
        and evaluator.matches_conditions(statement, context)
        for statement in iter_policy_statements(resource_policy)
    )


def root_user_is_bound_by_bucket_policies():
    """A root user needs the other account's grant like anybody else, and a Deny in its own bucket's policy binds it too, save that it
    may always read, replace and remove that policy. localemu lets every root user do anything in any account.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html
    https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html
    """
    resolve = enforcer.resolve_caller
    identity_policies = evaluator.get_identity_policies
    always = ("GetBucketPolicy", "PutBucketPolicy", "DeleteBucketPolicy")

    def resolve_root(access_key, account, region):
        caller, context = resolve(access_key, account, region), current()
        name = parameters(context).get("Bucket")
        if caller and caller.principal_type == "Root" and service(context) == "s3" and owner_of(name) is not None:
            if not (owner_of(name) == account and is_operation(context, *always)):
                # AWS calls this principal type "Account"; localemu evaluates policies for every type but "Root".
                caller.principal_type = "Account"
        return caller

    def policies_of_root(caller):
        if caller.principal_type == "Account":
            return [{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}]
        return identity_policies(caller)

    enforcer.resolve_caller = resolve_root
    evaluator.get_identity_policies = policies_of_root


def session_policies_can_deny():
    """A Deny in a session policy is an explicit Deny. localemu looks only for what session policies allow.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session
    """
    identity_policies = evaluator.get_identity_policies

    def with_denials(caller):
        session = evaluator.get_session_policies(caller)
        denials = [s for policy in session for s in iter_policy_statements(policy) if s.get("Effect") == "Deny"]
        return [*identity_policies(caller), *([{"Statement": denials}] if denials else [])]

    evaluator.get_identity_policies = with_denials


def requests_need_every_action():
    """Some requests need another right than their name says: versions, ACLs and tags that come with an object.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
    https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
    """
    map_action = service_action_map.map_action
    of_versions = {"GetObject": "s3:GetObjectVersion", "HeadObject": "s3:GetObjectVersion", "DeleteObject": "s3:DeleteObjectVersion"}
    writing = ("PutObject", "CopyObject", "CreateMultipartUpload")

    def with_parameters(service_name, operation):
        actions, given = map_action(service_name, operation), parameters(current())
        if service_name == "s3" and operation in of_versions and given.get("VersionId"):
            return [of_versions[operation]]
        if service_name == "s3" and operation in writing:
            extra = ["s3:PutObjectAcl"] * carries_acl(given) + ["s3:PutObjectTagging"] * bool(given.get("Tagging"))
            return [*actions, *extra]
        return actions

    service_action_map.map_action = with_parameters


def requests_carry_their_keys():
    """Condition keys that localemu leaves out or fills otherwise: the role's ARN as `aws:PrincipalArn`, the bucket's account, and
    what S3 reads from the request.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html
    """
    build = enforcer._build_conditions
    of_s3 = {
        "Prefix": "s3:prefix",
        "Delimiter": "s3:delimiter",
        "MaxKeys": "s3:max-keys",
        "VersionId": "s3:VersionId",
        "ACL": "s3:x-amz-acl",
        "GrantFullControl": "s3:x-amz-grant-full-control",
        "GrantRead": "s3:x-amz-grant-read",
        "GrantReadACP": "s3:x-amz-grant-read-acp",
        "GrantWriteACP": "s3:x-amz-grant-write-acp",
        "ServerSideEncryption": "s3:x-amz-server-side-encryption",
        "SSEKMSKeyId": "s3:x-amz-server-side-encryption-aws-kms-key-id",
        "StorageClass": "s3:x-amz-storage-class",
        "IfNoneMatch": "s3:if-none-match",
    }

    def with_keys(context, caller):
        conditions = build(context, caller)
        if caller.principal_type == "AssumedRole":
            conditions["aws:PrincipalArn"] = role_arn(caller)
        if caller.principal_type == "Anonymous":
            conditions.pop("aws:PrincipalArn", None)
            conditions["aws:PrincipalAccount"] = "anonymous"
        if service(context) == "s3":
            given = parameters(context)
            owner = owner_of(given.get("Bucket"))
            conditions.update({key: str(given[name]) for name, key in of_s3.items() if given.get(name) is not None})
            conditions.update({"aws:ResourceAccount": owner} if owner else {})
        return conditions

    enforcer._build_conditions = with_keys


def conditions_as_documented():
    """Negated operators hold when the key is absent and when no value matches; names of keys ignore case; `ArnEquals` takes
    wildcards; `ForAllValues` holds for an absent key; values may be unquoted. localemu deviates in each of these.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
    """

    def condition_holds(operator, wanted, found, context):
        quantifier, _, name = operator.rpartition(":")
        optional, name = name.endswith("IfExists"), name.removesuffix("IfExists")
        expected = [_substitute_policy_variables(_text(value), context) for value in values(wanted)]
        if name == "Null":
            return any((found is None) == (value.lower() == "true") for value in expected)
        negated, name = "Not" in name, name.replace("Not", "").replace("ArnEquals", "ArnLike")
        if found is None or found == []:
            return optional or (negated if quantifier == "" else quantifier == "ForAllValues")
        matches = [any(_safe_compare(_OPERATORS[name], value, one) for one in expected) for value in values(found)]
        holds = [match != negated for match in matches]
        return all(holds) if quantifier == "ForAllValues" or (negated and quantifier == "") else any(holds)

    def all_hold(statement, context):
        by_name = {key.lower(): value for key, value in context.items()}
        return all(
            condition_holds(operator, wanted, by_name.get(key.lower()), context)
            for operator, block in (statement.get("Condition") or {}).items()
            for key, wanted in block.items()
        )

    evaluator.matches_conditions = all_hold


def _text(value):
    return str(value).lower() if isinstance(value, bool) else str(value)
