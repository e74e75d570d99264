const PART = /^(\d{4})(?:Q[1-4]|H[12]|-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/;

/** Whether `text` is a period: `2022`, `2023Q3`, `2023H1`, `2023-07`, `2023-07-03`, or two of them joined by `/`. */
export function isPeriod(text: string): boolean {
  const parts = text.split("/");
  return parts.length <= 2 && parts.every((part) => PART.test(part)) && yearOf(parts[0]!) <= yearOf(parts.at(-1)!);
}

/** The year that a period (or its part) begins with. */
export function yearOf(period: string): number {
  return Number(period.slice(0, 4));
}
