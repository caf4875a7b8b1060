/** "Nobody but these does any of this", and "each of these requests works": proofs over all requests. */
import { Inquiry, listMissing, withinBudget, withOwner } from "./inquiry";
import { ACL_KEYS, type Access, type CallerClass, IMPLIED_ACL_ACTION, type World } from "./policies";
import { boxesOf, coversClass, type Part, partsOf, targetsOf } from "./requests";
import { type Box, type Literal, negate, type Point, placeholdersIn, pointOutside, type Search } from "./sets";
import type { EveryQuestion, NobodyQuestion, Proof, RequestSet } from "./types";

const PROVED: Proof = { outcome: "proved", missing: [], statements: [] };

/** A box of allowed or refused requests, and the boxes that its requests must be outside of. */
interface Candidate {
  readonly box: Box;
  readonly others: readonly Box[];
  readonly caller: CallerClass;
}

/** Whether nobody can make the requests, except those that are permitted. */
export function proveNobody({ world: given, requests, permitted = [], limits }: NobodyQuestion): Proof {
  const world = withOwner(given);
  return withinBudget(() => {
    const inquiry = new Inquiry({ worlds: [world], sets: [requests, ...permitted], isAboutCaller: false, limits });
    inquiry.assertAsksSomething(requests, world);
    const targets = targetsOf(requests, world);
    const candidates = inquiry.classes.flatMap((caller) => {
      if (permitted.some((set) => coversClass(set, caller, world))) return [];
      return targets.flatMap((target): Candidate[] => {
        const access = inquiry.access(world, caller, target.group);
        if (access.allows.length === 0) return [];
        const others = [...access.denies, ...permitted.flatMap((set) => boxesOf(set, caller, world))];
        return partsOf(requests, target, { caller, world }).flatMap((part) =>
          access.allows.map((box) => ({ box: within(part, box), others, caller })),
        );
      });
    });
    return judge(candidates, inquiry, world);
  });
}

/** Whether each of the requests is allowed. */
export function proveEvery({ world: given, requests, limits }: EveryQuestion): Proof {
  const world = withOwner(given);
  return withinBudget(() => {
    const sets = withImpliedActions(requests, world);
    const inquiry = new Inquiry({ worlds: [world], sets, isAboutCaller: true, limits });
    inquiry.assertAsksSomething(requests, world);
    const candidates = sets.flatMap((set) =>
      targetsOf(set, world).flatMap((target) =>
        inquiry.classes.flatMap((caller) =>
          partsOf(set, target, { caller, world })
            .filter(({ literals }) => inquiry.mayBe(literals))
            .flatMap((part) => refused(part, caller, inquiry.access(world, caller, part.group))),
        ),
      ),
    );
    return judge(candidates, inquiry, world);
  });
}

/** The requests of a part that are refused: those that a Deny covers, and those that no Allow covers. */
function refused(part: Part, caller: CallerClass, { allows, denies }: Access): Candidate[] {
  return [
    { box: { literals: part.literals }, others: allows, caller },
    ...denies.filter(({ origin }) => origin?.text !== IMPLIED_ACL_ACTION).map((box) => ({ box: within(part, box), others: [], caller })),
  ];
}

/** A `PutObject` request that carries an ACL needs `s3:PutObjectAcl` too, where Object Ownership is known. */
function withImpliedActions(set: RequestSet, { objectOwnership }: World): RequestSet[] {
  const isPut = (set.actions ?? []).some((name) => name.toLowerCase() === "s3:putobject");
  const keys = Object.entries(set.context ?? {}).filter(([key, value]) => value !== null && ACL_KEYS.includes(key.toLowerCase()));
  if (objectOwnership === undefined || !isPut || keys.length === 0) return [set];
  return [set, { ...set, actions: ["s3:PutObjectAcl"] }];
}

function within({ literals }: Part, box: Box): Box {
  return { ...box, literals: [...literals, ...box.literals] };
}

/**
 * The proof succeeds if no candidate holds a request. A request found at the lower bound certainly exists; one found only at the upper
 * bound may exist.
 */
function judge(candidates: readonly Candidate[], inquiry: Inquiry, world: World): Proof {
  const open = firstPoint(candidates, inquiry.search("upper"));
  if (open === undefined) return PROVED;
  const certain = firstPoint(candidates, inquiry.search("lower"));
  const { point, candidate } = certain ?? open;
  const statements = candidate.box.origin === undefined ? [] : [candidate.box.origin.text];
  const witness = inquiry.witness(point, candidate.caller, world);
  if (certain !== undefined) return { outcome: "broken", witness, missing: [], statements };
  return { outcome: "couldNotExclude", witness, missing: missingOf(open, inquiry), statements };
}

interface Found {
  readonly point: Point;
  readonly candidate: Candidate;
}

function firstPoint(candidates: readonly Candidate[], search: Search): Found | undefined {
  for (const candidate of candidates) {
    const point = pointOutside(candidate.box, candidate.others, search);
    if (point !== undefined) return { point, candidate };
  }
  return undefined;
}

/**
 * What keeps the answer from being certain: literals of the request's own box that depend on unknown values, and boxes that the request may
 * be in.
 */
function missingOf({ point, candidate }: Found, inquiry: Inquiry): readonly string[] {
  const { space } = inquiry.search("upper");
  const isDoubtful = (one: Literal) => space.holds(one, point, "upper") && !space.holds(one, point, "lower");
  const leaving = candidate.others.flatMap(({ literals }) => {
    const ways = literals.map(negate).filter((one) => space.holds(one, point, "upper"));
    return ways.every(isDoubtful) ? ways : [];
  });
  const doubtful = [...candidate.box.literals.filter(isDoubtful), ...leaving];
  const named = doubtful.flatMap(({ missing, attribute }) => (missing.length > 0 ? missing : missingIn(attribute, point)));
  return listMissing(named.length > 0 ? named : ["more than the policies show"]);
}

/** The placeholders in a value, or the value itself. */
function missingIn(attribute: string, point: Point): readonly string[] {
  const sources = (point.get(attribute) ?? []).flatMap(placeholdersIn).map(({ source }) => source);
  return sources.length > 0 || !attribute.includes(":") ? sources : [`value of ${attribute}`];
}
