"""What S3 refuses beside policies: the wrong owner, ACLs, public access, principals that do not exist."""
import ipaddress
import json
import os
import re

from localemu.services.iam_enforcement import evaluator
from localemu.services.iam_enforcement.evaluator import Decision, iter_policy_statements
from localemu.services.s3.models import s3_stores
from localemu.services.s3.provider import S3Provider

from .request import bucket_of, carries_acl, checked, is_operation, owner_of, parameters, policy_of, refuse, service, stored_bucket, values

WRITE_WITH_ACL = ("PutObject", "CopyObject", "CreateMultipartUpload", "PutObjectAcl", "PutBucketAcl")


def expected_bucket_owner_is_checked():
    """A request that names another owner than the bucket's is refused. localemu checks it for a few operations.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html
    """

    @checked
    def check(context):
        expected = context.request.headers.get("x-amz-expected-bucket-owner")
        owner = owner_of(parameters(context).get("Bucket")) if service(context) == "s3" else None
        if expected and owner and expected != owner:
            refuse("AccessDenied", "Access Denied")


def acls_are_refused_where_they_are_disabled():
    """With `BucketOwnerEnforced` no ACL is accepted but `bucket-owner-full-control` on an object. localemu accepts any.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
    """

    @checked
    def check(context):
        given = parameters(context)
        bucket = stored_bucket(given.get("Bucket")) if is_operation(context, *WRITE_WITH_ACL) and service(context) == "s3" else None
        if bucket is None or bucket.object_ownership != "BucketOwnerEnforced":
            return
        of_bucket, of_object = is_operation(context, "PutBucketAcl"), is_operation(context, "PutObjectAcl")
        tolerated = not of_bucket and given.get("ACL") == "bucket-owner-full-control"
        if (of_bucket or of_object or carries_acl(given)) and not tolerated:
            refuse("AccessControlListNotSupported", "The bucket does not allow ACLs", 400)


def public_access_is_blocked():
    """Block Public Access: a public policy or ACL is not accepted, and where a public policy stands already, other accounts are cut
    off. localemu stores the settings. Its answer on whether a policy is public is AWS's definition here, too.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
    """
    public_acls = ("public-read", "public-read-write", "authenticated-read")
    evaluate = evaluator.PolicyEvaluator.evaluate

    def blocks(bucket_name, setting):
        bucket = stored_bucket(bucket_name)
        return bool(bucket is not None and (bucket.public_access_block or {}).get(setting))

    @checked
    def check(context):
        if service(context) != "s3":
            return
        given = parameters(context)
        name = given.get("Bucket")
        if is_operation(context, "PutBucketPolicy") and blocks(name, "BlockPublicPolicy") and is_public(_parsed(given.get("Policy"))):
            refuse("AccessDenied", "Access Denied: public policies are blocked by the BlockPublicPolicy setting")
        if is_operation(context, *WRITE_WITH_ACL) and blocks(name, "BlockPublicAcls") and given.get("ACL") in public_acls:
            refuse("AccessDenied", "Access Denied: public ACLs are blocked by the BlockPublicAcls setting")

    def evaluate_restricted(self, caller, action, resource, conditions, resource_policy=None):
        name = bucket_of(resource)
        outsider = owner_of(name) not in (None, caller.account_id) or caller.principal_type == "Anonymous"
        if outsider and blocks(name, "RestrictPublicBuckets") and is_public(policy_of(name)):
            return Decision.EXPLICIT_DENY
        return evaluate(self, caller, action, resource, conditions, resource_policy)

    answer = S3Provider.get_bucket_policy_status

    def policy_status(self, context, bucket, *args, **kwargs):
        status = answer(self, context, bucket, *args, **kwargs)
        status["PolicyStatus"]["IsPublic"] = is_public(policy_of(bucket))
        return status

    evaluator.PolicyEvaluator.evaluate = evaluate_restricted
    S3Provider.get_bucket_policy_status = policy_status


def is_public(policy):
    return any(
        statement.get("Effect") == "Allow" and not _names_principals(statement) and not _fixed_by_condition(statement)
        for statement in iter_policy_statements(policy)
    )


def _names_principals(statement):
    principal = statement.get("Principal")
    if not isinstance(principal, dict) or "Federated" in principal:
        return False
    return not any("*" in name for names in principal.values() for name in values(names))


