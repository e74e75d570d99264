/** How a figure came about. What we infer is `derived` or `assumed`, never `measured`. */
export const KINDS = ["measured", "reported", "derived", "assumed"] as const;
export type Kind = (typeof KINDS)[number];

/** Where a figure or a rule comes from. */
export interface Source {
  readonly id: string;
  readonly producer: string;
  readonly title: string;
  readonly citation?: string;
  readonly url?: string;
  readonly published?: string;
  readonly accessed?: string;
  readonly licence: string;
  /** SHA-256 of the upstream file, where one was read. */
  readonly sha256?: string;
}
