import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addBit, bitsOf, dropBit, emptyBits, hasBit, nextBit } from "./bit-set.ts";

const SIZE = 100;
const steps = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: SIZE - 1 })));

describe("bit sets", () => {
  it("behave as a set of numbers does, across words", () => {
    fc.assert(
      fc.property(steps, (moves) => {
        const ours = emptyBits(SIZE);
        const plain = new Set<number>();
        for (const [add, i] of moves) {
          if (add) addBit(ours, i);
          else dropBit(ours, i);
          if (add) plain.add(i);
          else plain.delete(i);
        }
        const members = [...plain].sort((a, b) => a - b);
        expect(bitsOf(ours)).toEqual(members);
        for (let i = 0; i < SIZE; i++) {
          expect(hasBit(ours, i)).toBe(plain.has(i));
          expect(nextBit(ours, i)).toBe(members.find((x) => x >= i) ?? -1);
        }
      }),
      {
        seed: 1,
        examples: [
          [
            [
              [true, 31],
              [true, 32],
              [true, 63],
              [true, 64],
            ],
          ],
        ],
      },
    );
  });

  it("end after the last word", () => {
    expect(nextBit(emptyBits(64), 64)).toBe(-1);
    expect(bitsOf(emptyBits(0))).toEqual([]);
  });
});
