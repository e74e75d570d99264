import { knownUnits } from "../domain/quantities.ts";

/** Units of figures beyond those that rules compare: money of other states, mass, counted things, time, and `text`. */
const FIGURE_UNITS = [
  ..."EUR m,EUR bn,DKK m,INR bn,JPY trn,AUD m,AUD bn,CNY m,CNY bn,JPY bn,KRW bn,TWD bn,GBP m,GBP bn,PPP USD bn,USD/kg,USD/t".split(
    ",",
  ),
  ..."g,kg,t,kt,Mt,carats,days,months,years,year,MW,GW,TWh,nm,index,rank,pp,% per year,ppm".split(","),
  ..."units,tools,fabs,firms,states,countries,persons,million persons,papers,patents,sites,wafers/month,million wafers/month".split(
    ",",
  ),
  ..."carriers,base stations,facilities,filings,medicines,substances,technologies,apps,cables,packs,doses,text,date".split(
    ",",
  ),
] as const;

const KNOWN = new Set<string>([...knownUnits(), ...FIGURE_UNITS]);

/** Whether a figure may carry `unit`. */
export function isFigureUnit(unit: string): boolean {
  return KNOWN.has(unit);
}

/** Every unit that figures may carry, for messages. */
export function figureUnits(): readonly string[] {
  return [...KNOWN];
}
