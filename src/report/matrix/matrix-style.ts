/** What the heat map adds to the style of the report. */
export const MATRIX_STYLE = `
.heat{display:block}
.heat.sample{display:inline-block;vertical-align:middle;margin-right:.3rem}
.legend.marks{display:grid;grid-template-columns:repeat(auto-fit,minmax(21rem,1fr))}
.heat text{font-family:var(--sans);fill:var(--ink)}
.heat .group{font-size:13px}.heat .state{font-size:13px;font-weight:600}.heat .more{font-size:11px;fill:var(--quiet)}
.heat .letter{font:600 13px var(--mono);text-anchor:middle}
.heat .back{fill:var(--soft);stroke:var(--line)}
.heat .letter-back{fill:var(--paper)}
.heat .frame{fill:none;stroke:var(--edge)}
.heat .undetermined{fill:var(--paper);stroke:var(--edge);stroke-dasharray:3 2}
.heat .on-law{fill:var(--paper)}
.heat .none{fill:var(--quiet)}
.heat a:focus-visible .frame,.heat a:hover .frame{stroke:var(--ink);stroke-width:2.5}
.heat a:focus{outline:none}
.cells th:nth-child(1){width:13rem}.cells th:nth-child(2){width:12rem}
.cells ul{padding-left:1rem;margin:0}
.layer details{margin:.2rem 0}
.layer details>summary{padding:.25rem 0}
.layer details>summary b{font-family:var(--mono);margin-right:.4rem}
@media print{.heat a{text-decoration:none}}
`;
