import type { Cover } from "./cover-board.ts";

/**
 * The inclusion-minimal sets of suppliers that close class `c`, as positions in `cover.suppliers[c]`; null where there are
 * more than `limit`. Suppliers stand largest first, so a set is minimal when it falls short without its last member.
 */
export function minimalWinningSets(cover: Cover, c: number, limit: number): readonly (readonly number[])[] | null {
  const units = Array.from(cover.suppliers[c]!, (s) => cover.units[s]![c]!);
  const rest = restFrom(units);
  const sets: number[][] = [];
  const members: number[] = [];
  /** False once there are too many. */
  const extend = (from: number, sum: number): boolean => {
    for (let i = from; i < units.length && sum + rest[i]! >= cover.goal; i++) {
      members.push(i);
      const reached = sum + units[i]!;
      const within = reached >= cover.goal ? sets.push(members.slice()) <= limit : extend(i + 1, reached);
      members.pop();
      if (!within) return false;
    }
    return true;
  };
  return extend(0, 0) ? sets : null;
}

/** By position: the sum from there to the end. */
function restFrom(units: readonly number[]): number[] {
  const rest = [...units];
  for (let i = rest.length - 2; i >= 0; i--) rest[i]! += rest[i + 1]!;
  return rest;
}
