import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Assessment } from "../../closure/assessment.ts";
import { HOSTILE, TEST_ASSESSMENT, TEST_SELF_SUPPLY } from "../test-assessment.ts";
import { coverageBar } from "./coverage-chart.ts";
import { httpsUrl } from "./end-sections.ts";
import { escapeHtml, html, prose, writeMarkup } from "./markup.ts";
import { renderHtml } from "./render-html.ts";

const page = renderHtml(TEST_ASSESSMENT);
const attribute = (name: string) => [...page.matchAll(new RegExp(`\\s${name}="([^"]*)"`, "g"))].map((m) => m[1]!);
const VOID = new Set(["meta", "br"]);

/** Every string of the assessment replaced by an attack, but for the words that the types fix and the keys of objects. */
function attacked(value: unknown, key = ""): unknown {
  const fixed = [
    "schema",
    "asks",
    "verdict",
    "periodFit",
    "kind",
    "grade",
    "possible",
    "evidence",
    "status",
    "reach",
    "policy",
  ];
  if (typeof value === "string")
    return fixed.includes(key) || /^\d{4}-\d\d-\d\d$/.test(value) ? value : `${HOSTILE}"'>${value}`;
  if (Array.isArray(value)) return value.map((x) => attacked(x, key));
  if (typeof value !== "object" || value === null) return value;
  // Probes are keys as well as values.
  const name = (k: string) => (k.endsWith("-works") ? String(attacked(k)) : k);
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [name(k), attacked(v, k)]));
}

