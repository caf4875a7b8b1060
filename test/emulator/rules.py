"""Starts localemu 1.3.2 with its deviations from AWS corrected. Run with the Python of localemu's own environment.

Each rule is a function of its own in `aws_rules/`, with AWS's documentation of it, and a test in `test/e2e/emulator.test.ts`. When
localemu keeps a rule by itself, the rule goes from the list below: its test tells.
"""
import os
import shutil
import sys
import threading

from aws_rules import buckets, evaluation, request, trust

RULES = (
    evaluation.role_arn_names_its_sessions,
    evaluation.both_accounts_must_allow,
    evaluation.root_user_is_bound_by_bucket_policies,
    evaluation.session_policies_can_deny,
    evaluation.requests_need_every_action,
    evaluation.requests_carry_their_keys,
    evaluation.conditions_as_documented,
    trust.trust_policies_are_evaluated_in_full,
    trust.roles_must_exist_to_be_assumed,
    trust.root_users_cannot_assume_roles,
    trust.trust_policies_grant_within_their_account,
    trust.sessions_last_as_long_as_allowed,
    buckets.expected_bucket_owner_is_checked,
    buckets.acls_are_refused_where_they_are_disabled,
    buckets.public_access_is_blocked,
    buckets.principals_must_exist,
    buckets.deleted_principals_leave_their_ids,
)


def put_in_force():
    request.watch_requests()
    for rule in RULES:
        rule()


def keep_objects_apart():
    """localemu keeps every emulator's objects in one folder of the machine: two at the same time would delete each other's buckets."""
    from localemu.services.s3 import provider

    provider.DEFAULT_S3_TMP_DIR = os.path.join(os.environ["EMULATOR_FOLDER"], "s3")


def keep_events_to_itself():
    """localemu sends an event to EventBridge for each request, by a request of its own. No test asks for them, and they halve its pace."""
    from localemu.services.cloudtrail import recording_hook

    recording_hook._emit_cloudtrail_to_eventbridge = lambda *_args, **_named: None


def keep_the_service_catalog():
    """localemu reads the models of all services of AWS to tell which one a request is for, which is half of its start. What it has read is
    kept in its own environment, for the next start."""
    from localemu.aws import spec

    catalog = os.path.join(sys.prefix, spec._get_catalog_filename())
    if not os.path.exists(catalog):
        unfinished = f"{catalog}.{os.getpid()}"
        spec.build_service_index_cache(unfinished)
        os.replace(unfinished, catalog)
    # localemu joins the name to its own folder; an absolute path stays as it is.
    spec._get_catalog_filename = lambda: catalog


def end_with_the_parent():
    """The parent holds the other end of standard input. When it is gone, nothing of this emulator may stay."""
    sys.stdin.buffer.read()
    shutil.rmtree(os.environ["EMULATOR_FOLDER"], ignore_errors=True)
    os._exit(0)


if __name__ == "__main__":
    from localemu.runtime.main import main

    keep_objects_apart()
    keep_events_to_itself()
    keep_the_service_catalog()
    # Without them one sees whether localemu still needs them.
    if os.environ.get("EMULATOR_RULES") != "off":
        put_in_force()
    threading.Thread(target=end_with_the_parent, daemon=True).start()
    sys.exit(main())
