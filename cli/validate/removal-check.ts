/**
 * Finds out whether somebody can remove what a validation is about to write. If nobody is known, nothing is written.
 *
 * The answer comes from AWS: the request that the clean-up will make is made for a key that does not exist. It removes nothing, adds no
 * delete marker, and is denied if the right is missing, whichever policy denies it.
 */

import { failureOf, showFailure } from "../aws";
import type { Written } from "../clean-up";
import type { Party } from "../credentials";
import { TEST_OBJECT_PREFIX } from "../names";
import type { LiveResult } from "../report/validate";
import { docsPage } from "../version";
import type { Validation } from "./state";

/** How long a denial may be a change that has not propagated yet. */
const PROPAGATION_MS = 10_000;
const FIRST_DELAY_MS = 1_000;

const READ_ONLY = "nothing is written (--read-only)";

export class RemovalCheck {
  private readonly answers = new Map<string, Promise<string | undefined>>();
  /** Parties that were denied once: a longer wait would change nothing. */
  private readonly denied = new Set<string>();
  private problem: string | undefined;

  constructor(private readonly validation: () => Validation) {}

  /** Why nothing may be written into the folder; undefined if somebody can remove it. */
  async whyNotWrite(folder: string, what: Written): Promise<string | undefined> {
    const { options, chosen, probes } = this.validation();
    if (options.readOnly) return READ_ONLY;
    const parties = [chosen?.callers.deployer, probes.writer].filter((party) => party !== undefined);
    const key = JSON.stringify([folder, what, parties.map(({ title }) => title)]);
    const known = this.answers.get(key) ?? this.ask(folder, what, parties);
    this.answers.set(key, known);
    const reason = await known;
    this.problem = reason;
    return reason === undefined ? undefined : `nothing is written: ${reason}`;
  }

  /** The result for the report if nothing could be written. */
  result(): readonly LiveResult[] {
    const { extras } = this.validation();
    const id = "objects-can-be-removed";
    if (this.problem === undefined || extras.some((extra) => extra.id === id)) return [];
    return [
      {
        id,
        title: "test objects can be deleted",
        kind: "extra",
        expected: "somebody can delete them",
        outcome: "unknown",
        cause: `nothing was written: ${this.problem}`,
        remedy: `grant the deployer the rights to remove test objects (${docsPage("validate.md#rights")}), or validate with --read-only`,
        deciding: [],
      },
    ];
  }

  private async ask(folder: string, what: Written, parties: readonly Party[]): Promise<string | undefined> {
    const protection = await this.protection(parties);
    if (protection !== undefined) return protection;
    const { options } = this.validation();
    const limit = options.clock.now() + Math.min(options.s3Ms, PROPAGATION_MS);
    for (let delay = FIRST_DELAY_MS; ; delay *= 2) {
      const reasons: string[] = [];
      for (const party of parties) {
        const reason = await this.tryRemoval(party, folder, what);
        if (reason === undefined) return undefined;
        reasons.push(`${party.title}: ${reason}`);
      }
      const hasNews = parties.some(({ title }) => !this.denied.has(title));
      if (parties.length === 0) return "no caller is known who could remove a test object";
      if (!hasNews || options.clock.now() >= limit) {
        for (const { title } of parties) this.denied.add(title);
        return `nobody can remove a test object: ${reasons.join("; ")}`;
      }
      await options.clock.sleep(Math.min(delay, limit - options.clock.now()), options.signal);
    }
  }

  /** Why versions could not be deleted at all; undefined if nothing protects them. */
  private async protection(parties: readonly Party[]): Promise<string | undefined> {
    const { live } = this.validation();
    if (live?.mfaDelete) return "MFA delete is on";
    if (this.neverHadVersions()) return undefined;
    const retention = live?.defaultRetention ?? (await this.askRetention(parties));
    if (retention === true) return "the bucket's default retention (Object Lock) protects every new version";
    if (retention === undefined) return "the bucket's Object Lock cannot be read (s3:GetBucketObjectLockConfiguration)";
    return undefined;
  }

  private async askRetention(parties: readonly Party[]): Promise<boolean | undefined> {
    const { testObjects, options } = this.validation();
    for (const { aws } of parties) {
      try {
        const { ObjectLockConfiguration: lock } = await aws.call("s3:GetObjectLockConfiguration", testObjects.address(), options);
        return lock?.Rule?.DefaultRetention !== undefined;
      } catch (error) {
        if (failureOf(error, "s3:GetObjectLockConfiguration").code === "ObjectLockConfigurationNotFoundError") return false;
      }
    }
    return undefined;
  }

  /** Why the party cannot remove; undefined if it can. */
  private async tryRemoval({ aws }: Party, folder: string, what: Written): Promise<string | undefined> {
    const { testObjects, options } = this.validation();
    const target = { ...testObjects.address(), Key: `${folder}${TEST_OBJECT_PREFIX}${options.clock.uuid()}` };
    const operation = what === "upload" ? "s3:AbortMultipartUpload" : "s3:DeleteObject";
    try {
      if (what === "upload") await aws.call("s3:AbortMultipartUpload", { ...target, UploadId: "no-such-upload" });
      else await aws.call("s3:DeleteObject", { ...target, ...(this.neverHadVersions() ? {} : { VersionId: "null" }) });
      return undefined;
    } catch (error) {
      const failure = failureOf(error, operation);
      if (failure.code === "NoSuchUpload" || failure.code === "NoSuchVersion" || failure.causeId === "no-such-key") return undefined;
      const right = what === "upload" ? operation : this.neverHadVersions() ? operation : "s3:DeleteObjectVersion";
      return `${right}: ${showFailure(failure)}`;
    }
  }

  /** In such a bucket a request without a version ID deletes, and Object Lock cannot be on. */
  private neverHadVersions(): boolean {
    const { live, testObjects } = this.validation();
    return live?.account.buckets.find(({ name }) => name === testObjects.bucket)?.versioning === "Disabled";
  }
}
