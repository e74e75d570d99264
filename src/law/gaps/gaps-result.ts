import type { IsoDate } from "../../domain/dates.ts";
import type { State } from "../../domain/states.ts";
import type { Evidence, Layer } from "../../domain/verdicts.ts";
import type { DifferenceKind } from "./compare.ts";
import type { Region } from "./region.ts";

/** `entente/gaps@1`: everywhere one state's law goes further than another's. */
export interface GapsResult {
  readonly schema: "entente/gaps@1";
  readonly asOf: IsoDate;
  readonly target: State;
  readonly between: readonly State[];
  /**
   * For each class, standard transaction and ordered pair, the regions of each kind are disjoint and together are all points at
   * which the one law goes further.
   */
  readonly complete: true;
  readonly aspects: readonly { readonly probe: string; readonly title: string; readonly goods: "own" | "foreign" }[];
  readonly classes: readonly string[];
  /** Regions of each kind, those that are undetermined apart from the gaps. */
  readonly counts: Readonly<Record<string, number>>;
  readonly gaps: readonly Gap[];
  /** Where one law controls and a text of the other is not held: neither a gap nor a control. */
  readonly undetermined: readonly Gap[];
  readonly digest: { readonly rules: string; readonly data: string; readonly engine: string };
  readonly notModelled: readonly string[];
}

/** A clause with how well its words are known. */
export interface GapClause {
  readonly state: State;
  readonly rule: string;
  readonly title: string;
  /** Paragraphs of lists that hold at the witness. */
  readonly paragraphs: readonly string[];
  readonly act: string;
  readonly at: string;
  readonly source: string;
  readonly evidence: Evidence;
}

/** Where the other law stops short: its nearest clauses, and what of them fails at the witness. */
export interface ShortClause {
  readonly state: State;
  /** None where no clause speaks of such an item. */
  readonly nearest: readonly {
    readonly rule: string;
    readonly paragraph?: string;
    readonly act: string;
    readonly at: string;
    readonly failed: readonly string[];
  }[];
  /** Exceptions that apply at the witness, where a rule holds and asks for nothing after them. */
  readonly exceptions: readonly { readonly id: string; readonly at: string }[];
  /** Texts that are not held. */
  readonly holes: readonly string[];
}

/** One region that one state's law reaches and others' do not. */
export interface Gap {
  readonly id: string;
  readonly kind: DifferenceKind;
  readonly class: string;
  /** Classes of the packs that are of this kind. */
  readonly classes: readonly string[];
  readonly layer: Layer;
  /** The standard transaction in which the laws were compared. */
  readonly probe: string;
  /** Each state's own goods, or goods that a third state makes and sends. */
  readonly goods: "own" | "foreign";
  readonly region: Region;
  readonly controlledBy: readonly { readonly state: State; readonly rule: string }[];
  readonly notBy: readonly State[];
  /** One value of every parameter that the laws ask about, in the units of the region. */
  readonly witness: Readonly<Record<string, unknown>>;
  /** The weakest evidence of the clause that controls. */
  readonly evidence: Evidence;
  /** Of a difference in time: since when the one controls, and until when the other certainly did not. */
  readonly since?: { readonly controlled: IsoDate; readonly notUntil: IsoDate };
  /** Of a difference in scope: the value of the dimension at which it is controlled. */
  readonly elsewhere?: readonly string[];
  readonly clause: GapClause;
  readonly stopsShort: readonly ShortClause[];
}
