/**
 * Reads a policy document: checks its grammar and compiles it, so that it can be evaluated many times.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */

import { parseDocument } from "../../json";
import { hasUnknown, lowerCase, mayHoldAnything, showUnknown, unknownsIn, unknownText } from "../../unknown";
import { type ArnPattern, compileArn, compileResource, fifthColon } from "../match/arn";
import { type Condition, compileCondition, isOperator } from "../match/conditions";
import { compileGlob, type Piece, piecesOf } from "../match/glob";
import { valueRule } from "../match/operators";
import { memoize } from "../memoize";
import type { PolicyKind, StatementReference } from "../types";
import {
  type ActionElement,
  type CompiledPolicy,
  type CompiledStatement,
  type CompileOptions,
  EFFECT_UNKNOWN,
  type PrincipalElement,
  type ResourceElement,
} from "./compiled";
import { grammarError, PolicyGrammarError } from "./errors";
import { type PrincipalEntry, parsePrincipalEntry } from "./principal-entries";
import { isVariable, parseTemplate, type TemplatePiece, variableRule } from "./templates";

export type { CompiledPolicy, CompiledStatement, CompileOptions } from "./compiled";

const POLICY_ELEMENTS = ["Version", "Id", "Statement"];
const STATEMENT_ELEMENTS = ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];
const PRINCIPAL_TYPES = ["AWS", "Federated", "Service", "CanonicalUser"];
const VERSIONS = ["2008-10-17", "2012-10-17"];

const LABELS: Readonly<Record<PolicyKind, string>> = {
  identity: "identity policy",
  resource: "resource policy",
  trust: "trust policy",
  permissionsBoundary: "permissions boundary",
  session: "session policy",
  serviceControl: "service control policy",
  resourceControl: "resource control policy",
};

/**
 * Compiles a policy document, given as an object or as JSON text.
 *
 * A document that is a placeholder, or text that placeholders make unreadable, becomes a policy about which everything is unknown.
 *
 * @throws PolicyGrammarError where the document is malformed or uses grammar that AWS does not accept in this kind of policy
 */
export function compilePolicy(document: unknown, kind: PolicyKind, options: CompileOptions = {}): CompiledPolicy {
  try {
    return new Reader(kind, options).policy(document);
  } catch (error) {
    if (error instanceof PolicyGrammarError) throw error;
    // Objects that do not behave (a throwing getter, no end of nesting) are no documents either.
    throw grammarError("", "must be plain JSON", String(error), "give the document as JSON text or as the parsed object", LABELS[kind]);
  }
}

const actionGlob = memoize((text) => compileGlob(piecesOf(lowerCase(text), true)));

class Reader {
  private readonly label: string;
  private variables = false;
  /** Placeholder of the version, where it is not known. */
  private unknownVersion: string | undefined;

  public constructor(
    private readonly kind: PolicyKind,
    private readonly options: CompileOptions,
  ) {
    this.label = options.name ?? LABELS[kind];
  }

  public policy(input: unknown): CompiledPolicy {
    const document = typeof input === "string" ? this.parse(input) : input;
    if (typeof document === "string") return this.finish([this.unknownStatement(0, unknownsIn(document))]);
    const policy = this.object("", document, POLICY_ELEMENTS);
    const { Version: version, Statement: statement } = policy;
    if (version !== undefined && !(typeof version === "string" && (hasUnknown(version) || VERSIONS.includes(version)))) {
      throw this.error("Version", 'must be "2012-10-17" or "2008-10-17"', version, 'write "2012-10-17"');
    }
    if (policy.Id !== undefined && typeof policy.Id !== "string") {
      throw this.error("Id", "must be text", policy.Id, "put it in quotes or leave it out");
    }
    if (typeof version === "string" && hasUnknown(version)) [this.unknownVersion] = unknownsIn(version);
    this.variables = version === "2012-10-17";
    if (statement === undefined || statement === null) {
      throw this.error("Statement", "is required", statement, "write a statement or a list of statements");
    }
    if (isUnknown(statement)) return this.finish([this.unknownStatement(0, unknownsIn(statement))]);
    const list = Array.isArray(statement) ? statement : [statement];
    return this.finish(
      list.map((item, index) => this.statement(item, index, Array.isArray(statement) ? `Statement[${index}]` : "Statement")),
    );
  }

