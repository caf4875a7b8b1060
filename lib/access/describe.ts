/** Describes sets of requests in plain words, as briefly as possible. */
import { actionsMatching, everyAction, everyActionMatching } from "./data";
import { Inquiry, withinBudget, withOwner } from "./inquiry";
import { ACTION, CALLER, RESOURCE, SESSION, TIME, type World } from "./policies";
import { proveEvery, proveNobody } from "./prove";
import { partsOf, targetsOf } from "./requests";
import { type Box, type BudgetLimits, isEmpty, type Literal, showLiteral } from "./sets";
import type { Proof, RequestSet } from "./types";
import { showUnknown } from "./unknown";

/** What callers can do of some requests. */
export interface Extent {
  readonly extent: "can" | "cannot" | "some" | "couldNotTell";
  /** For `some`: which requests, as parts to be joined by "or". Otherwise empty. */
  readonly words: readonly string[];
  /** The proof behind the answer: that nobody can, or that each request works. */
  readonly proof: Proof;
}

export interface ExtentQuestion {
  readonly world: World;
  /** Callers and resources must be given. */
  readonly requests: RequestSet;
  readonly limits?: Partial<BudgetLimits>;
}

/** Whether the callers can make all of the requests, none of them, or some. */
export function extentOf(question: ExtentQuestion): Extent {
  const nobody = proveNobody(question);
  if (nobody.outcome === "proved") return { extent: "cannot", words: [], proof: nobody };
  if (nobody.outcome === "couldNotTell") return { extent: "couldNotTell", words: [], proof: nobody };
  const every = proveEvery(question);
  if (every.outcome === "proved") return { extent: "can", words: [], proof: every };
  const words = wordsOf(question);
  const missing = [...new Set([...nobody.missing, ...every.missing])].map(showUnknown);
  return {
    extent: "some",
    words: words.length > 0 || missing.length === 0 ? words : [`depending on ${missing.join(", ")}`],
    proof: nobody,
  };
}

function wordsOf({ world: given, requests, limits }: ExtentQuestion): readonly string[] {
  const world = withOwner(given);
  const words = new Set<string>();
  withinBudget(() => {
    const inquiry = new Inquiry({ worlds: [world], sets: [requests], isAboutCaller: false, limits });
    for (const caller of inquiry.classes)
      for (const target of targetsOf(requests, world)) {
        const { allows, denies } = inquiry.access(world, caller, target.group);
        if (allows.length === 0) continue;
        for (const part of partsOf(requests, target, { caller, world }))
          for (const box of allows) {
            const whole = [...part.literals, ...box.literals];
            if (isEmpty({ literals: whole }, inquiry.search("upper"))) continue;
            const touching = denies.filter((deny) => !isEmpty({ literals: [...whole, ...deny.literals] }, inquiry.search("upper")));
            const denied = touching.map((deny) => describeBox(deny, requests)).filter((text) => text !== "");
            const text = [describeBox(box, requests), ...denied.map((one) => `not ${one.replace(/^only /, "")}`)];
            words.add(text.filter((one) => one !== "").join(", "));
          }
      }
    return { outcome: "proved", missing: [], statements: [] };
  });
  return [...words].filter((text) => text !== "");
}

/** What a box requires of requests, in words. Attributes that the question itself narrows are left out. */
export function describeBox({ literals }: Box, asked: RequestSet = {}): string {
  const phrases = literals
    .filter(({ attribute }) => attribute !== CALLER || asked.callers === undefined)
    .flatMap((one) => phrase(one, asked));
  return [...new Set(phrases)].join(" and ");
}

function phrase(one: Literal, { resources = [], actions }: RequestSet): string[] {
  if (one.isUnknown) return one.missing.length === 0 ? [] : [`depending on ${one.missing.map(showUnknown).join(", ")}`];
  const shown = showLiteral(one);
  const text = shown.isNegated ? `not ${shown.values.map(quote).join(", ")}` : shown.values.map(quote).join(" or ");
  switch (one.attribute) {
    case ACTION:
      return actions === undefined
        ? [shown.values.length > 12 ? `${shown.isNegated ? "not " : ""}${actionsInShort(shown.values)}` : text.replaceAll("`", "")]
        : actionPhrase(actions, (name) => shown.values.includes(name) !== shown.isNegated);
    case RESOURCE: {
      const keys = shown.values.map(keyOf);
      if (!shown.isNegated && keys.includes("*")) return [];
      // The question names these objects already.
      if (!shown.isNegated && shown.values.some((value) => resources.includes(value))) return [];
      return [`only ${shown.isNegated ? "outside " : "under "}${keys.map(quote).join(" or ")}`];
    }
    case CALLER:
      return [shown.isNegated ? `by others than ${shown.values.map(quote).join(", ")}` : `by ${text}`];
    case SESSION:
      return [`in a session named ${text}`];
    case "aws:sourceip":
      return [`only from ${shown.isNegated ? "other addresses than " : ""}${shown.values.join(" or ")}`];
    case TIME:
      return [`only at ${text.replaceAll("`", "")}`];
    case "aws:securetransport":
      return [
        (shown.values.includes("false") && !shown.isNegated) || (shown.values.includes("true") && shown.isNegated)
          ? "over plain HTTP"
          : "over HTTPS",
      ];
    default:
      return [`with ${one.attribute} ${shown.isPresence ? (shown.isNegated ? "absent" : "present") : text}`];
  }
}

/** Which of the actions in the question; undefined for all of them. */
function actionPhrase(asked: readonly string[], isMet: (name: string) => boolean): string[] {
  const all = [...new Set(asked.flatMap((pattern) => actionsMatching(pattern)))];
  const met = all.filter(isMet);
  if (met.length === all.length) return [];
  return [`only ${met.length > 12 ? `${met.length} of ${all.length} actions` : met.join(" or ")}`];
}

/** Summarizes many actions: whole services as patterns, and the number of actions of other services. */
function actionsInShort(names: readonly string[]): string {
  const byService = new Map<string, number>();
  for (const name of names) byService.set(serviceOf(name), (byService.get(serviceOf(name)) ?? 0) + 1);
  const texts = [...byService].map(([service, count]) => {
    const all = everyActionMatching(`${service}:*`).length;
    return count === all ? `${service}:*` : `${count} of ${all} actions of ${service}`;
  });
  if (texts.length <= 5) return texts.join(" or ");
  return names.length === everyAction().length ? "every action" : `actions of ${texts.length} services`;
}

function serviceOf(action: string): string {
  return action.slice(0, action.indexOf(":"));
}

/** The key of an object in its bucket; otherwise the ARN. */
function keyOf(arn: string): string {
  const key = /^[^/]*:::[^/]+\/(.*)$/.exec(arn)?.[1];
  if (key === undefined) return arn;
  return key.endsWith("/*") ? key.slice(0, -1) : key;
}

function quote(text: string): string {
  return `\`${showUnknown(text)}\``;
}
