import { describe, expect, it } from "vitest";
import { isoDate } from "../src/domain/dates.ts";
import { withLists } from "../src/law/party-lists.ts";
import { createWorkbench } from "../src/workbench.ts";

const { book } = createWorkbench(".").library.book();

/** The lists of the United States that name the party on the day. */
function lists(party: string, date: string): readonly string[] {
  const { party: found } = withLists(book, { "endUser.party": party }, isoDate(date), ["USA"]);
  return found!.listings.filter((x) => x.match !== "possible").map((x) => x.list.replace("USA:entity-list", "EL"));
}

describe("a name on the Entity List", () => {
  it.each([
    ["Huawei Technologies Co., Ltd.", "2019-05-15", []],
    ["Huawei Technologies Co., Ltd.", "2019-05-16", ["EL", "EL-denial"]],
    ["Huawei Technologies Co., Ltd.", "2020-05-15", ["EL", "EL-denial", "EL-fn1"]],
    ["Huawei Device Co., Ltd.", "2020-05-14", ["EL", "EL-denial"]],
    ["Huawei Device Co., Ltd.", "2020-05-15", ["EL", "EL-denial", "EL-fn1"]],
    ["Huawei Cloud Berlin", "2020-08-16", []],
    ["Huawei Cloud Berlin", "2020-08-20", ["EL", "EL-denial", "EL-fn1"]],
    ["Semiconductor Manufacturing International Corporation", "2020-12-17", []],
    ["Semiconductor Manufacturing International Corporation", "2020-12-18", ["EL", "EL-10nm"]],
    ["SMIC Shenzhen", "2020-12-18", ["EL", "EL-10nm"]],
    ["Yangtze Memory Technologies Co., Ltd.", "2022-12-15", []],
    ["Yangtze Memory Technologies Co., Ltd.", "2022-12-16", ["EL", "EL-denial"]],
    ["Tianjin Phytium Information Technology", "2021-04-08", ["EL", "EL-denial"]],
    ["Empyrean Korea", "2024-12-01", []],
    ["Empyrean Korea", "2024-12-02", ["EL"]],
    ["Naura Technology Group Co., Ltd.", "2024-12-02", ["EL"]],
    ["Taiwan Semiconductor Manufacturing Company Limited", "2026-07-31", []],
  ])("%s on %s: %j", (party, date, expected) => {
    expect([...lists(party, date)].sort()).toEqual(expected);
  });
});
