/**
 * The report as SARIF 2.1.0, which code hosts show beside the lines of a pull request.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
import { RULE_INFOS, type Severity } from "../../../lib/rules";
import { HOME_PAGE } from "../../version";
import { type EscapedText, helpPage, jsonText, showFindingPlace } from "../shared";
import { expectationFindings } from "./expectation-findings";
import { showAcceptance } from "./show-acceptance";
import type { CheckedDestination, CheckReport, ReportedAcceptance, ReportedFinding } from "./types";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const LEVELS: Readonly<Record<Severity, string>> = { high: "error", medium: "warning", low: "note", info: "note" };
/** How severe the security problem is, from 0 to 10, as code hosts sort by it. */
const SCORES: Readonly<Record<Severity, string>> = { high: "8.0", medium: "5.5", low: "3.0", info: "0.0" };

export function checkSarif(report: CheckReport, version: string): EscapedText {
  const found = [...expectationFindings(report.destinations), ...report.findings];
  const accepted = [...report.destinations.flatMap(acceptedResults), ...report.acceptances.flatMap(acceptedByUser)];
  const ids = [...new Set([...found, ...accepted.map(({ finding }) => finding)].map(({ ruleId }) => ruleId))].sort();
  const log = {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "vendor-destination", semanticVersion: version, informationUri: HOME_PAGE, rules: ids.map(ruleOf) } },
        automationDetails: { id: "vendor-destination/check/" },
        columnKind: "utf16CodeUnits",
        results: [
          ...found.map((finding) => resultOf(finding, ids)),
          ...accepted.map(({ finding, kind, justification }) => ({
            ...resultOf(finding, ids),
            suppressions: [{ kind, status: "accepted", justification }],
          })),
        ],
        invocations: [invocationOf(report)],
      },
    ],
  };
  return jsonText(log, 2);
}

/** Unknowns that belong to no single result are errors of the run. Without them, the report would look as if all were well. */
function invocationOf({ exitCode, notes, undecided }: CheckReport) {
  const notifications = notes.map((text) => ({ level: undecided.includes(text) ? "error" : "note", message: { text } }));
  return {
    executionSuccessful: undecided.length === 0,
    exitCode,
    ...(notifications.length > 0 && { toolExecutionNotifications: notifications }),
  };
}

function ruleOf(id: string) {
  const { title, reason, remedy, severity } = RULE_INFOS.get(id)!;
  return {
    id,
    name: pascalCase(id),
    shortDescription: { text: sentence(title) },
    fullDescription: { text: `${reason}.` },
    help: { text: `${reason}. Remedy: ${remedy}.`, markdown: `${reason}.\n\n**Remedy**: ${remedy}.` },
    helpUri: helpPage(id),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: {
      tags: ["security"],
      precision: "high",
      "problem.severity": LEVELS[severity] === "note" ? "recommendation" : LEVELS[severity],
      "security-severity": SCORES[severity],
    },
  };
}

function resultOf(finding: ReportedFinding, ids: readonly string[]) {
  const { ruleId, severity, detail, remedy, location, fingerprint } = finding;
  return {
    ruleId,
    ruleIndex: ids.indexOf(ruleId),
    level: LEVELS[severity],
    message: { text: `${sentence(detail)} Remedy: ${remedy}.` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(location.file) },
          region: { startLine: location.line ?? 1 },
        },
        ...(location.address !== undefined && {
          logicalLocations: [{ fullyQualifiedName: location.address, kind: "resource" }],
        }),
        message: { text: showFindingPlace(finding) },
      },
    ],
    partialFingerprints: { "vendorDestination/v1": fingerprint },
  };
}

/** A finding that stays visible, as suppressed, with its reason. */
interface Suppressed {
  readonly finding: ReportedFinding;
  /** Whether the acceptance is in the source of the stack or in a separate file. */
  readonly kind: "inSource" | "external";
  readonly justification: string;
}

function acceptedByUser(acceptance: ReportedAcceptance): Suppressed[] {
  const kind = acceptance.inContract ? "inSource" : "external";
  return acceptance.findings.map((finding) => ({ finding, kind, justification: showAcceptance(acceptance) }));
}

/** Findings that the contract accepts because the vendor asks for them. */
function acceptedResults({ contract, accepted }: CheckedDestination): Suppressed[] {
  return accepted.flatMap(({ code, reason, source, seen }) =>
    seen.map(({ ruleId, detail, location }) => {
      const { severity, reason: why, remedy } = RULE_INFOS.get(ruleId)!;
      const fingerprint = [ruleId, location.address ?? location.file, contract].join("|");
      const finding = {
        ruleId,
        severity,
        detail,
        reason: why,
        remedy,
        location,
        contracts: [contract],
        help: helpPage(ruleId),
        fingerprint,
      };
      return { finding, kind: "external", justification: `${code}: ${reason} (${source})` };
    }),
  );
}

/** A relative reference or a file URI. */
function uriOf(path: string): string {
  const segments = path.replaceAll("\\", "/").split("/").map(encodeURIComponent).join("/");
  if (path.startsWith("/")) return `file://${segments}`;
  return /^[A-Za-z]:[\\/]/.test(path) ? `file:///${path.replaceAll("\\", "/")}` : segments.replace(/^\.\//, "");
}

function pascalCase(id: string): string {
  return id.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function sentence(text: string): string {
  const begins = /^[a-z]+\s/.test(text) ? `${text[0]!.toUpperCase()}${text.slice(1)}` : text;
  return begins.endsWith(".") ? begins : `${begins}.`;
}
