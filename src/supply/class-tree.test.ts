import { describe, expect, it } from "vitest";
import { InputError } from "../domain/errors.ts";
import { classesOfGoal, classesOfGroup, descendants, leaves, resolveClasses, resolveGoal } from "./class-tree.ts";
import { inventedPack } from "./invented-pack.ts";
import { parsePack } from "./parse-pack.ts";

const pack = parsePack(inventedPack());
const ids = (classes: readonly { readonly id: string }[]) => classes.map((c) => c.id);

describe("class tree", () => {
  it("knows leaves, groups and everything below a class", () => {
    expect(ids(leaves(pack))).toEqual(["wooden-tops", "tin-tops", "kites"]);
    expect(ids(classesOfGroup(pack, "spinning"))).toEqual(["tops", "wooden-tops", "tin-tops"]);
    expect(ids(descendants(pack, "tops"))).toEqual(["wooden-tops", "tin-tops"]);
    expect(descendants(pack, "kites")).toEqual([]);
  });

  it("finds grandchildren that stand before their parents", () => {
    const [tops, wooden, tin, kites] = pack.classes;
    const classes = [{ ...tin!, parent: "wooden-tops" }, wooden!, tops!, kites!];
    expect(ids(descendants({ classes }, "tops"))).toEqual(["tin-tops", "wooden-tops"]);
  });

  it("resolves groups and classes once each, in the order of the pack", () => {
    expect(ids(resolveClasses(pack, ["kites", "tops", "tin-tops"]))).toEqual(ids(pack.classes));
    expect(ids(resolveClasses(pack, ["flying"]))).toEqual(["kites"]);
    expect(ids(resolveClasses(pack, ["tool"]))).toEqual(["tops", "wooden-tops", "tin-tops"]);
  });

  it("reports every unknown name with the nearest known one", () => {
    const attempt = () => resolveClasses(pack, ["kite", "kites", "spining", "xxxxxxxx"]);
    expect(attempt).toThrow(InputError);
    try {
      attempt();
    } catch (e) {
      expect((e as InputError).problems.map((p) => p.hint)).toEqual([
        "did you mean `kites`?",
        "did you mean `spinning`?",
        "groups are flying, product, spinning, tool",
      ]);
    }
  });

  it("resolves goals and the classes that they name", () => {
    expect(classesOfGoal(resolveGoal(pack, "parade"))).toEqual(["wooden-tops", "tin-tops"]);
    expect(() => resolveGoal(pack, "parades")).toThrow("did you mean `parade`?");
  });
});