  private finish(statements: CompiledStatement[]): CompiledPolicy {
    return {
      kind: this.kind,
      name: this.options.name,
      location: this.options.location,
      label: this.label,
      statements,
      denies: statements.filter((statement) => statement.reference.effect === "Deny" || statement.unknowns.includes(EFFECT_UNKNOWN)),
      allows: statements.filter((statement) => statement.reference.effect === "Allow" || statement.unknowns.includes(EFFECT_UNKNOWN)),
    };
  }

  private parse(text: string): unknown {
    const parsed = parseDocument(text);
    if ("value" in parsed) return parsed.value;
    throw this.error(parsed.element, parsed.rule, text, parsed.advice);
  }

  private statement(input: unknown, index: number, path: string): CompiledStatement {
    if (isUnknown(input)) return this.unknownStatement(index, unknownsIn(input));
    const statement = this.object(path, input, STATEMENT_ELEMENTS);
    const unknowns: string[] = [];
    const { Sid: sid, Effect: effect } = statement;
    if (sid !== undefined && typeof sid !== "string")
      throw this.error(`${path}.Sid`, "must be text", sid, "put it in quotes or leave it out");
    if (typeof effect === "string" && hasUnknown(effect)) unknowns.push(...unknownsIn(effect), EFFECT_UNKNOWN);
    else if (effect !== "Allow" && effect !== "Deny")
      throw this.error(`${path}.Effect`, 'must be "Allow" or "Deny"', effect, "write one of the two");
    const principal = this.principal(statement, path, unknowns);
    const action = this.action(statement, path, unknowns);
    const resource = this.resource(statement, path, unknowns);
    const conditions = this.conditions(statement.Condition, `${path}.Condition`, unknowns);
    return {
      reference: this.reference(index, effect === "Deny" ? "Deny" : "Allow", sid),
      policy: this.kind,
      unknowns,
      principal,
      action,
      resource,
      conditions,
      variables: this.variables,
    };
  }

  private unknownStatement(index: number, sources: readonly string[]): CompiledStatement {
    return {
      reference: this.reference(index, "Allow", undefined),
      policy: this.kind,
      unknowns: [...sources, EFFECT_UNKNOWN],
      conditions: [],
      variables: false,
    };
  }

  private reference(index: number, effect: "Allow" | "Deny", sid: string | undefined): StatementReference {
    const { name, location } = this.options;
    return {
      policy: this.kind,
      ...(name === undefined ? {} : { policyName: name }),
      index,
      ...(sid === undefined ? {} : { sid: showUnknown(sid) }),
      effect,
      ...(location === undefined ? {} : { location }),
    };
  }

  private principal(statement: Elements, path: string, unknowns: string[]): PrincipalElement | undefined {
    const found = this.either(statement, path, "Principal", "NotPrincipal");
    const named = this.kind === "resource" || this.kind === "trust" || this.kind === "resourceControl";
    if (!named) {
      if (found !== undefined)
        throw this.error(`${path}.${found.name}`, `is not allowed in ${article(LABELS[this.kind])}`, found.value, "remove it");
      return undefined;
    }
    if (found === undefined) throw this.error(`${path}.Principal`, "is required", undefined, "name who may, or use Deny with a principal");
    if (found.not && this.kind !== "resource") {
      throw this.error(
        `${path}.NotPrincipal`,
        `is not allowed in a ${LABELS[this.kind]}`,
        found.value,
        "use Principal with a Condition on aws:PrincipalArn",
      );
    }
    if (typeof found.value === "string" && hasUnknown(found.value)) {
      unknowns.push(...unknownsIn(found.value));
      return undefined;
    }
    const principal = this.principalEntries(found.value, `${path}.${found.name}`);
    if (this.kind === "resourceControl" && !principal.entries.every(({ kind }) => kind === "any"))
      throw this.error(`${path}.Principal`, 'must be "*" in a resource control policy', found.value, "narrow it by a Condition");
    return { not: found.not, ...principal };
  }

  private principalEntries(value: unknown, path: string): { entries: PrincipalEntry[]; texts: string[] } {
    if (value === "*") return { entries: [{ kind: "any" }], texts: ["*"] };
    if (typeof value === "string") throw this.error(path, "must be * or an object", value, `write {"AWS": ${JSON.stringify(value)}}`);
    const map = this.object(path, value, PRINCIPAL_TYPES);
    const typed = Object.entries(map).flatMap(([type, list]) =>
      this.texts(list, `${path}.${type}`, false).map((text) => [type, text] as const),
    );
    const texts = typed.map(([, text]) => text);
    const entries = typed.map(([type, text]) => {
      const entry = parsePrincipalEntry(type, text);
      if (typeof entry !== "string") return entry;
      throw this.error(`${path}.${type}`, entry, text, "see the Principal element in the IAM User Guide");
    });
    if (entries.length === 0) throw this.error(path, "must name at least one principal", value, "name one, or use * with a Condition");
    return { entries, texts };
  }

