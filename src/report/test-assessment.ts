import type {
  Assessment,
  CellResult,
  ClassResult,
  ClassRow,
  Coverage,
  CoverageBothWays,
  SupplierResult,
} from "../closure/assessment.ts";
import { isoDate } from "../domain/dates.ts";
import { exact, type Range, ZERO } from "../domain/ranges.ts";
import type { State } from "../domain/states.ts";
import type { Evidence, Grade } from "../domain/verdicts.ts";

/*
 * An invented assessment for the tests of the pages: invented states, tools and orders, no relation to any real figure. It holds
 * every feature at least once: variants, a split that is not known, an undetermined cell, unknown amounts, weak evidence,
 * shares of another period, rows that fold, names in wide characters, and text that tries to break out of the page.
 */

const XAA = "XAA" as State;
const XBB = "XBB" as State;
const XCC = "XCC" as State;
const XDD = "XDD" as State;
const XZZ = "XZZ" as State;

export const HOSTILE =
  '<script>alert("x")</script> & \u001b[31mred\u001b[0m\u0007 \u202etfel [link](javascript:alert(1)) | `tick`';

const range = (low: number, high: number): Range => ({ low, high });
const coverage = (closed: Range, closedOrPractice: Range, controlled: Range): Coverage => ({
  closed,
  closedOrPractice,
  controlled,
});
const NONE = coverage(ZERO, ZERO, ZERO);
const both = (c: Coverage): CoverageBothWays => ({ ...c, outsideTarget: c });

function cell(grade: Grade, evidence: Evidence | null, more: Partial<CellResult> = {}): CellResult {
  const rules = evidence === null ? [] : ["xaa/lamp-order/fine-arc"];
  return {
    grade,
    possible: grade,
    rules,
    practice: [],
    reach: evidence === null ? null : "own",
    evidence,
    cites: rules.map((rule) => ({
      rule,
      act: "Order 12/2031",
      at: "art. 4(2)",
      source: "gazette",
      evidence: evidence ?? "text",
    })),
    missing: [],
    holes: [],
    ...more,
  };
}

function supplier(
  state: string,
  share: Range,
  headline: CellResult,
  more: Partial<SupplierResult> = {},
): SupplierResult {
  return {
    state,
    share,
    kind: "reported",
    source: "census",
    cells: { "advanced-works": headline, "civil-works": cell("open", null) },
    ...more,
  };
}

interface ClassParts {
  readonly id: string;
  readonly name: string;
  readonly group: string;
  readonly headline: Coverage;
  readonly members: Range;
  readonly suppliers?: readonly SupplierResult[];
  readonly rows?: readonly ClassRow[];
  readonly leak?: number;
  readonly splitUnknown?: boolean;
  readonly fit?: ClassResult["periodFit"];
  readonly leaf?: boolean;
  readonly parent?: string;
}

function classResult(p: ClassParts): ClassResult {
  const leaf = p.leaf ?? true;
  const own: ClassRow = {
    class: p.id,
    label: p.name,
    coverage: p.headline,
    members: p.members,
    splitUnknown: p.splitUnknown ?? false,
    ...(p.leak === undefined ? {} : { leak: p.leak }),
  };
  return {
    id: p.id,
    name: p.name,
    leaf,
    group: p.group,
    ...(p.parent === undefined ? {} : { parent: p.parent }),
    period: p.fit === "none" ? "" : p.fit === "asked" ? "2031" : "2033",
    periodFit: p.fit ?? "after-date",
    basis: "headquarters",
    potential: p.members,
    potentialOutsideTarget: p.members,
    targetOwn: range(0, 0.05),
    ownOverTime: [
      { period: "2027", share: range(0, 0.01), note: "break in definition: all lamps" },
      { period: "2030", share: range(0, 0.05) },
    ],
    unallocated: range(0, 0.02),
    coverage: { "advanced-works": both(p.headline), "civil-works": both(NONE) },
    rows: p.rows ?? (leaf ? [own] : []),
    suppliers: p.suppliers ?? [],
    sources: ["census"],
  };
}

const FULL = exact(1);

const variantCell = cell("undetermined", "inferred", {
  possible: "gated",
  missing: ["lamp.overlay"],
  holes: ["xbb/annex-not-held"],
  policy: "case-by-case",
  variants: [
    { id: "fine", name: "overlay <=1.50 nm", cell: cell("gated", "text", { policy: "case-by-case" }) },
    { id: "coarse", name: "1.50 to 2.40 nm", cell: cell("undetermined", "inferred", { missing: ["lamp.overlay"] }) },
  ],
});

