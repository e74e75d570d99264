import type { Case } from "../closure/case.ts";
import { unknownState } from "../closure/parse-case.ts";
import { type Meaning, sieveCandidates } from "../coalition/disclosure-candidates.ts";
import { type ClassPlan, countMemberships, planClasses } from "../coalition/disclosure-classes.ts";
import {
  type DisclosurePlanSummary,
  type Envelope,
  type EnvelopeFrame,
  sealEnvelope,
  summarisePlan,
} from "../coalition/disclosure-envelope.ts";
import { InputError, type Problem } from "../domain/errors.ts";
import { parseState, type State } from "../domain/states.ts";
import { resolveClasses } from "../supply/class-tree.ts";
import { buildContexts } from "./contexts.ts";
import type { SecretMembership } from "./disclose-secret.ts";
import { ENGINE } from "./engine.ts";
import { hashText } from "./hash.ts";
import type { Library } from "./store.ts";

/** The least number of memberships of a class where the caller names none. */
const DEFAULT_K = 8;

/** What `entente disclose` is told. Nothing here may depend on who the undisclosed members are. */
export interface DiscloseRequest {
  /** The case with its disclosed members, target and day. */
  readonly case: Case;
  /** Codes or names; without them the candidates of the case, and without these every supplier. */
  readonly candidates?: readonly string[];
  readonly ruledOut?: readonly string[];
  readonly means?: Meaning;
  /** `all`: one class, so that even the number of undisclosed members stays open. */
  readonly k?: number | "all";
  readonly atMost?: number;
  /** An envelope of the same alliance that is out already: its circle, k and number are kept, so that the classes are the same. */
  readonly earlier?: Envelope;
}

/** All that is public, and how the space is cut. */
export interface DisclosurePlan {
  readonly frame: EnvelopeFrame;
  readonly plan: ClassPlan;
  /** Memberships of the whole space. */
  readonly memberships: number;
}

/** Cuts the space of memberships by public information alone. Throws InputError with every problem of the request. */
export function planDisclosure(request: DiscloseRequest, library: Library): DisclosurePlan {
  const { case: c, earlier } = request;
  const merged = library.merged(c.packs);
  if (!merged) {
    throw new InputError([
      { code: "unknown-name", message: `none of the packs \`${c.packs.join(", ")}\` is there`, at: { file: c.file } },
    ]);
  }
  const { candidates, removed } = earlier ?? candidatesOf(request, library);
  const atMost = earlier?.atMost ?? request.atMost ?? Math.max(1, Math.floor(candidates.length / 2));
  refuseNumbers(request, candidates.length, atMost);
  const memberships = countMemberships(candidates.length, atMost);
  const k = earlier?.k ?? (request.k === "all" ? memberships : (request.k ?? DEFAULT_K));
  return {
    frame: {
      case: c.id,
      asOf: c.asOf,
      target: c.target,
      disclosed: c.members,
      candidates,
      removed,
      atMost,
      k,
      digest: { rules: library.book().hash, data: merged.hash, engine: hashText(ENGINE) },
    },
    plan: planClasses({ candidates: candidates.length, atMost, least: k }),
    memberships,
  };
}

/** The envelope that holds a secret membership. Throws InputError that says what is wrong and never who is a member. */
export function disclose({ frame, plan }: DisclosurePlan, secret: SecretMembership): Envelope {
  if (plan.kind === "none") throw noClasses(plan);
  const problems: Problem[] = [];
  for (const { state, at } of secret.undisclosed) {
    if (frame.candidates.includes(state)) continue;
    problems.push({
      code: "bad-value",
      message: "the state that stands here is no candidate",
      hint: "candidates come from public information alone: widening them now would give it away. Choose them before anybody joins",
      at,
    });
  }
  if (secret.undisclosed.length > frame.atMost) {
    problems.push({
      code: "bad-value",
      message: "more states than --at-most allows",
      hint: "the number is public: raising it now would give away that it was reached",
      at: secret.at,
    });
  }
  if (problems.length > 0) throw new InputError(problems);
  return sealEnvelope(
    frame,
    plan,
    secret.undisclosed.map((s) => s.state),
  );
}

/** What is public of a plan. */
export function summariseDisclosure({ frame, plan, memberships }: DisclosurePlan): DisclosurePlanSummary {
  return summarisePlan(frame, plan, memberships);
}

/** Why no envelope can be made; it is known before anybody is a member. */
function noClasses({ why, hint }: Extract<ClassPlan, { readonly kind: "none" }>): InputError {
  return new InputError([{ code: "bad-usage", message: why, hint, at: { file: "--k" } }]);
}

/** The text of an envelope file: the same bytes for the same envelope. */
export function formatEnvelope(envelope: Envelope): string {
  return `${JSON.stringify(envelope, null, 2)}\n`;
}

function refuseNumbers({ k, atMost: asked }: DiscloseRequest, candidates: number, atMost: number): void {
  const problems: Problem[] = [];
  const hint = "give a whole number";
  if (candidates === 0) {
    problems.push({
      code: "bad-usage",
      message: "no candidate is left",
      hint: "name more",
      at: { file: "--candidates" },
    });
  } else if (!Number.isInteger(atMost) || atMost < 1 || atMost > candidates) {
    const message = `\`${asked}\` is no number of members among ${candidates} candidates`;
    problems.push({ code: "bad-value", message, hint, at: { file: "--at-most" } });
  }
  if (typeof k === "number" && !(Number.isInteger(k) && k >= 2)) {
    problems.push({
      code: "bad-value",
      message: `\`${k}\` is no size of a class`,
      hint: `${hint} from 2, or \`all\``,
      at: { file: "--k" },
    });
  }
  if (problems.length > 0) throw new InputError(problems);
}

function candidatesOf(request: DiscloseRequest, library: Library) {
  const { case: c } = request;
  const problems: Problem[] = [];
  const states = (texts: readonly string[], option: string): State[] =>
    texts.flatMap((text) => {
      const found = parseState(text);
      if (!found) problems.push({ ...unknownState(text), at: { file: option } });
      return found ?? [];
    });
  const named = states(request.candidates ?? c.candidates, "--candidates");
  const ruledOut = states(request.ruledOut ?? [], "--rule-out");
  if (problems.length > 0) throw new InputError(problems);
  const { book } = library.book();
  const merged = library.merged(c.packs)!;
  const shown = resolveClasses(merged.pack, c.classes);
  const classes = buildContexts(c, book, merged, shown, []).filter((x) => x.cls.leaf);
  const suppliers = classes.flatMap((x) =>
    x.shares.suppliers.flatMap((s) => (s.supplier === "various" ? [] : s.supplier)),
  );
  return sieveCandidates({
    states: named.length > 0 ? named : (suppliers as State[]),
    disclosed: c.members,
    target: c.target,
    ruledOut,
    means: request.means ?? "pledged",
    classes,
    probe: c.probe,
    lawOf: (state) =>
      library.engine({ book, date: c.asOf, target: c.target, cast: c.cast, members: [state], adopt: [] }),
  });
}