FIXING_KEYS = {
    "aws:principalorgid",
    "aws:principalarn",
    "aws:principalaccount",
    "aws:sourcearn",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:sourceowner",
    "aws:sourceaccount",
    "aws:userid",
    "s3:x-amz-server-side-encryption-aws-kms-key-id",
    "s3:dataaccesspointarn",
    "s3:dataaccesspointaccount",
}
POSITIVE_OPERATORS = {"StringEquals", "StringLike", "ArnEquals", "ArnLike"}


def _fixed_by_condition(statement):
    for operator, block in (statement.get("Condition") or {}).items():
        for key, wanted in block.items():
            named = [str(value) for value in values(wanted)]
            if key.lower() == "aws:sourceip" and operator == "IpAddress" and all(map(_is_narrow, named)):
                return True
            if key.lower() in FIXING_KEYS and operator in POSITIVE_OPERATORS and not any(re.search(r"[*?]|\$\{", one) for one in named):
                return True
    return False


def _is_narrow(cidr):
    network = ipaddress.ip_network(cidr, strict=False)
    return network.prefixlen >= (8 if network.version == 4 else 32)


def principals_must_exist():
    """A policy that names a role or user that does not exist is refused. localemu stores it. Only the emulator's own accounts can be
    looked into: a principal of any other account is taken to exist.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    """
    accounts = os.environ.get("ROOT_ACCESS_KEYS", "").split(",")

    @checked
    def check(context):
        given = parameters(context)
        if is_operation(context, "PutBucketPolicy") and service(context) == "s3":
            missing, code = _missing_principals(given.get("Policy"), accounts), "MalformedPolicy"
        elif is_operation(context, "CreateRole") and service(context) == "iam":
            missing, code = _missing_principals(given.get("AssumeRolePolicyDocument"), accounts), "MalformedPolicyDocument"
        elif is_operation(context, "UpdateAssumeRolePolicy") and service(context) == "iam":
            missing, code = _missing_principals(given.get("PolicyDocument"), accounts), "MalformedPolicyDocument"
        else:
            return
        if missing:
            message = "Invalid principal in policy" if code == "MalformedPolicy" else f'Invalid principal in policy: "AWS":"{missing[0]}"'
            refuse(code, message, 400)


def deleted_principals_leave_their_ids():
    """When a role or user goes, policies that named it keep its unique id, and a new one of the same name is another principal.
    localemu compares names.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    """
    from moto.iam.models import IAMBackend

    def rename_after(delete, find):
        def delete_and_rename(self, name):
            gone = find(self, name)
            delete(self, name)
            _rename_principal(gone.arn, gone.id)

        return delete_and_rename

    IAMBackend.delete_role = rename_after(IAMBackend.delete_role, IAMBackend.get_role)
    IAMBackend.delete_user = rename_after(IAMBackend.delete_user, IAMBackend.get_user)


def _rename_principal(arn, unique_id):
    from moto.iam.models import iam_backends

    for account in os.environ.get("ROOT_ACCESS_KEYS", "").split(","):
        for bucket in s3_stores[account]["us-east-1"].buckets.values():
            bucket.policy = _renamed(bucket.policy, arn, unique_id)
        for role in iam_backends[account]["global"].roles.values():
            role.assume_role_policy_document = _renamed(role.assume_role_policy_document, arn, unique_id)


def _renamed(text, arn, unique_id):
    policy = _parsed(text)
    principals = [s["Principal"] for s in iter_policy_statements(policy) if isinstance(s.get("Principal"), dict)]
    concerned = [principal for principal in principals if arn in values(principal.get("AWS"))]
    for principal in concerned:
        named = [unique_id if name == arn else name for name in values(principal["AWS"])]
        principal["AWS"] = named if len(named) > 1 else named[0]
    return json.dumps(policy) if concerned else text


def _missing_principals(text, accounts):
    named = []
    for statement in iter_policy_statements(_parsed(text)):
        for element in ("Principal", "NotPrincipal"):
            principal = statement.get(element)
            named += values(principal.get("AWS")) if isinstance(principal, dict) else []
    return [name for name in named if not _may_exist(name, accounts)]


def _may_exist(name, accounts):
    from moto.iam.models import iam_backends

    parts = name.split(":", 5)
    if len(parts) != 6:
        return name == "*" or re.fullmatch(r"\d{12}", name) is not None
    if parts[2] != "iam" or parts[4] not in accounts or not parts[5].startswith(("role/", "user/")):
        return "*" not in name and re.fullmatch(r"\d{12}", parts[4]) is not None
    backend = iam_backends[parts[4]]["global"]
    return any(existing.arn == name for existing in [*backend.roles.values(), *backend.users.values()])


def _parsed(text):
    try:
        return json.loads(text or "")
    except ValueError:
        return None
