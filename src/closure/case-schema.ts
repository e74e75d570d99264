import * as z from "zod";

const share = z.number().min(0).max(1);

const series = z.strictObject({
  metric: z.string(),
  state: z.string(),
  partner: z.string().optional(),
  unit: z.string(),
  what: z.string(),
});

const expectationSchema = z.strictObject({
  at: z.string(),
  is: z.unknown().optional(),
  atLeast: z.number().optional(),
  atMost: z.number().optional(),
  includes: z.unknown().optional(),
  why: z.string().optional(),
});

/** The shape of a case file, before names, states and dates are resolved. */
export const caseSchema = z.strictObject({
  title: z.string(),
  subject: z.string(),
  asOf: z.string(),
  members: z.array(z.string()).min(1),
  target: z.string(),
  packs: z.array(z.string()).min(1),
  classes: z.array(z.string()).min(1),
  probe: z.string().default("advanced-fab"),
  beside: z.array(z.string()).default(["civil-fab"]),
  threshold: share.default(0.9),
  require: z
    .union([
      z.literal("all"),
      z.literal("choke-points"),
      z.strictObject({ atLeast: z.number().int().positive() }),
      z.strictObject({ goal: z.string() }),
    ])
    .default("all"),
  goals: z.array(z.string()).default([]),
  variants: z.record(z.string(), z.array(z.string())).default({}),
  candidates: z.array(z.string()).default([]),
  candidatesAdopt: z.array(z.string()).default([]),
  adopt: z.array(z.strictObject({ rule: z.string(), state: z.string() })).default([]),
  listedParty: z.string().default("SMIC"),
  alliedParty: z.string().default("Samsung China Semiconductor"),
  ally: z.string().default("KOR"),
  third: z.string().default("MYS"),
  minimum: z
    .array(
      z.strictObject({
        scope: z.string(),
        threshold: share.default(0.9),
        fraction: share.optional(),
        atLeast: z.number().int().positive().optional(),
        goal: z.string().optional(),
      }),
    )
    .default([]),
  clock: z.strictObject({ series: series.optional(), counterSeries: series.optional() }).default({}),
  asks: z.enum(["closure", "self-supply"]).default("closure"),
  notModelled: z.array(z.string()).default([]),
  expect: z.array(expectationSchema).default([]),
});