  private action(statement: Elements, path: string, unknowns: string[]): ActionElement | undefined {
    const found = this.either(statement, path, "Action", "NotAction");
    if (found === undefined) throw this.error(`${path}.Action`, "is required", undefined, 'write for example "s3:PutObject"');
    if (found.not && this.kind === "resourceControl")
      throw this.error(`${path}.NotAction`, "is not allowed in a resource control policy", found.value, "write Action");
    if (isUnknown(found.value)) {
      unknowns.push(...unknownsIn(found.value));
      return undefined;
    }
    const texts = this.texts(found.value, `${path}.${found.name}`, false);
    for (const text of texts) {
      if (text !== "*" && !hasUnknown(text) && !/^[\w*?-]+:[\w*?-]+$/.test(text)) {
        throw this.error(
          `${path}.${found.name}`,
          "must be * or a service's prefix, a colon and a name",
          text,
          'write for example "s3:PutObject"',
        );
      }
    }
    return { texts, not: found.not, globs: texts.map(actionGlob) };
  }

  private resource(statement: Elements, path: string, unknowns: string[]): ResourceElement | undefined {
    const found = this.either(statement, path, "Resource", "NotResource");
    if (this.kind === "trust") {
      if (found === undefined) return undefined;
      throw this.error(
        `${path}.${found.name}`,
        "is not allowed in a trust policy",
        found.value,
        "remove it: the role itself is the resource",
      );
    }
    if (found === undefined) throw this.error(`${path}.Resource`, "is required", undefined, "write an ARN or *");
    // A placeholder of a kind is one text, any other may be a list of them.
    if (isUnknown(found.value) && mayHoldAnything(found.value)) {
      unknowns.push(...unknownsIn(found.value));
      return undefined;
    }
    const texts = this.texts(found.value, `${path}.${found.name}`, false);
    return { texts, not: found.not, patterns: texts.map((text) => this.resourcePattern(text, `${path}.${found.name}`)) };
  }

  private resourcePattern(text: string, path: string): ArnPattern | readonly TemplatePiece[] {
    if (!hasUnknown(text) && text !== "*") {
      const parts = text.split(":");
      if (parts[0] !== "arn" || (parts.length < 6 && !parts.some((part) => part.endsWith("*")))) {
        throw this.error(path, "must be * or an ARN", text, 'write for example "arn:…:s3:::bucket/*"');
      }
      if (parts.length > 3 && /[*?]/.test(parts[2]!)) {
        throw this.error(path, "must not have a wildcard in the service's part of the ARN", text, "name the service");
      }
    }
    this.checkVariables(text, path);
    // A variable stands only behind the fifth colon. Elsewhere its text is taken as it is, and matches nothing.
    if (!hasUnknown(text) && !text.includes("${")) return compileResource(text);
    const pieces = piecesOf(text, true);
    const colon = fifthColon(text);
    const fifth = hasUnknown(text) && colon === -1 ? text.indexOf("\u0000") : colon;
    if (!this.variables || fifth === -1 || !text.includes("${", fifth)) return compileArn(this.versioned(text) ?? pieces, true);
    const cut = text[fifth] === ":" ? fifth + 1 : fifth;
    const head = piecesOf(text.slice(0, cut), true);
    const tail = parseTemplate(text.slice(cut), { variables: true, wildcards: true });
    return tail.some(isVariable) ? [...head, ...tail] : compileArn([...head, ...(tail as Piece[])], true);
  }

  private checkVariables(text: string, path: string): void {
    const rule = this.variables && text.includes("${") ? variableRule(text) : undefined;
    if (rule !== undefined) throw this.error(path, rule, text, "write for example ${aws:username}");
  }

  /** Where the version is not known, nor is whether `${…}` is a variable: the text becomes one that is not known. */
  private versioned(text: string): Piece[] | undefined {
    return this.unknownVersion !== undefined && text.includes("${") ? [{ unknown: this.unknownVersion }] : undefined;
  }

