/** Which sector of one classification holds which of another; a sector may stand in several rows. */
export interface SectorPair {
  readonly from: string;
  readonly to: string;
}

/** Sectors of both classifications that belong together and with no others; numbered as in their lists. */
export interface SectorCluster {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/**
 * The finest groups in which every pair of the concordance stays together: within them the two classifications mean the same
 * things. Throws RangeError for a sector that is in no pair or in neither list, since nothing would carry its figures.
 */
export function sectorClusters(
  pairs: readonly SectorPair[],
  from: readonly string[],
  to: readonly string[],
): SectorCluster[] {
  const placed = pairs.map((pair) => ({ from: from.indexOf(pair.from), to: to.indexOf(pair.to) }));
  const stray = pairs.find((_, p) => placed[p]!.from < 0 || placed[p]!.to < 0);
  if (stray) throw new RangeError(`the pair ${stray.from}, ${stray.to} names a sector that is in neither list`);
  const missing = [
    ...from.filter((_, s) => placed.every((p) => p.from !== s)),
    ...to.filter((_, s) => placed.every((p) => p.to !== s)),
  ];
  if (missing.length > 0) throw new RangeError(`no pair for ${missing.join(", ")}`);
  const clusters: SectorCluster[] = [];
  const seen = new Set<number>();
  for (let first = 0; first < to.length; first++) {
    if (seen.has(first)) continue;
    const members = { from: new Set<number>(), to: new Set([first]) };
    for (let size = 0; size < members.from.size + members.to.size; ) {
      size = members.from.size + members.to.size;
      for (const p of placed)
        if (members.from.has(p.from) || members.to.has(p.to)) {
          members.from.add(p.from);
          members.to.add(p.to);
        }
    }
    for (const t of members.to) seen.add(t);
    clusters.push({ from: ascending(members.from), to: ascending(members.to) });
  }
  return clusters;
}

function ascending(numbers: ReadonlySet<number>): number[] {
  return [...numbers].sort((a, b) => a - b);
}

/** How one country of a base makes and spends, in the money of that base; arrays as in `UnbalancedAccounts`. */
export interface Structure {
  readonly output: Float64Array;
  readonly uses: Float64Array;
  readonly valueAdded: Float64Array;
  readonly final: Float64Array;
}

/** What is known of a country in the other classification. */
export interface KnownTotals {
  readonly output: Float64Array;
  readonly spending: Float64Array;
  /** What is taken off income beside value added: the trade surplus less tariff revenue. */
  readonly leaves: number;
}

/** A first guess of a country's accounts, and the clusters in which the structure made nothing, so that another stood in. */
export interface MappedAccounts {
  readonly uses: Float64Array;
  readonly valueAdded: Float64Array;
  readonly final: Float64Array;
  readonly stoodIn: readonly number[];
}

/**
 * Carries the structure of one country over to totals in another classification. Costs: a sector uses and pays what its cluster
 * did, as parts of output; what it uses of a cluster is spread over the cluster's sectors as the country's spending is. Final spending:
 * as parts of income by cluster, spread the same way. Where the structure has no output of a cluster, that of `otherwise` is taken.
 */
export function mapStructure(
  clusters: readonly SectorCluster[],
  structure: Structure,
  otherwise: Structure,
  known: KnownTotals,
): MappedAccounts {
  const J = known.output.length;
  const spent = clusters.map((c) => sumOf(known.spending, c.to));
  const part = new Float64Array(J);
  for (const [g, c] of clusters.entries())
    for (const k of c.to) part[k] = spent[g]! > 0 ? known.spending[k]! / spent[g]! : 1 / c.to.length;
  const uses = new Float64Array(J * J);
  const valueAdded = new Float64Array(J);
  const stoodIn: number[] = [];
  let income = -known.leaves;
  for (const [h, user] of clusters.entries()) {
    const isEmpty = sumOf(structure.output, user.from) <= 0;
    if (isEmpty && sumOf(known.output, user.to) > 0) stoodIn.push(h);
    const source = isEmpty ? otherwise : structure;
    const made = sumOf(source.output, user.from);
    const size = source.output.length;
    const paid = made > 0 ? sumOf(source.valueAdded, user.from) / made : 0;
    for (const j of user.to) {
      valueAdded[j] = paid * known.output[j]!;
      income += valueAdded[j]!;
    }
    for (const used of clusters) {
      let flow = 0;
      for (const j of user.from) for (const k of used.from) flow += source.uses[j * size + k]!;
      const rate = made > 0 ? flow / made : 0;
      for (const j of user.to) for (const k of used.to) uses[j * J + k] = rate * known.output[j]! * part[k]!;
    }
  }
  const finals = clusters.map((c) => sumOf(structure.final, c.from));
  const total = finals.reduce((a, b) => a + b, 0);
  const spends = income > 0 ? income : sumOf(valueAdded, [...valueAdded.keys()]);
  const final = new Float64Array(J);
  for (const [g, c] of clusters.entries()) for (const k of c.to) final[k] = (finals[g]! / total) * spends * part[k]!;
  return { uses, valueAdded, final, stoodIn };
}

function sumOf(values: Float64Array, places: readonly number[]): number {
  let sum = 0;
  for (const at of places) sum += values[at]!;
  return sum;
}