const classes: readonly ClassResult[] = [
  classResult({ id: "scanners", name: "Scanners", group: "lamp-making", headline: NONE, members: FULL, leaf: false }),
  classResult({
    id: "arc-scanners",
    name: "Arc scanners",
    group: "lamp-making",
    parent: "scanners",
    headline: coverage(ZERO, FULL, FULL),
    members: FULL,
    fit: "asked",
    suppliers: [
      supplier(
        "XBB",
        FULL,
        cell("closed-in-practice", "secondary", { practice: ["xbb/arc-refused"], policy: "case-by-case" }),
        {
          kind: "measured",
          firms: [{ name: "Lampworks <b>AG</b>", share: range(0.9, 1), source: "census" }],
        },
      ),
    ],
  }),
  classResult({
    id: "wide-scanners",
    name: "Wide scanners",
    group: "lamp-making",
    parent: "scanners",
    headline: coverage(exact(0.015), exact(0.015), range(0.6, 1)),
    members: range(0.97, 1),
    suppliers: [
      supplier("XBB", range(0.96, 0.985), variantCell),
      supplier("XAA", exact(0.015), cell("closed", "text", { policy: "denial", reach: "foreign" })),
      supplier("various", range(0, 0.02), cell("open", null), { kind: "assumed" }),
    ],
    rows: [
      {
        class: "wide-scanners",
        variant: "fine",
        label: "Wide scanners, overlay <=1.50 nm",
        coverage: coverage(exact(0.2), exact(0.2), FULL),
        members: FULL,
        splitUnknown: false,
      },
      {
        class: "wide-scanners",
        variant: "coarse",
        label: "Wide scanners, 1.50 to 2.40 nm",
        coverage: coverage(ZERO, ZERO, exact(0.01)),
        members: FULL,
        splitUnknown: false,
        leak: 1,
      },
    ],
  }),
  classResult({
    id: "coil-etchers",
    name: "Coil etchers",
    group: "etching",
    headline: coverage(range(0, 0.55), range(0.1, 0.6), range(0.4, 0.897)),
    members: range(0.85, 0.95),
    splitUnknown: true,
    leak: 2,
    suppliers: [
      supplier("XAA", range(0.4, 0.5), cell("closed", "official-summary", { policy: "presumption-of-denial" })),
      supplier(
        "XBB",
        range(0.3, 0.4),
        cell("undetermined", "inferred", { possible: "gated", missing: ["valve.time"] }),
      ),
      supplier("XDD", range(0.05, 0.1), cell("open", null)),
      supplier("XZZ", range(0, 0.05), cell("open", null), { kind: "derived" }),
    ],
  }),
  classResult({
    id: "wide-name",
    name: "蚀刻机 etch 工具",
    group: "etching",
    headline: NONE,
    members: range(0.5, 0.7),
    leak: 3,
  }),
  classResult({ id: "hostile", name: HOSTILE, group: "etching", headline: NONE, members: exact(0.004), leak: 3 }),
  classResult({
    id: "unknown-shares",
    name: "Membrane presses",
    group: "etching",
    headline: coverage(range(0, 1), range(0, 1), range(0, 1)),
    members: range(0, 1),
    fit: "none",
  }),
  ...["Dust gauges", "Film gauges", "Mask gauges", "Edge gauges with a rather long descriptive name that wraps"].map(
    (name, i) =>
      classResult({
        id: `gauge-${i}`,
        name,
        group: "gauges",
        headline: NONE,
        members: range(0.2 * i + 0.1, 0.25 * i + 0.2),
        leak: 3,
      }),
  ),
  ...["Glue", "Wax", "String"].map((name) =>
    classResult({ id: name.toLowerCase(), name, group: "gauges", headline: NONE, members: ZERO }),
  ),
];

