import type pc from "picocolors";

/** The colours of a page; without colour each is the identity. */
export type Colours = ReturnType<typeof pc.createColors>;

/** How a page is set: columns available, colours, and whether rows may be folded. */
export interface PageStyle {
  readonly width: number;
  readonly colours: Colours;
  readonly all: boolean;
}