  private conditions(value: unknown, path: string, unknowns: string[]): Condition[] {
    if (value === undefined) return [];
    if (isUnknown(value)) {
      unknowns.push(...unknownsIn(value));
      return [];
    }
    const conditions: Condition[] = [];
    for (const [operator, keys] of Object.entries(this.object(path, value))) {
      if (hasUnknown(operator) || isUnknown(keys)) {
        unknowns.push(...unknownsIn(operator), ...(isUnknown(keys) ? unknownsIn(keys) : []));
        continue;
      }
      if (!isOperator(operator)) {
        throw this.error(
          `${path}.${operator}`,
          "must be an operator that IAM knows",
          operator,
          "see the condition operators in the IAM User Guide",
        );
      }
      for (const [key, list] of Object.entries(this.object(`${path}.${operator}`, keys))) {
        const where = `${path}.${operator}.${key}`;
        if (!hasUnknown(key) && !/^[^:]+:./.test(key))
          throw this.error(
            where,
            "must be the key of a service: a prefix, a colon and a name",
            key,
            'write for example "aws:SourceAccount"',
          );
        if (conditions.some((other) => other.operatorText === operator && other.key === lowerCase(key)))
          throw this.error(where, "must stand only once: condition keys have no case", key, "join the two into one");
        const texts = this.texts(list, where, true);
        for (const text of texts) this.checkVariables(text, where);
        const values = texts.map((text) => (this.versioned(text) === undefined ? text : unknownText(this.unknownVersion!)));
        const condition = compileCondition(operator, key, values, this.variables)!;
        const rule = valueRule(condition.operator, values);
        if (rule !== undefined) throw this.error(where, rule, list, "write such a value, or use an operator for text");
        conditions.push(condition);
      }
    }
    return conditions;
  }

  /** The one of two elements that exclude each other. */
  private either(
    statement: Elements,
    path: string,
    name: string,
    notName: string,
  ): { name: string; not: boolean; value: unknown } | undefined {
    const plain = statement[name];
    const negated = statement[notName];
    if (plain !== undefined && negated !== undefined) {
      throw this.error(`${path}.${notName}`, `must not stand beside ${name}`, negated, "keep one of the two");
    }
    if (plain !== undefined) return { name, not: false, value: plain };
    return negated === undefined ? undefined : { name: notName, not: true, value: negated };
  }

  /** A text or a list of texts; in conditions also numbers, truth values and an empty list. */
  private texts(value: unknown, path: string, condition: boolean): string[] {
    const list = Array.isArray(value) ? (value as unknown[]) : [value];
    if (list.length === 0 && !condition) throw this.error(path, "must not be empty", value, "write at least one value");
    return Array.from(list, (item) => {
      if (typeof item === "string") return item;
      if (condition && (typeof item === "number" || typeof item === "boolean")) return String(item);
      throw this.error(
        path,
        condition ? "must be text, a number or a truth value, or a list of them" : "must be text or a list of texts",
        item,
        "write text",
      );
    });
  }

  /** An object with known members only. */
  private object(path: string, value: unknown, members?: readonly string[]): Elements {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw this.error(path, "must be an object", value, "write members between braces");
    }
    const given = value as Elements;
    let isComplete = true;
    for (const name of Object.keys(given)) {
      const member = given[name];
      if (member === undefined) isComplete = false;
      if (member === undefined || members === undefined || members.includes(name)) continue;
      const meant = members.find((known) => known.toLowerCase() === name.toLowerCase());
      const advice = meant === undefined ? `known are ${members.join(", ")}` : `write ${meant}`;
      throw this.error(path === "" ? name : `${path}.${name}`, "is not an element of the policy language", member, advice);
    }
    if (isComplete) return given;
    return Object.fromEntries(Object.entries(given).filter(([, member]) => member !== undefined));
  }

  private error(element: string, rule: string, value: unknown, advice: string): PolicyGrammarError {
    const { location } = this.options;
    const place = location && [location.file, location.address, location.pointer].filter((part) => part !== undefined).join(" ");
    return grammarError(showUnknown(element), rule, typeof value === "string" ? showUnknown(value) : value, advice, place ?? this.label);
  }
}

function article(label: string): string {
  return `${/^[aeiou]/.test(label) ? "an" : "a"} ${label}`;
}

type Elements = Readonly<Record<string, unknown>>;

function isUnknown(value: unknown): value is string {
  return typeof value === "string" && /^\s*\u0000[^\u0000]*\u0000\s*$/.test(value);
}
