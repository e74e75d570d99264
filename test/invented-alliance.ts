import type { Store } from "../src/workbench/store.ts";
import { inventedWorld } from "./invented-world.ts";

/**
 * An alliance in the invented world of looms and lathes. The USA and, from some day in June 2023, Japan are members; Germany is
 * named by 2025. In March 2022 they pledged to license looms: the USA had done so on the first of January, Japan did in 2023.
 */
export const WEAVERS = `title: Weavers
issue: cloth
summary: Those who make looms.
objective:
  words: keep looms from China
  cite: { source: herald, at: p. 1, evidence: secondary }
  measure: { subject: weaving tools, target: CHN, packs: [cloth], classes: [tool], probe: plain, beside: [], require: choke-points }
counts: [guild]
groupings:
  - id: guild
    title: Guild of weavers
    form: understanding
    since: 2022-03-01
    cite: { source: herald, at: p. 2, evidence: secondary }
    note: never published
    seats:
      - { states: [USA], role: founder }
      - { states: [JPN], role: member, since: "2023-06" }
      - { states: [DEU], role: member, by: 2025-01-01 }
      - { states: [FRA], role: guest }
      - { disclosed: false, number: 2, role: member, since: 2024-01-01 }
  - id: fair
    title: Weavers' fair
    form: talks
    since: "2024"
    cite: { source: herald, at: p. 3, evidence: official-summary }
    seats:
      - { states: [CHN, FRA], role: member }
      - { states: [USA], role: declined }
pledges:
  - id: licences
    title: Licences for looms
    grouping: guild
    made: "2022-03"
    by: [USA, JPN, DEU, FRA]
    cite: { source: herald, at: p. 4, evidence: text }
    delivery:
      - { states: [USA], rules: [usa/looms/ban] }
      - { states: [JPN], rules: [jpn/looms/fine], note: fine looms at first }
      - { states: [DEU], instrument: Loom decree, act: Decree 7, announced: 2023-05-01, from: "2024", cite: { source: herald, at: p. 5, evidence: inferred } }
  - id: repair
    title: No repair of looms
    kind: asked
    grouping: guild
    made: 2024-02-01
    cite: { source: herald, at: p. 6, evidence: secondary }
    delivery:
      - { states: [GBR], instrument: Repair act, from: 2024-03-01, until: 2025-03-01, cite: { source: herald, at: p. 7, evidence: text } }
besides:
  - { states: [JPN], instrument: Yarn subsidy, from: 2020-04-01, cite: { source: herald, at: p. 8, evidence: text } }
sources:
  - { id: herald, producer: invented, title: Herald, url: "https://example.org/herald", licence: none }
checkedOn: 2025-12-01
`;

/** A second alliance, on the same looms: Germany and the USA, with nothing to measure. */
const TURNERS = `title: Turners
issue: cloth
summary: Those who turn.
objective: { words: better lathes, cite: { source: herald, at: p. 1, evidence: text }, unmeasured: nobody counts lathes }
counts: [lodge]
groupings:
  - { id: lodge, title: Lodge, form: network, since: 2020-01-01, cite: { source: herald, at: p. 1, evidence: text }, seats: [{ states: [DEU, USA], role: member }] }
sources: [{ id: herald, producer: invented, title: Herald, licence: none }]
checkedOn: 2025-11-30
`;

/** The invented world with both alliances; texts replace or add files by their path. */
export function alliedWorld(files: Readonly<Record<string, string>> = {}): Store {
  const alliances = { "alliances/turners.yaml": TURNERS, "alliances/weavers.yaml": WEAVERS };
  const own = Object.entries({ ...alliances, ...files }).filter(([path]) => path.startsWith("alliances/"));
  const others = Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith("alliances/")));
  return { ...inventedWorld(others), alliances: () => own.map(([path, text]) => ({ path, text })) };
}