/** The invented assessment; `TEST_SELF_SUPPLY` asks the reverse question of the same states. */
export const TEST_ASSESSMENT: Assessment = {
  schema: "entente/assessment@1",
  question: {
    case: "lamp-tools-2031",
    title: "Lamp tools, 2031",
    asks: "closure",
    subject: "lamp tools",
    members: [XAA, XBB],
    target: XZZ,
    asOf: isoDate("2031-09-01"),
    probe: "advanced-works",
    probeTitle: "unlisted works making advanced lamps",
    beside: ["civil-works"],
    threshold: 0.9,
    require: { kind: "all" },
    adopt: [{ rule: "xaa/lamp-order/fine-arc", state: XBB }],
    packs: ["lamps"],
    packsMissing: ["lamps-restricted"],
  },
  answer: {
    verdict: "partly",
    because: [
      "Of 13 tool classes, 0 reach 90% of the supply that XZZ could turn to by law, 1 counting refused licences, 1 counting all that needs a licence.",
      "An advanced lamp line is closed at 1 step (arc scanners, XBB); a mature line at none.",
    ],
    reach: { closed: 0, closedOrPractice: 1, controlled: 1, potential: 3, leaves: 13 },
  },
  classes,
  goals: [
    {
      id: "advanced-line",
      title: "An advanced lamp line",
      probe: "advanced-works",
      verdict: "closed-in-practice",
      steps: [
        {
          step: "drawing the arc",
          alternatives: [
            { classes: ["arc-scanners"], coverage: coverage(ZERO, FULL, FULL) },
            {
              classes: ["wide-scanners", "coil-etchers"],
              penalty: "40 to 50% dearer",
              coverage: coverage(ZERO, FULL, FULL),
            },
          ],
          coverage: coverage(ZERO, FULL, FULL),
        },
        {
          step: "etching the coil",
          alternatives: [
            { classes: ["coil-etchers"], coverage: coverage(range(0, 0.55), range(0.1, 0.6), range(0.4, 0.897)) },
          ],
          coverage: coverage(range(0, 0.55), range(0.1, 0.6), range(0.4, 0.897)),
        },
      ],
    },
    { id: "mature-line", title: "A mature lamp line", probe: "civil-works", verdict: "open", steps: [] },
  ],
  binding: [
    { goal: "advanced-line", name: "arc scanners", step: ["arc-scanners", "wide-scanners"], low: 1 },
    { goal: "advanced-line", name: "coil etchers", step: ["coil-etchers"], low: 0.4 },
  ],
  leaks: [
    {
      rank: 1,
      kind: "threshold",
      class: "wide-scanners",
      className: "Wide scanners",
      classes: [],
      cells: ["wide-scanners/coarse"],
      variant: "coarse",
      variantName: "1.50 to 2.40 nm",
      state: XBB,
      probe: "advanced-works",
      grade: "open",
      size: {
        share: range(0.98, 1),
        tradeUsd: { value: exact(2_140_000_000), period: "2030", what: "imports of HS 848620", source: "customs" },
      },
      because: "art. 2 of the order of XBB stops at 1.50 nm; XAA controls up to 2.40 nm.",
      rule: "xbb/scanner-order/overlay",
      change: "art. 2 covers overlay up to 2.40 nm",
      clause: {
        rule: "xbb/scanner-order/overlay",
        act: "Scanner order",
        at: "art. 2",
        source: "gazette",
        evidence: "text",
      },
      mend: {
        step: "number",
        changes: [
          {
            change: "words",
            rule: "xbb/scanner-order/overlay",
            in: "xbb/scanner-order/overlay",
            part: "when",
            path: [1],
            was: "lamp.overlay: { atMost: 1.5 nm }",
            becomes: "lamp.overlay: { atMost: 2.4 nm }",
          },
        ],
        after: "gated",
        mends: true,
        alsoReaches: ["arc-scanners"],
        closing: {
          change: "policy",
          rule: "xbb/scanner-order/overlay",
          was: "case-by-case",
          becomes: "presumption-of-denial",
        },
      },
    },
    {
      rank: 2,
      kind: "policy",
      class: "coil-etchers",
      className: "Coil etchers",
      classes: [],
      cells: [],
      state: XBB,
      probe: "advanced-works",
      grade: "gated",
      size: {
        share: range(0.3, 0.4),
        tradeUsd: { value: range(4e6, 9e8), period: "2030", what: "sales", source: "customs" },
      },
      because: "Licences are decided case by case.",
      change: "a presumption of denial",
      mend: {
        step: "number",
        changes: [
          { change: "policy", rule: "xbb/coil-order/etch", was: "case-by-case", becomes: "presumption-of-denial" },
        ],
        after: "closed",
        mends: true,
        alsoReaches: [],
      },
    },
    {
      rank: 3,
      kind: "no-control",
      class: "hostile",
      className: HOSTILE,
      classes: ["wide-name", "gauge-0", "gauge-1", "gauge-2", "gauge-3"],
      cells: ["wide-name", "gauge-0", "gauge-1", "gauge-2", "gauge-3"],
      state: XAA,
      probe: "advanced-works",
      grade: "open",
      size: { share: range(0, 0.004) },
      because: `No rule reaches it. ${HOSTILE}`,
      change: "a list entry for gauges",
      mend: null,
    },
    {
      rank: 4,
      kind: "stock",
      class: "arc-scanners",
      className: "imports of lamp tools by XZZ",
      classes: [],
      cells: [],
      state: XZZ,
      probe: "servicing",
      grade: "open",
      size: { share: ZERO },
      because: "Bought between the first sign and the last lawful delivery.",
      change: "a shorter time between them",
      mend: null,
    },
  ],
  clock: [
    {
      rule: "xaa/lamp-order/fine-arc",
      title: "Fine arc tools",
      state: XAA,
      firstSign: null,
      firstSignSource: null,
      published: isoDate("2030-10-13"),
      inForce: isoDate("2030-10-07"),
      windowDays: 0,
      lagDays: 0,
      evidence: "text",
    },
    {
      rule: "xbb/scanner-order/overlay",
      title: "Wide scanners with fine overlay",
      state: XBB,
      firstSign: isoDate("2031-01-28"),
      firstSignSource: "press-2031",
      published: isoDate("2031-06-30"),
      inForce: isoDate("2031-09-01"),
      lastLawfulDelivery: isoDate("2032-01-01"),
      windowDays: 338,
      lagDays: 329,
      evidence: "inferred",
    },
  ],
  window: {
    from: isoDate("2031-01-28"),
    until: isoDate("2032-01-01"),
    imports: {
      class: "arc-tools",
      what: "imports of lamp tools by XZZ",
      period: "2031-02/2031-12",
      value: exact(5),
      yearEarlier: exact(2.9),
      twelveMonthsBefore: null,
      excess: range(1.9, 2.4),
      monthsOfNormalSupply: range(3, 5),
      unit: "USD bn",
      sources: ["customs"],
      note: "one month is missing",
    },
    confounders: ["capacity growth", "a general rise of prices"],
  },
  timing: {
    windows: [
      {
        from: isoDate("2030-08-01"),
        until: isoDate("2030-10-07"),
        days: 67,
        states: [XAA],
        rules: ["xaa/lamp-order/fine-arc"],
      },
      {
        from: isoDate("2031-01-28"),
        until: isoDate("2032-01-01"),
        days: 338,
        states: [XBB],
        rules: ["xbb/scanner-order/overlay"],
      },
    ],
    lags: [
      {
        state: XAA,
        inForce: isoDate("2030-10-07"),
        days: 0,
        groups: [
          { group: "lamp-making", firstMover: XAA, inForce: isoDate("2030-10-07"), days: 0 },
          { group: "etching", firstMover: XAA, inForce: isoDate("2030-10-07"), days: 0 },
        ],
      },
      {
        state: XBB,
        inForce: isoDate("2031-09-01"),
        days: 329,
        groups: [
          { group: "lamp-making", firstMover: XAA, inForce: isoDate("2031-09-01"), days: 329 },
          { group: "etching", firstMover: XAA, inForce: null, days: 329 },
        ],
      },
    ],
    counter: {
      clock: [
        {
          rule: "xzz/glow-order/gas",
          title: "Glow gas to members",
          state: XZZ,
          firstSign: isoDate("2031-02-03"),
          firstSignSource: "press-2031",
          announced: isoDate("2031-02-03"),
          published: isoDate("2031-02-03"),
          inForce: isoDate("2031-03-01"),
          stays: [
            { from: isoDate("2031-06-01"), until: isoDate("2031-08-01"), status: "stayed", source: "press-2031" },
          ],
          windowDays: 26,
          lagDays: 0,
          evidence: "secondary",
        },
      ],
      window: {
        from: isoDate("2031-06-01"),
        until: isoDate("2031-08-01"),
        imports: null,
        confounders: ["trend"],
      },
    },
  },
  next: [
    {
      state: XCC,
      adopts: ["xaa/lamp-order/fine-arc"],
      gains: {
        controlled: { before: 1, after: 3 },
        closed: { before: 0, after: 1 },
        potential: { before: 3, after: 5 },
        classes: [
          { class: "coil-etchers", name: "Coil etchers", gain: 0.12 },
          { class: "gauge-1", name: "Film gauges", gain: 0.004 },
        ],
        binding: ["coil etchers"],
      },
      salesToTarget: { usd: range(6e8, 9e8), period: "2030", source: "customs", what: "HS 848620" },
    },
    {
      state: XDD,
      adopts: [],
      gains: {
        controlled: { before: 1, after: 1 },
        closed: { before: 0, after: 0 },
        potential: { before: 3, after: 4 },
        classes: [],
        binding: [],
      },
    },
  ],
  minimum: [
    {
      scope: "two thirds of the classes",
      threshold: 0.9,
      status: "proven",
      complete: true,
      count: 2,
      coalitions: [
        [XAA, XBB, XCC],
        [XAA, XBB, XDD],
      ],
      indispensable: [XAA, XBB],
      irrelevant: [],
    },
    {
      scope: "all classes",
      threshold: 0.9,
      status: "infeasible",
      complete: true,
      count: 0,
      coalitions: [],
      indispensable: null,
      irrelevant: null,
    },
    {
      scope: "an advanced lamp line",
      threshold: 0.9,
      status: "limit",
      complete: false,
      count: 1,
      coalitions: [[XBB]],
      indispensable: null,
      irrelevant: null,
    },
  ],
  selfSupply: [
    {
      class: "glue",
      name: "Glue",
      basis: "plant",
      members: range(0.1, 0.2),
      target: exact(0.7),
      others: range(0.1, 0.15),
      unallocated: range(0, 0.05),
      demand: null,
      gap: null,
      couldFill: [
        { state: "XCC", share: range(0.08, 0.1) },
        { state: "XDD", share: exact(0.02) },
      ],
      yearsToBuild: null,
      importReliance: null,
      sources: ["census"],
    },
    {
      class: "wax",
      name: "Wax",
      basis: "plant",
      members: exact(0.3),
      target: exact(0.5),
      others: exact(0.2),
      unallocated: ZERO,
      demand: range(0.4, 0.5),
      gap: range(0.1, 0.2),
      couldFill: [],
      yearsToBuild: { value: range(3, 5), source: "census" },
      importReliance: { state: XAA, value: exact(0.8), source: "census", period: "2030" },
      sources: ["census"],
    },
  ],
  sources: [
    {
      id: "census",
      producer: "Census Office of Lampland",
      title: "Census of lamp tools 2033",
      url: "https://example.org/census?a=1&b=2",
      published: "2033-02",
      accessed: "2033-03-01",
      licence: "CC BY-NC 4.0",
      from: "packs/lamps",
    },
    {
      id: "gazette",
      producer: "XAA Gazette",
      title: `Order 12/2031 ${HOSTILE}`,
      url: "javascript:alert(1)",
      licence: "public",
      from: "rules",
    },
    {
      id: "customs",
      producer: "XZZ Customs",
      title: "Trade by month",
      url: "http://example.org/x",
      licence: "public",
      from: "packs/lamps",
    },
    {
      id: "press-2031",
      producer: "A newspaper",
      title: "Scanner talks",
      licence: "all rights reserved; cited",
      from: "rules",
    },
  ],
  notices: ["Figures of the lamp census are CC BY-NC 4.0."],
  assumptions: ["a foreign lamp holds at least one part of XAA", `share is not spare capacity ${HOSTILE}`],
  digest: { rules: "a".repeat(64), data: "b".repeat(64), engine: "c".repeat(64) },
  notModelled: ["spare capacity", "second-hand tools", "the annex of XBB (inferred)"],
};

/** The invented assessment that asks whether members could supply themselves. */
export const TEST_SELF_SUPPLY: Assessment = {
  ...TEST_ASSESSMENT,
  question: { ...TEST_ASSESSMENT.question, title: "Glue and wax without XZZ, 2031", asks: "self-supply" },
  answer: {
    ...TEST_ASSESSMENT.answer,
    because: ["If XZZ and other non-members stopped, members would be left with 10 to 20% of Glue, 30% of Wax."],
  },
  goals: [],
  binding: [],
  leaks: [],
  clock: [],
  window: null,
};
