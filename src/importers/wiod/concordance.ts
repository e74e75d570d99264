/** Sectors of the 2013 release of WIOD (ISIC Rev. 3) and those of the ICIO base (ISIC Rev. 4) that hold the same things: from, to. */
export const WIOD_TO_ICIO: readonly (readonly [wiod: string, icio: string])[] = [
  ...pairs(["c1"], ["A01", "A02", "A03"]),
  ...pairs(["c2"], ["B05", "B06", "B07", "B08", "B09"]),
  ...pairs(["c3"], ["C10T12"]),
  ...pairs(["c4", "c5"], ["C13T15"]),
  ...pairs(["c6"], ["C16"]),
  ...pairs(["c7"], ["C17_18"]),
  ...pairs(["c8"], ["C19"]),
  ...pairs(["c9"], ["C20", "C21"]),
  ...pairs(["c10"], ["C22"]),
  ...pairs(["c11"], ["C23"]),
  ...pairs(["c12"], ["C24A", "C24B", "C25"]),
  ...pairs(["c13"], ["C28"]),
  ...pairs(["c14"], ["C26", "C27"]),
  ...pairs(["c15"], ["C29", "C301", "C302T309"]),
  ...pairs(["c16"], ["C31T33"]),
  ...pairs(
    Array.from({ length: 19 }, (_, s) => `c${17 + s}`),
    ["services"],
  ),
];

function pairs(wiod: readonly string[], icio: readonly string[]): (readonly [string, string])[] {
  return wiod.flatMap((w) => icio.map((i) => [w, i] as const));
}