describe("the HTML report", () => {
  it("is well-formed: every element closes where it should", () => {
    const open: string[] = [];
    for (const [, close, name, rest] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)((?:\s[^<>]*)?)>/gi)) {
      if (VOID.has(name!) || rest!.endsWith("/")) continue;
      if (close) expect(open.pop()).toBe(name);
      else open.push(name!);
    }
    expect(open).toEqual([]);
  });

  it("asks for nothing: no script, frame, image, font or style sheet from elsewhere, and no inline style", () => {
    for (const source of [page, renderHtml(attacked(TEST_ASSESSMENT) as Assessment)]) {
      expect(source).not.toMatch(/<(script|link|iframe|img|object|embed|form|base)\b/i);
      expect(source).not.toMatch(/\s(on\w+|style|src|srcset)\s*=\s*["']?[^&]/i);
      expect(source).not.toMatch(/@import|url\((?!#fill-)/);
    }
  });

  it("allows its own style by hash and nothing else", () => {
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)![1]!;
    const hash = createHash("sha256").update(style).digest("base64");
    const meta = /Content-Security-Policy" content="([^"]*)"/.exec(page)![1]!.replaceAll("&#39;", "'");
    expect(meta).toBe(`default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`);
  });

  it("links to places that are there and to https addresses", () => {
    const ids = attribute("id");
    expect(new Set(ids).size).toBe(ids.length);
    const links = attribute("href");
    const inside = links.filter((l) => l.startsWith("#")).map((l) => l.slice(1));
    expect(inside.filter((id) => !ids.includes(id))).toEqual([]);
    expect(links.filter((l) => !l.startsWith("#"))).toEqual(["https://example.org/census?a=1&amp;b=2"]);
  });

  it("keeps hostile data as text", () => {
    const text = renderHtml(attacked(TEST_ASSESSMENT) as Assessment);
    const tags = (source: string) => [...source.matchAll(/<([a-z][a-z0-9]*)/gi)].map((m) => m[1]!.toLowerCase());
    expect(new Set(tags(text))).toEqual(new Set(tags(page)));
    expect(text).toContain("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });

  it("follows the order of the page", () => {
    const sections = [...page.matchAll(/<section id="([^"]+)"/g)].map((m) => m[1]);
    expect(sections).toEqual([
      "answer",
      "classes",
      "leaks",
      "clock",
      "next",
      "goals",
      "self-supply",
      "limits",
      "sources",
    ]);
  });

  it("begins with members' own supply where that was asked", () => {
    const text = renderHtml(TEST_SELF_SUPPLY);
    const sections = [...text.matchAll(/<section id="([^"]+)"/g)].map((m) => m[1]);
    expect(sections).toEqual(["answer", "self-supply", "classes", "next", "limits", "sources"]);
    expect(text).toContain("Partly supplied");
    const ids = [...text.matchAll(/\sid="([^"]*)"/g)].map((m) => m[1]!);
    const links = [...text.matchAll(/href="#([^"]*)"/g)].map((m) => m[1]!);
    expect(links.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it("has one heading of the first level and no step skipped", () => {
    const levels = [...page.matchAll(/<h(\d)/g)].map((m) => Number(m[1]));
    expect(levels.filter((l) => l === 1)).toHaveLength(1);
    expect(levels.every((l, i) => i === 0 || l <= levels[i - 1]! + 1)).toBe(true);
  });

  it("gives each table a caption and each header its scope", () => {
    expect(page.match(/<table/g)?.length).toBe(page.match(/<caption>/g)?.length);
    expect(page).not.toMatch(/<th(?! scope)[\s>]/);
  });

  it("names each picture or hides it from readers of the screen", () => {
    const pictures = [...page.matchAll(/<svg ([^>]*)>/g)].map((m) => m[1]!);
    const nested = (p: string) => p.includes('overflow="visible"');
    expect(pictures.filter((p) => !nested(p) && !/aria-label="|aria-hidden="true"/.test(p))).toEqual([]);
  });

  it("shows what is not known in words and its bar without a block", () => {
    const row =
      /<details id="class-\d+"><summary class="row"><span class="label">Membrane presses[\s\S]*?<\/summary>/.exec(
        page,
      )![0];
    expect(row).toContain("shares not known");
    expect(row).not.toMatch(/class="(law|practice|licence)"/);
    expect(row).toContain(
      'aria-label="by law not known, with practice not known, controlled not known, members supply not known"',
    );
    expect(row).not.toMatch(/data-label="[a-z]+" aria-hidden="true">\d/);
  });

  it("is the same bytes for the same result", () => {
    expect(renderHtml(structuredClone(TEST_ASSESSMENT))).toBe(page);
  });
});

describe("the bar of a class", () => {
  it("is the stored picture", async () => {
    const r = (low: number, high = low) => ({ low, high });
    const coverage = { closed: r(0.1, 0.5), closedOrPractice: r(0.2, 0.6), controlled: r(0.8) };
    await expect(
      `${writeMarkup(coverageBar(coverage, r(0.9, 0.95), 0.9)).replaceAll("><", ">\n<")}\n`,
    ).toMatchFileSnapshot("../golden/coverage-bar.svg.txt");
  });

  it("draws nothing for exactly nothing", () => {
    const none = { low: 0, high: 0 };
    const drawn = writeMarkup(coverageBar({ closed: none, closedOrPractice: none, controlled: none }, none, 0.9));
    expect(drawn).not.toMatch(/<rect|whisker/);
    expect(drawn).toContain("by law 0%, with practice 0%, controlled 0%, members supply 0%");
  });
});

describe("the time line of a rule", () => {
  it("is the stored picture", async () => {
    const clock = page.slice(page.indexOf('<section id="clock"'), page.indexOf('<section id="next"'));
    const lines = [...clock.matchAll(/<svg class="bar"[\s\S]*?<\/summary>/g)].map(
      (m) => m[0].split('<span data-label="in force">')[0]!,
    );
    const { clock: rules, timing } = TEST_ASSESSMENT;
    expect(lines).toHaveLength(rules.length + timing!.counter.clock.length);
    await expect(`${lines[rules.length - 1]!.replaceAll("><", ">\n<")}\n`).toMatchFileSnapshot(
      "../golden/time-line.svg.txt",
    );
  });
});

describe("markup", () => {
  it("sets words in backticks as code and keeps the spaces around them", () => {
    expect(writeMarkup(html`${prose("split by `a < b` is not `known`")}`)).toBe(
      "split by <code>a &lt; b</code> is not <code>known</code>",
    );
  });

  it("escapes what is put into a template, also in lists, and leaves markup", () => {
    expect(writeMarkup(html`<b title="${'"'}">${["<i>", html`<u>`, null, false, 3]}</b>`)).toBe(
      '<b title="&quot;">&lt;i&gt;<u>3</b>',
    );
    expect(escapeHtml("a & 'b'")).toBe("a &amp; &#39;b&#39;");
  });

  it("links to https alone", () => {
    expect(httpsUrl("https://example.org/a b")).toBe("https://example.org/a%20b");
    for (const bad of [
      "http://example.org",
      "javascript:alert(1)",
      "https://user:pw@example.org",
      "//example.org",
      "",
      undefined,
    ]) {
      expect(httpsUrl(bad)).toBeUndefined();
    }
  });
});
