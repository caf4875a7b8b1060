"""What the rules need to know of the request that is being answered, and the place where they come in."""
import json
import threading

from localemu.aws.api import CommonServiceException
from localemu.services.iam_enforcement import enforcer
from localemu.services.s3.models import s3_stores

_current = threading.local()
_checks = []


def watch_requests():
    """Runs the checks after localemu has authorized a request and before the service sees it."""
    authorize = enforcer.IAMEnforcementHandler.__call__

    def authorize_and_check(self, chain, context, response):
        _current.context = context
        authorize(self, chain, context, response)
        if context.operation and not context.is_internal_call:
            for check in _checks:
                check(context)

    enforcer.IAMEnforcementHandler.__call__ = authorize_and_check


def checked(check):
    """Adds a check: a function of the request's context that raises what AWS would answer."""
    _checks.append(check)


def current():
    """The context of the request that this thread answers."""
    return _current.context


def is_operation(context, *names):
    return context.operation is not None and context.operation.name in names


def service(context):
    return context.service.service_name if context.service else ""


def parameters(context):
    return context.service_request or {}


def carries_acl(given):
    return any(value and (name == "ACL" or name.startswith("Grant")) for name, value in given.items())


def caller_of(context):
    return enforcer.resolve_caller(enforcer._extract_access_key(context), context.account_id, context.region)


def owner_of(bucket_name):
    """The account that owns the bucket, or None."""
    any_store = s3_stores["000000000000"]["us-east-1"]
    return any_store.global_bucket_map.get(bucket_name)


def bucket_of(resource):
    """The name of the bucket that an S3 ARN speaks of, or None."""
    parts = resource.split(":", 5)
    return parts[5].split("/", 1)[0] if len(parts) == 6 and parts[2] == "s3" else None


def stored_bucket(bucket_name):
    """The emulator's record of the bucket, or None."""
    owner = owner_of(bucket_name)
    return s3_stores[owner]["us-east-1"].buckets.get(bucket_name) if owner else None


def policy_of(bucket_name):
    bucket = stored_bucket(bucket_name)
    return json.loads(bucket.policy) if bucket is not None and bucket.policy else None


def refuse(code, message, status=403):
    raise CommonServiceException(code, message, status, sender_fault=True)


def values(value):
    """A list, also of what the policy grammar lets one write without the brackets."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
