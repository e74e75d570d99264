import type { IsoDate } from "../../domain/dates.ts";
import type { State } from "../../domain/states.ts";
import { LAYERS, type Layer } from "../../domain/verdicts.ts";
import type { RuleBook } from "../book.ts";
import type { Facts } from "../condition.ts";
import type { Prepared } from "../specialise.ts";
import type { DifferenceKind } from "./compare.ts";
import type { Region } from "./region.ts";

/** A class of items: what is known of all of them; everything else is a parameter. */
export interface GapClass {
  readonly id: string;
  readonly item: Facts;
}

/** A standard transaction in which laws are compared, and the layers that it is about. */
export interface Aspect {
  readonly probe: string;
  /** Each state's own goods, or goods that a third state makes and sends. */
  readonly goods: "own" | "foreign";
  readonly layers: readonly Layer[];
}

/**
 * The aspects that are compared unless one is named. A plant that makes mature chips and that nobody lists shows what lists
 * do; listed and advanced plants what is added for them; the others services, parts, know-how, firms of the target abroad,
 * and goods made elsewhere.
 */
export const ASPECTS: readonly Aspect[] = [
  { probe: "civil-fab", goods: "own", layers: LAYERS },
  { probe: "listed-fab", goods: "own", layers: ["end-user"] },
  { probe: "advanced-fab", goods: "own", layers: ["end-use"] },
  { probe: "servicing", goods: "own", layers: LAYERS },
  { probe: "parts", goods: "own", layers: ["list"] },
  { probe: "technology", goods: "own", layers: ["list"] },
  { probe: "subsidiary", goods: "own", layers: LAYERS },
  { probe: "listed-fab", goods: "foreign", layers: LAYERS },
];

/** What is asked: whose laws, on which day, of what, in which transactions. */
export interface GapQuestion {
  readonly book: RuleBook;
  readonly date: IsoDate;
  readonly target: State;
  readonly states: readonly State[];
  readonly classes: readonly GapClass[];
  readonly aspects: readonly Aspect[];
  /** Scope and time are looked at too. */
  readonly wide: boolean;
  /** The facts of a probe for goods of `supplier` that go to `target` on the day. */
  readonly transaction: (probe: string, supplier: State, target: State) => Facts;
  /** Whose goods stand for those of a state: a Union's are those of a member. */
  readonly goodsOf: (state: State) => State;
  /** A third state whose goods stand for those made elsewhere. */
  readonly makerAbroad: (state: State) => State;
  /** The regimes that bind a state's own goods on the day. */
  readonly regimesOf: (state: State, date: IsoDate) => readonly State[];
}

/** A region that one state's law reaches further than another's. */
export interface FoundGap {
  readonly kind: DifferenceKind;
  readonly class: string;
  readonly layer: Layer;
  readonly probe: string;
  readonly goods: Aspect["goods"];
  readonly by: State;
  /** A rule of `by` that requires something on all of the region. */
  readonly rule: string;
  readonly notBy: State;
  readonly region: Region;
  /** Facts of the item, and of the dimension that is open, at a point of the region. */
  readonly witness: Facts;
  /** The law of each side with its transaction put in, and what the witness adds: for explanations. */
  readonly sides: { readonly by: GapSide; readonly notBy: GapSide };
  readonly detail?: string;
}

/** A law and a transaction in which the witness is judged. */
export interface GapSide {
  readonly regimes: readonly State[];
  /** The whole transaction with the witness. */
  readonly facts: Facts;
  readonly prepared: readonly (Prepared | null)[];
}
