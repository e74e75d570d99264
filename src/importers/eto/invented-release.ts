import type { TextFile } from "../../input/text-file.ts";
import type { RowBounds } from "./read-release.ts";

/** Bounds for tables of a few rows. */
export const SMALL: RowBounds = {
  "inputs.csv": [1, 20],
  "providers.csv": [1, 20],
  "provision.csv": [1, 20],
  "sequence.csv": [1, 20],
  "stages.csv": [1, 3],
};

const SIZE = "market_share_chart_global_market_size_info";
const SOURCE = "market_share_chart_source";
const TECH =
  '"CSET analysis of TechInsights data (2030). Data used for analysis were published by TechInsights on May 1, 2031."';

/** An invented release with its five tables; a test replaces the text of one. */
export function inventedRelease(replaced: Readonly<Record<string, string>> = {}): TextFile[] {
  const tables: Record<string, string> = {
    "inputs.csv": [
      `input_id,input_name,type,stage_name,stage_id,description,year,${SIZE},market_share_chart_caption,${SOURCE}`,
      `N19,Glow tools,tool_resource,,,"Draws, with light",2030,$32.6 billion (2030),,${TECH}`,
      "N20,Soft glow (X) tools,tool_resource,,,,2030,about $40.1 million (2030),,",
      "N25,Drawing,process,Fabrication,S2,,,,,",
    ].join("\n"),
    "providers.csv": [
      "provider_name,alias,provider_id,provider_type,country",
      "NOR,Norway,P1,country,",
      "Various countries,,P2,country,",
      "EUR,Europe,P3,country,",
      "Fjord Optics,,P4,organization,NOR",
      "Fjord Optics,Fjord Light,P4,organization,NOR",
      "Various companies,,P5,organization,Various countries",
    ].join("\n"),
    "provision.csv": [
      "provider_name,provider_id,provided_name,provided_id,share_provided,year,source",
      `NOR,P1,Glow tools,N19,60.5,2030,${TECH}`,
      `Various countries,P2,Glow tools,N19,30.0,2030,${TECH}`,
      `EUR,P3,Glow tools,N19,9.5,2030,${TECH}`,
      `Fjord Optics,P4,Glow tools,N19,60.5,2030,${TECH}`,
      "NOR,P1,Soft glow (X) tools,N20,,2030,",
      "NOR,P1,Fabrication,S2,0.0,2030,",
    ].join("\n"),
    "sequence.csv": [
      "input_name,input_id,goes_into_name,goes_into_id,is_type_of_name,is_type_of_id",
      "Glow tools,N19,Drawing,N25,,",
      "Soft glow (X) tools,N20,,,Glow tools,N19",
    ].join("\n"),
    "stages.csv": [
      `stage_id,stage_name,description,${SIZE},market_share_chart_caption,${SOURCE}`,
      "S2,Fabrication (all of it),,,,[Semiconductor Industry Association (SIA)](https://example.org)",
    ].join("\n"),
    ...replaced,
  };
  return Object.entries(tables).map(([name, text]) => ({ path: `eto-2031-02/${name}`, text: `${text}\n` }));
}

/** The invented first release: other names, whole per cent, 1 for everything up to 1. */
export function inventedFirstRelease(): TextFile[] {
  const tables: Record<string, string> = {
    "inputs.csv": [
      `input_id,input_name,type,stage_name,stage_id,description,${SIZE},market_share_chart_caption,${SOURCE}`,
      "N19,Glow tools,tool_resource,,,,$1 billion (2019),,",
      "N20,Gentle glow tools,tool_resource,,,,,,",
      "N68,Lost tools,tool_resource,,,,,,",
    ].join("\n"),
    "providers.csv": [
      "provider_name,provider_id,provider_type,country",
      "NOR,P1,country,",
      "MAL,P6,country,",
      "Various,P2,country,",
    ].join("\n"),
    "provision.csv": [
      "provider_name,provider_id,provided_name,provided_id,share_provided,negligible_market_share",
      "NOR,P1,Gentle glow tools,N20,99%,",
      "MAL,P6,Gentle glow tools,N20,1%,",
      "MAL,P6,Glow tools,N19,,negligible",
      "NOR,P1,Glow tools,N19,70%,",
      "NOR,P1,Lost tools,N68,100%,",
    ].join("\n"),
    "sequence.csv":
      "input_name,input_id,goes_into_name,goes_into_id,is_type_of_name,is_type_of_id\nGlow tools,N19,Lost tools,N68,,",
    "stages.csv": `stage_id,stage_name,description,${SIZE},market_share_chart_caption,${SOURCE}\nS2,Fabrication,,,,`,
  };
  return Object.entries(tables).map(([name, text]) => ({ path: `eto-2019/${name}`, text: `${text}\n` }));
}
