import * as z from "zod";
import { caseSchema } from "../closure/case-schema.ts";
import { FORMS, SEAT_ROLES } from "../coalition/alliance.ts";
import { citeSchema, sourcesSchema } from "../law/schema.ts";

const id = z.string().regex(/^[a-z0-9-]+$/, "ids are lower-case words joined by hyphens");
const states = z.array(z.string()).min(1);
const cite = citeSchema.omit({ act: true, sha256: true });

/** The parts of a case that an objective fills in: all but its members, its day and its expectations. */
const measureSchema = caseSchema.omit({
  title: true,
  asOf: true,
  members: true,
  adopt: true,
  minimum: true,
  expect: true,
});

const seatSchema = z.strictObject({
  states: states.optional(),
  role: z.enum(SEAT_ROLES),
  since: z.string().optional(),
  by: z.string().optional(),
  until: z.string().optional(),
  disclosed: z.boolean().default(true),
  number: z.int().positive().optional(),
  cite: cite.optional(),
});

const groupingSchema = z.strictObject({
  id,
  title: z.string(),
  form: z.enum(FORMS),
  since: z.string(),
  until: z.string().optional(),
  cite,
  note: z.string().optional(),
  seats: z.array(seatSchema).min(1),
});

const stepSchema = z.strictObject({
  states,
  rules: z.array(z.string()).min(1).optional(),
  instrument: z.string().optional(),
  act: z.string().optional(),
  announced: z.string().optional(),
  from: z.string().optional(),
  until: z.string().optional(),
  cite: cite.optional(),
  note: z.string().optional(),
});

const pledgeSchema = z.strictObject({
  id,
  title: z.string(),
  kind: z.enum(["pledged", "asked"]).default("pledged"),
  grouping: z.string(),
  made: z.string(),
  by: states.optional(),
  cite,
  delivery: z.array(stepSchema).default([]),
});

/** The shape of a file under `alliances/`, before names, states and dates are resolved. */
export const allianceSchema = z.strictObject({
  title: z.string(),
  issue: z.string(),
  summary: z.string(),
  objective: z.strictObject({
    words: z.string(),
    cite,
    measure: measureSchema.optional(),
    unmeasured: z.string().optional(),
  }),
  counts: z.array(z.string()).min(1),
  groupings: z.array(groupingSchema).min(1),
  pledges: z.array(pledgeSchema).default([]),
  besides: z.array(stepSchema).default([]),
  sources: sourcesSchema.shape.sources,
  notModelled: z.array(z.string()).default([]),
  checkedOn: z.string(),
});
