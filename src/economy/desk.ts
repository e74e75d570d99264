import type { Range } from "../domain/ranges.ts";
import type { Kind, Source } from "../domain/sourced.ts";
import type { State } from "../domain/states.ts";
import type { Episode } from "./episodes.ts";
import type { Dependence, PartnerTrade, WorldSupply } from "./exposure.ts";
import type { MemberPurchases } from "./leverage.ts";
import type { FirmSales, LostSales, Openings } from "./lost-sales.ts";

/** What a document says about the state and the target, word for word where it matters. */
export interface ReportedFigure {
  readonly what: string;
  readonly value: Range | null;
  readonly unit: string;
  readonly period: string;
  readonly kind: Kind;
  readonly source: string;
  readonly note?: string;
}

/** Part of the state's imports of a product that comes from the target, as a source gives it. */
export type ReportedDependence = ReportedFigure & { readonly class?: string };

/** How an episode concerns the desk. */
export type Relation = "by-target" | "on-state" | "by-state";

export interface DeskEpisode extends Episode {
  readonly relation: Relation;
  /** The measure began after the day that is asked about. */
  readonly later: boolean;
}

/** One state's desk: what it stands to lose and to win, and how the target and the members can hurt each other. */
export interface DeskResult {
  readonly schema: "entente/desk@1";
  readonly question: {
    readonly state: State;
    readonly target: State;
    readonly members: readonly State[];
    readonly isMember: boolean;
    readonly case: string;
    readonly title: string;
    readonly subject: string;
    readonly asOf: string;
    readonly probe: string;
    readonly classes: number;
    /** Rules that the state would adopt if it joined. */
    readonly adopts: readonly string[];
  };
  /** The state's sales to the target of all goods that are held, by heading. */
  readonly sales: readonly PartnerTrade[];
  readonly lost: { readonly now: LostSales; readonly joined: LostSales; readonly firms: readonly FirmSales[] };
  readonly openings: Openings;
  readonly reported: readonly ReportedFigure[];
  readonly exposure: {
    readonly imports: readonly PartnerTrade[];
    readonly reported: readonly ReportedDependence[];
    /** Products of which the target certainly has half of the world's or more. */
    readonly world: readonly Dependence[];
  };
  readonly leverage: {
    readonly purchases: readonly MemberPurchases[];
    /** Products of which the target makes less than a quarter and members, the state with them, hold half of the rest or more. */
    readonly world: readonly WorldSupply[];
  };
  readonly episodes: readonly DeskEpisode[];
  /** Classes that share a product code, for reading the tables. */
  readonly codes: Readonly<Record<string, readonly string[]>>;
  readonly sources: readonly (Source & { readonly from: string })[];
  readonly notices: readonly string[];
  readonly assumptions: readonly string[];
  readonly digest: { readonly rules: string; readonly data: string; readonly engine: string };
  readonly notModelled: readonly string[];
}
