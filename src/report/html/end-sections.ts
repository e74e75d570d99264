import type { Assessment, UsedSource } from "../../closure/assessment.ts";
import { type Html, html } from "./markup.ts";
import type { PageIndex } from "./page-index.ts";

/** What the result leaves out and what it takes as given. */
export function limitsSection(a: Assessment): Html {
  const list = (items: readonly string[]) => html`<ul class="plain">${items.map((x) => html`<li>${x}</li>`)}</ul>`;
  return html`<section id="limits"><h2>Not modelled</h2>${a.notModelled.length > 0 ? list(a.notModelled) : html`<p>Nothing is named.</p>`}${a.assumptions.length > 0 && html`<h3>Taken as given</h3>${list(a.assumptions)}`}</section>`;
}

/** The sources, with links to https addresses alone, the notices, and the digest. */
export function sourceSection(a: Assessment, index: PageIndex): Html {
  const items = a.sources.map((s) => sourceItem(s, index));
  const notices = a.notices.map((n) => html`<p class="notice">${n}</p>`);
  const { rules, data, engine } = a.digest;
  return html`<section id="sources"><h2>Sources</h2>${notices}<ol class="sources">${items}</ol><details class="more"><summary>Digest of what went in</summary><dl class="facts digest"><div><dt>rules</dt><dd>${rules}</dd></div><div><dt>data</dt><dd>${data}</dd></div><div><dt>engine</dt><dd>${engine}</dd></div></dl></details></section>`;
}

function sourceItem(s: UsedSource, index: PageIndex): Html {
  const url = httpsUrl(s.url);
  const title = url === undefined ? html`${s.title}` : html`<a href="${url}" rel="noreferrer noopener">${s.title}</a>`;
  const dates = [s.published && `published ${s.published}`, s.accessed && `read ${s.accessed}`]
    .filter((d) => d)
    .join(", ");
  const plainUrl = s.url !== undefined && url === undefined && html` <span class="id">${s.url}</span>`;
  return html`<li id="${index.sourceAnchor(s)}"><span class="id">${s.id}</span> ${s.producer}, ${title}.${plainUrl} <small>${dates !== "" && html`${dates}; `}${s.from}; licence: ${s.licence}</small></li>`;
}

/** The address if it is an https one, else undefined. */
export function httpsUrl(text: string | undefined): string | undefined {
  if (text === undefined || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === "https:" && url.username === "" && url.password === "" ? url.href : undefined;
}
