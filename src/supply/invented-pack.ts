import type { TextFile } from "../input/text-file.ts";

/** Files of a small invented pack, for the tests of this folder; `change` replaces texts by name, null takes a file away. */
export function inventedPack(change: Readonly<Record<string, string | null>> = {}): TextFile[] {
  const files: Record<string, string | null> = { ...FILES, ...change };
  return Object.entries(files).flatMap(([name, text]) => (text === null ? [] : { path: `packs/toys/${name}`, text }));
}

const FILES: Readonly<Record<string, string>> = {
  "pack.yaml": `id: toys
title: Invented toys
issue: toys
licence: CC0-1.0
checkedOn: 2031-05-01
sources:
  - { id: atlas, producer: Toy office, title: Atlas of toys, url: "https://example.org/atlas", licence: CC0-1.0, accessed: 2031-04-30 }
  - { id: census, producer: Toy office, title: Census of toys, citation: Toy office 2029, licence: CC0-1.0 }
tables: { classes.csv: 4, shares.csv: 8, edges.csv: 1, figures.csv: 2, trade.csv: 1, memberships.csv: 1, items.yaml: 1 }
`,
  "classes.csv": `id,name,parent,type,group,stage,basis,source,note
tops,Tops,,tool,spinning,making,headquarters,atlas,
wooden-tops,Wooden tops,tops,tool,spinning,making,headquarters,atlas,
tin-tops,Tin tops,tops,tool,spinning,making,headquarters,atlas,not for eating
kites,Kites,,product,flying,making,plant,atlas,
`,
  "shares.csv": `class,supplier,state,value,low,high,period,source,kind,note
wooden-tops,NLD,,60,,,2025,atlas,measured,
wooden-tops,JPN,,30,,,2025,atlas,measured,
wooden-tops,various,,5,,,2025,atlas,measured,
wooden-tops,ARM,GBR,20,,,2025,atlas,reported,a firm whose name looks like a state
tin-tops,NLD,,40,,,2019,census,measured,
tin-tops,NLD,,,50,55,2025,atlas,reported,
tin-tops,USA,,,,,2025,atlas,reported,takes part
kites,CHN,,100,,,2022,atlas,measured,
`,
  "edges.csv": "from,to,source\nwooden-tops,kites,atlas\n",
  "figures.csv": `id,topic,metric,state,partner,class,period,value,low,high,unit,source,kind,text,note
kite-sales,sales,Sales of kites,CHN,,kites,2024-01/2024-06,3.5,,,USD bn,atlas,reported,,
kite-law,law,Who may fly,CHN,,kites,2024,,,,text,census,reported,anyone may,
`,
  "trade.csv": "hs6,exporter,importer,period,usd,source\n950300,NLD,CHN,2024,1000000,atlas\n",
  "memberships.csv":
    "alliance,state,role,since,until,disclosed,source\nfriends-of-tops,JPN,founder,2030-02,,true,atlas\n",
  "items.yaml": `items:
  - class: wooden-tops
    hs6: ["950300"]
    facts: { item.family: other, top.height: 40 mm }
    evidence: { top.height: assumed }
    source: atlas
    variants:
      - { id: small, name: "up to 40 mm", facts: { top.height: { atMost: 40 mm } }, share: 25 }
      - { id: tall, name: "over 40 mm", facts: { top.height: { above: 40 mm } } }
`,
  "goals/parade.yaml": `title: A parade
product: parade
needs:
  - step: something that spins
    any:
      - { classes: [wooden-tops] }
      - { classes: [tin-tops], penalty: twice as loud, source: census, kind: reported }
    source: atlas
`,
};
