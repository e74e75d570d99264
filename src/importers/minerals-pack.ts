import type { PackTitle } from "./pack-draft.ts";

/** What the pack on minerals is called; several importers fill it. */
export const MINERALS_PACK: PackTitle = {
  id: "minerals",
  title: "Critical minerals: mining, refining and dependence",
  issue: "minerals",
  licence: "mixed, see each source",
  notice:
    "Refining shares of cobalt, graphite, lithium, nickel and rare earths: International Energy Agency, CC BY 4.0.",
};
