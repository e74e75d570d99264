import * as z from "zod";
import { EVIDENCE, LAYERS, POLICIES, STATUSES } from "../domain/verdicts.ts";

/** Shapes of the files under `rules/`, before names, dates, units and conditions are resolved. */

export const citeSchema = z.strictObject({
  act: z.string().optional(),
  at: z.string(),
  source: z.string(),
  evidence: z.enum(EVIDENCE),
  note: z.string().optional(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, "a SHA-256 has 64 hexadecimal digits")
    .optional(),
});

/** Conditions are checked when they are compiled: their keys are fact names. */
export const conditionSchema = z.record(z.string(), z.unknown());

const interval = { from: z.string(), until: z.string().optional() };

const termSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  versions: z.array(z.strictObject({ ...interval, when: conditionSchema, cite: citeSchema })).min(1),
});

const groupSchema = z.strictObject({
  id: z.string(),
  title: z.string().optional(),
  versions: z.array(z.strictObject({ ...interval, members: z.array(z.string()), cite: citeSchema })).min(1),
});

/** What keeps to earlier law: transactions that began, or were authorised, before a day. */
const savingSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  claim: z.string(),
  before: z.string().optional(),
  onOrBefore: z.string().optional(),
  when: conditionSchema.optional(),
  until: z.string().optional(),
  cite: citeSchema,
});

const savings = z.array(savingSchema).min(1).optional();

const listingSchema = z.strictObject({
  list: z.string(),
  party: z.string(),
  aliases: z.array(z.string()).min(1).optional(),
  /** What the party may get, and not what is denied to it. */
  grants: z.boolean().optional(),
  ...interval,
  savings,
  cite: citeSchema,
});

const EFFECTS = ["licence-required", "prohibited", "no-licence"] as const;
export type Effect = (typeof EFFECTS)[number];

const versionSchema = z.strictObject({
  ...interval,
  firstSign: z.string().optional(),
  firstSignSource: z.string().optional(),
  announced: z.string().optional(),
  published: z.string().optional(),
  lastDelivery: z.string().optional(),
  lastDeliverySource: z.string().optional(),
  status: z.array(z.strictObject({ from: z.string(), status: z.enum(STATUSES), cite: citeSchema })).optional(),
  when: conditionSchema.optional(),
  effect: z.enum(EFFECTS),
  policy: z.enum(POLICIES).optional(),
  savings,
  cite: citeSchema,
});

const ruleSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/, "ids are lower-case words joined by hyphens"),
  title: z.string(),
  layer: z.enum(LAYERS),
  applies: conditionSchema.optional(),
  versions: z.array(versionSchema).min(1),
  exceptions: z
    .array(
      z.strictObject({
        id: z.string(),
        overrides: z.string(),
        from: z.string().optional(),
        until: z.string().optional(),
        when: conditionSchema,
        effect: z.enum(EFFECTS),
        policy: z.enum(POLICIES).optional(),
        savings,
        cite: citeSchema,
      }),
    )
    .optional(),
});

export const PRACTICE_DECISIONS = ["refused", "revoked", "never-granted", "granted"] as const;

const practiceSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  ...interval,
  when: conditionSchema,
  decision: z.enum(PRACTICE_DECISIONS),
  cite: citeSchema,
});

const holeSchema = z.strictObject({
  id: z.string(),
  from: z.string().optional(),
  until: z.string().optional(),
  when: conditionSchema.optional(),
  why: z.string(),
  cite: citeSchema.optional(),
});

export const instrumentSchema = z.strictObject({
  title: z.string(),
  regime: z.string(),
  act: z.string(),
  terms: z.array(termSchema).optional(),
  groups: z.array(groupSchema).optional(),
  listings: z.array(listingSchema).optional(),
  rules: z.array(ruleSchema).optional(),
  practice: z.array(practiceSchema).optional(),
  holes: z.array(holeSchema).optional(),
  checkedOn: z.string(),
});

export const regimeSchema = z.strictObject({
  regime: z.string(),
  title: z.string(),
  subject: z.string().optional(),
  instruments: z.array(
    z.strictObject({
      id: z.string(),
      from: z.string(),
      until: z.string().optional(),
      when: conditionSchema.optional(),
    }),
  ),
  checkedOn: z.string(),
});

export const factsSchema = z.strictObject({
  facts: z.record(
    z.string(),
    z.strictObject({
      type: z.enum(["state", "boolean", "one-of", "set", "quantity", "date", "text"]),
      role: z.enum(["transaction", "claim", "party", "content", "item", "judgement"]),
      values: z.array(z.string()).optional(),
      open: z.boolean().optional(),
      unit: z.string().optional(),
      min: z.number().optional(),
      max: z.number().optional(),
      doc: z.string(),
    }),
  ),
  /** What follows from the meaning of the facts: where `when` holds, so does what it implies. */
  constraints: z
    .array(z.strictObject({ id: z.string(), when: conditionSchema, implies: conditionSchema, doc: z.string() }))
    .optional(),
});

export const sourcesSchema = z.strictObject({
  sources: z.array(
    z.strictObject({
      id: z.string(),
      producer: z.string(),
      title: z.string(),
      citation: z.string().optional(),
      url: z.string().optional(),
      published: z.string().optional(),
      accessed: z.string().optional(),
      licence: z.string(),
      sha256: z.string().optional(),
    }),
  ),
});

export const unionsSchema = z.strictObject({
  unions: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      members: z.array(z.strictObject({ state: z.string(), from: z.string(), until: z.string().optional() })),
      cite: citeSchema,
    }),
  ),
});

/** Facts of a transaction: their names and values are checked against rules/facts.yaml. */
export const factsRecord = z.record(z.string(), z.unknown());

export const probesSchema = z.strictObject({
  probes: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      doc: z.string(),
      facts: factsRecord,
      /** Facts that the probe takes as given without a source, each with the reason. */
      assumed: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

export const ruleCasesSchema = z.strictObject({
  cases: z.array(
    z.strictObject({
      title: z.string(),
      asOf: z.string(),
      facts: factsRecord,
      expect: z.strictObject({
        verdict: z.enum(["not-subject", "no-licence", "licence-required", "prohibited", "undetermined"]),
        policy: z.enum(POLICIES).optional(),
        rules: z.array(z.string()).optional(),
        missing: z.array(z.string()).optional(),
      }),
    }),
  ),
});
