/** A number with its unit, in the base unit of its dimension. */
export interface Quantity {
  readonly value: number;
  readonly unit: string;
}

/** Units by dimension; the factor turns a value into the first (base) unit of its dimension. */
const DIMENSIONS: readonly (readonly [dimension: string, units: Readonly<Record<string, number>>])[] = [
  ["length", { nm: 1, um: 1e3, mm: 1e6, cm: 1e7, m: 1e9 }],
  ["time", { ms: 1, us: 1e-3, s: 1e3 }],
  ["temperature", { degC: 1 }],
  ["temperature-absolute", { K: 1 }],
  ["energy", { keV: 1, eV: 1e-3, MeV: 1e3 }],
  ["current", { mA: 1, A: 1e3 }],
  ["voltage", { kV: 1, V: 1e-3 }],
  ["pressure", { Pa: 1, kPa: 1e3 }],
  ["density", { "g/cm3": 1 }],
  ["per-volume", { "1/cm3": 1 }],
  ["rate", { "um/min": 1 }],
  ["data-rate", { "GB/s": 1, "TB/s": 1e3 }],
  ["bandwidth-density", { "GB/s/mm2": 1 }],
  ["area", { mm2: 1, cm2: 100 }],
  ["operations", { MacTOPS: 1 }],
  ["performance", { TPP: 1 }],
  ["performance-density", { "TPP/mm2": 1 }],
  ["share", { "%": 1 }],
  ["money", { USD: 1, "USD k": 1e3, "USD m": 1e6, "USD bn": 1e9 }],
  ["count", { count: 1 }],
  ["ratio", { ratio: 1 }],
  ["permittivity", { k: 1 }],
];

const UNITS = new Map<string, { dimension: string; base: string; factor: number }>();
for (const [dimension, units] of DIMENSIONS) {
  const base = Object.keys(units)[0]!;
  for (const [unit, factor] of Object.entries(units)) UNITS.set(unit, { dimension, base, factor });
}

/** All unit symbols that the language knows, for messages and documentation. */
export function knownUnits(): string[] {
  return [...UNITS.keys()];
}

/** The dimension of `unit` (`length`, `time`, ...), or undefined for an unknown symbol. */
export function dimensionOf(unit: string): string | undefined {
  return UNITS.get(unit)?.dimension;
}

/** `value unit` brought to the base unit of its dimension; undefined for an unknown unit. */
export function quantity(value: number, unit: string): Quantity | undefined {
  const u = UNITS.get(unit);
  if (!u) return undefined;
  // Twelve significant digits: 1.5 um is 1500 nm, not 1500.0000000000002 nm.
  return { value: Number((value * u.factor).toPrecision(12)), unit: u.base };
}

const QUANTITY = /^([+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?)\s*(\S.*)$/i;

/** Reads `2.40 nm`, `300 ms`, `1e19 1/cm3`. Undefined when there is no number, no unit, or an unknown unit. */
export function parseQuantity(text: string): Quantity | undefined {
  const m = QUANTITY.exec(text.trim());
  return m ? quantity(Number(m[1]), m[2]!.trim()) : undefined;
}

export function formatQuantity(q: Quantity): string {
  return q.unit === "count" || q.unit === "ratio" ? String(q.value) : `${q.value} ${q.unit}`;
}
