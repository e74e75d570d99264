import type { TextFile } from "../src/input/text-file.ts";
import type { Store } from "../src/workbench/store.ts";

/**
 * A small invented world whose answers can be worked out by hand. Looms: USA 50%, Japan 30%, China 20% of the world. Lathes:
 * Germany 60%, USA 20%, the rest unknown. The USA denies looms to China; Japan licenses fine looms, case by case, and from 2026
 * coarse ones too; Germany's law is not held.
 */
const FILES: Readonly<Record<string, string>> = {
  "rules/facts.yaml": `facts:
  activity: { type: one-of, role: transaction, values: [export, servicing], doc: what is done }
  from: { type: state, role: transaction, doc: where it leaves }
  destination: { type: state, role: transaction, doc: where it goes }
  item.kind: { type: one-of, role: item, values: [loom, lathe], doc: what it is }
  loom.pitch: { type: quantity, role: item, unit: nm, min: 0, doc: pitch }
`,
  "rules/sources.yaml": `sources:
  - { id: gazette, producer: invented, title: Gazette, url: https://example.org, licence: none }
`,
  "rules/unions.yaml": `unions: []
`,
  "rules/probes.yaml": `probes:
  - { id: plain, title: a plain sale, doc: invented, facts: { activity: export, from: $supplier, destination: $target } }
  - { id: servicing, title: repair, doc: invented, facts: { activity: servicing, from: $supplier, destination: $target } }
  - { id: parts, title: parts, doc: invented, facts: { activity: export, from: $supplier, destination: $target } }
  - { id: technology, title: know-how, doc: invented, facts: { activity: export, from: $supplier, destination: $target } }
  - { id: civil-fab, title: civil, doc: invented, facts: { activity: export, from: $supplier, destination: $target } }
  - { id: subsidiary, title: abroad, doc: invented, facts: { activity: export, from: $supplier, destination: $target } }
  - { id: allied-fab, title: allied, doc: invented, facts: { activity: export, from: $supplier, destination: $target } }
`,
  "rules/usa/regime.yaml": `regime: USA
title: invented
instruments: [{ id: usa/looms, from: 2020-01-01 }]
checkedOn: 2026-01-01
`,
  "rules/usa/looms.yaml": `title: Looms
regime: USA
act: Loom Act
rules:
  - id: ban
    title: No looms to China
    layer: list
    applies: { from: USA, activity: export }
    versions:
      - { from: 2022-01-01, announced: 2021-12-01, when: { item.kind: loom, destination: CHN }, effect: licence-required, policy: denial, cite: { at: s. 1, source: gazette, evidence: text } }
checkedOn: 2026-01-01
`,
  "rules/jpn/regime.yaml": `regime: JPN
title: invented
instruments: [{ id: jpn/looms, from: 2020-01-01 }, { id: jpn/practice, from: 2020-01-01 }]
checkedOn: 2026-01-01
`,
  "rules/jpn/looms.yaml": `title: Looms
regime: JPN
act: Loom Order
rules:
  - id: fine
    title: Fine looms
    layer: list
    applies: { from: JPN, activity: export }
    versions:
      - { from: 2023-01-01, until: 2026-01-01, firstSign: 2022-07-01, firstSignSource: gazette, when: { item.kind: loom, loom.pitch: { atMost: 100 nm } }, effect: licence-required, policy: case-by-case, cite: { at: art. 2, source: gazette, evidence: inferred } }
      - { from: 2026-01-01, when: { item.kind: loom }, effect: licence-required, policy: case-by-case, cite: { at: art. 2, source: gazette, evidence: text } }
checkedOn: 2026-01-01
`,
  "rules/jpn/practice.yaml": `title: Practice
regime: JPN
act: Statements
practice: []
checkedOn: 2026-01-01
`,
  "packs/cloth/pack.yaml": `id: cloth
title: invented
issue: cloth
licence: none
notice: Invented figures.
checkedOn: 2026-01-01
sources: [{ id: survey, producer: invented, title: Survey, url: https://example.org, licence: none, accessed: 2026-01-01 }]
tables: { classes.csv: 2, shares.csv: 5 }
`,
  "packs/cloth/classes.csv": `id,name,parent,type,group,stage,basis,source,note
looms,Looms,,tool,weaving,making,headquarters,survey,
lathes,Lathes,,tool,turning,making,headquarters,survey,
`,
  "packs/cloth/shares.csv": `class,supplier,state,value,low,high,period,source,kind,note
looms,USA,USA,50,,,2024,survey,measured,
looms,JPN,JPN,30,,,2024,survey,measured,
looms,CHN,CHN,20,,,2024,survey,measured,
lathes,DEU,DEU,60,,,2024,survey,measured,
lathes,USA,USA,20,,,2024,survey,measured,
`,
  "packs/cloth/items.yaml": `items:
  - class: looms
    hs6: ["844600"]
    facts: { item.kind: loom }
    source: survey
    variants:
      - { id: fine, name: pitch <=100 nm, facts: { loom.pitch: { atMost: 100 nm } } }
      - { id: coarse, name: over 100 nm, facts: { loom.pitch: { above: 100 nm } } }
  - class: lathes
    hs6: ["845800"]
    facts: { item.kind: lathe }
    source: survey
`,
  "cases/cloth.yaml": `title: Do the United States and Japan close looms to China?
subject: weaving tools
asOf: 2024-06-01
members: [USA, JPN]
target: CHN
packs: [cloth]
classes: [tool]
probe: plain
beside: []
threshold: 0.9
require: choke-points
minimum: [{ scope: all, threshold: 0.9, fraction: 0.5 }]
`,
};

/** The world with some files replaced; an empty text takes a file away. */
export function inventedWorld(changes: Readonly<Record<string, string>> = {}): Store {
  const files: TextFile[] = Object.entries({ ...FILES, ...changes }).flatMap(([path, text]) =>
    text === "" ? [] : [{ path, text }],
  );
  const under = (folder: string) => files.filter((f) => f.path.startsWith(`${folder}/`));
  return {
    rules: () => under("rules"),
    packNames: () => ["cloth"],
    pack: (name) => under(`packs/${name}`),
    cases: () => under("cases"),
  };
}

/** A file of the world with a part of its text replaced. */
export function changed(path: string, from: string, to: string): Record<string, string> {
  const text = FILES[path];
  if (text === undefined || !text.includes(from)) throw new Error(`${path} has no ${from}`);
  return { [path]: text.replace(from, to) };
}
