/** The style sheet of the report: one accent, light and dark, print, three widths. */
export const STYLE = `
:root{color-scheme:light dark;--paper:#fff;--ink:#16202a;--quiet:#52606d;--line:#d5dce3;--soft:#f3f6f8;--accent:#0a5a9c;--accent-soft:#d6e6f4;--members:#e4e9ee;--edge:#8492a0;--mark:#9a3b00;--sans:ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans","Liberation Sans",Arial,sans-serif;--serif:Charter,"Iowan Old Style","Source Serif 4",Georgia,"Liberation Serif",serif;--mono:ui-monospace,"Cascadia Mono","SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
@media (prefers-color-scheme:dark){:root{--paper:#10161c;--ink:#e7ecf1;--quiet:#a3b1be;--line:#2e3a46;--soft:#18212a;--accent:#7cbcf2;--accent-soft:#17364f;--members:#2a3540;--edge:#76889a;--mark:#ffb27a}}
*{box-sizing:border-box}
html{font:16px/1.5 var(--sans);color:var(--ink);background:var(--paper);-webkit-text-size-adjust:100%;scroll-padding-top:4rem}
body{max-width:76rem;margin:0 auto;padding:2.25rem 2rem 5rem;font-variant-numeric:tabular-nums;overflow-wrap:break-word}
h1,.answer h2,.lead{font-family:var(--serif);text-wrap:balance}
h1{font-size:2rem;line-height:1.2;font-weight:600;margin:.2rem 0 1.25rem;max-width:30em}
h2{font-size:1.3rem;line-height:1.25;margin:0 0 .75rem}
h3{font-size:.8rem;letter-spacing:.06em;text-transform:uppercase;color:var(--quiet);margin:1.4rem 0 .35rem}
p{margin:.4rem 0;max-width:75ch}
a{color:var(--accent);text-decoration-thickness:1px;text-underline-offset:2px}
a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:2px}
small{font-size:.85em;color:var(--quiet)}
abbr{text-decoration:none;color:var(--mark);font-weight:600;cursor:help}
ul,ol{margin:.4rem 0;padding-left:1.2rem}
.skip{position:absolute;left:-999rem}.skip:focus{left:1rem;top:.5rem;background:var(--paper);padding:.25rem .5rem}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.definitions{position:absolute}
.eyebrow{font-size:.8rem;letter-spacing:.12em;text-transform:uppercase;color:var(--accent);font-weight:700;margin:0}
.quiet{color:var(--quiet)}
.source{font-size:.85em;text-decoration:none;white-space:nowrap}.source:hover{text-decoration:underline}
.id{font:.86em var(--mono);overflow-wrap:anywhere}
.n{text-align:right;white-space:nowrap}
.question{display:grid;grid-template-columns:repeat(auto-fit,minmax(10rem,1fr));gap:.75rem 1.5rem;margin:0;padding:.9rem 0;border-block:1px solid var(--line)}
dt{font-size:.78rem;color:var(--quiet)}dd{margin:0}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;padding:0;margin:.8rem 0 0;font-size:.92rem}
main>section{margin-top:2.75rem}
main>section.answer{margin-top:1.75rem;border-left:5px solid var(--accent);padding:.15rem 0 .15rem 1.4rem}
.answer h2{font-size:1.9rem;margin:0 0 .3rem}
.lead{font-size:1.22rem;line-height:1.42;max-width:52em}
.figures{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));gap:1rem 1.75rem;margin:1.2rem 0 .3rem}
.figures dd a{color:inherit;text-decoration:none}.figures dd a:hover{text-decoration:underline}.figures b{font-size:1.7rem;line-height:1.15;font-weight:600}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;padding:0;margin:.5rem 0 .75rem;font-size:.86rem;color:var(--quiet)}
.legend svg{vertical-align:-2px}
.notes,.kinds{font-size:.86rem;color:var(--quiet)}
.chart{font-size:.93rem}
.row{display:grid;grid-template-columns:minmax(12rem,19rem) minmax(8rem,1fr) 4.4rem 4.4rem 5.2rem 4.2rem;gap:0 .9rem;align-items:center;padding:.18rem .3rem .18rem 1.35rem}
.clock .row{grid-template-columns:minmax(12rem,22rem) minmax(8rem,1fr) 6.6rem 5rem}
.row.head{position:sticky;top:0;z-index:1;background:var(--paper);align-items:end;font-size:.8rem;color:var(--quiet);border-bottom:1px solid var(--line)}
summary{cursor:pointer}
summary.row{list-style:none;position:relative;border-bottom:1px solid var(--line)}
summary.row::-webkit-details-marker{display:none}
summary.row::before{content:"";position:absolute;left:.4rem;top:50%;width:.38rem;height:.38rem;border:solid var(--quiet);border-width:0 1.5px 1.5px 0;transform:translateY(-60%) rotate(-45deg)}
details[open]>summary.row::before{transform:translateY(-75%) rotate(45deg)}
summary.row:hover,details[open]>summary.row{background:var(--soft)}
details:target>summary.row,tr:target,li:target{background:var(--accent-soft)}
.label{line-height:1.3;padding:.15rem 0}
.label small{display:inline}
.fold .label small{display:block}
.folded{border-left:2px solid var(--line);margin-left:.5rem}
.leak{color:var(--mark);font-weight:600;white-space:nowrap}
.chart svg{display:block;overflow:visible}
.axis text{font-size:12px;fill:var(--quiet)}.axis .threshold-label{fill:var(--accent);font-weight:600}
.grid{stroke:var(--line);stroke-width:1}
.threshold{stroke:var(--accent);stroke-width:1;stroke-dasharray:2 3}
.members{fill:var(--members)}.members-range{fill:var(--members);fill-opacity:.45}.members-edge{stroke:var(--edge);stroke-width:1}
.law{fill:var(--accent)}.practice{fill:url(#fill-practice);stroke:var(--accent);stroke-width:.75}.licence{fill:url(#fill-licence);stroke:var(--accent);stroke-width:.75}
.hatch-back{fill:var(--paper)}.hatch-line{fill:var(--accent)}
.whisker{stroke:var(--ink);stroke-width:1.5}
.share{margin-top:.15rem;min-width:4rem}.share-back{fill:var(--members)}.share-low{fill:var(--accent)}.share-range{fill:var(--accent);fill-opacity:.4}
.ahead{stroke:var(--edge);stroke-width:2;stroke-dasharray:1 5;stroke-linecap:round}.old-licences{stroke:var(--accent);stroke-width:1.5}.bites{stroke:var(--accent);stroke-width:5}
.mark{stroke:var(--accent);stroke-width:2}.mark.hollow{fill:var(--paper)}.mark.full{fill:var(--accent)}.mark.stroke{stroke-width:3;fill:none}
.evidence,details>.row+p{padding:.5rem .75rem .9rem 1.35rem}
.evidence{border-bottom:1px solid var(--line);font-size:.9rem}
details>.row+p{padding-bottom:0}
table{border-collapse:collapse;width:100%;margin:.5rem 0 1.1rem;font-size:.9rem}
caption{text-align:left;font-weight:600;padding:.3rem 0}
th,td{text-align:left;vertical-align:top;padding:.38rem .9rem .38rem 0;border-bottom:1px solid var(--line);font-weight:400}
th[scope=row]{font-weight:600}
thead th,thead td{font-size:.82rem;color:var(--quiet);border-bottom-color:var(--edge);vertical-align:bottom}
th.n,td.n{text-align:right;white-space:nowrap}
.leaks{table-layout:fixed}.leaks th:nth-child(1){width:2.2rem}.leaks th:nth-child(2){width:20%}.leaks thead th:nth-child(3){width:6rem}.leaks th:nth-child(4){width:7rem}.leaks th:nth-child(5){width:13%}.leaks th:nth-child(7){width:18%}
code{font:.88em var(--mono);background:var(--soft);border-radius:3px;padding:0 .2em}
.scroll{overflow-x:auto}
.grade{display:inline-block;font-size:.84rem;font-weight:400;white-space:nowrap;border:1px solid var(--edge);border-radius:3px;padding:0 .35rem}
.grade b{font-family:var(--mono)}
.grade.closed{background:var(--accent);border-color:var(--accent);color:var(--paper)}
.grade.closed-in-practice{background:var(--accent-soft);border-color:var(--accent)}
.grade.gated{border-color:var(--accent)}
.grade.open{border-style:dotted}
.grade.undetermined{border-style:dashed;color:var(--quiet)}
ul.facts,ul.firms,ul.variants{margin:.15rem 0 0;padding:0;list-style:none;font-size:.92em;color:var(--quiet);font-weight:400}
ul.variants{padding-left:.6rem;border-left:2px solid var(--line);margin-top:.3rem}ul.variants>li{margin:.25rem 0}
dl.facts{margin:0}dl.facts>div{display:grid;grid-template-columns:11rem 1fr;gap:.75rem;padding:.15rem 0}dl.facts dt{font-size:inherit}dl.facts ul{margin:0;padding-left:1rem}
.digest dd{font:.8rem var(--mono);overflow-wrap:anywhere}
.kinds{display:grid;grid-template-columns:repeat(auto-fit,minmax(19rem,1fr));gap:.15rem 1.5rem;margin:.5rem 0}.kinds div{display:flex;gap:.6rem}.kinds dt{font-size:inherit;font-weight:600;flex:none;min-width:5.5rem}
.more{margin:.5rem 0}
.plain li{margin:.2rem 0}
.sources li{margin:.45rem 0;padding:.05rem .3rem}
.notice{border:1px solid var(--line);background:var(--soft);padding:.5rem .75rem}
@media (max-width:1100px){.row{grid-template-columns:minmax(10rem,15rem) minmax(7rem,1fr) 3.8rem 3.8rem 4.8rem 3.6rem;gap:0 .6rem}.clock .row{grid-template-columns:minmax(10rem,16rem) minmax(7rem,1fr) 6.2rem 4.4rem}}
@media (max-width:760px){
html{font-size:15.5px}body{padding:1.25rem 1rem 3rem}h1{font-size:1.5rem}.answer h2{font-size:1.55rem}.lead{font-size:1.1rem}main>section.answer{padding-left:.9rem}
.figures{grid-template-columns:repeat(2,minmax(0,1fr))}
.row,.clock .row{display:flex;flex-wrap:wrap;gap:.15rem 1rem;padding-block:.5rem}
.row>.label,.row>.bar,.row>.axis,.row>span:first-child{flex:0 0 100%}
.row.head>span{display:none}.row.head{padding-block:.2rem}
.row>.n,.row>[data-label]{text-align:left;font-size:.88rem}.row>[data-label]::before{content:attr(data-label) " ";color:var(--quiet)}
.row>.none{display:none}
.axis .minor{display:none}
dl.facts>div{grid-template-columns:1fr;gap:0}dl.facts dt{font-size:.78rem}
.stack,.stack caption,.stack tbody,.stack tr,.stack th,.stack td{display:block;width:auto!important}
.stack thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.stack tr{border-bottom:1px solid var(--edge);padding:.6rem 0}
.stack th,.stack td{border:0;padding:.12rem 0;text-align:left}
.stack td[data-label]::before{content:attr(data-label) ": ";color:var(--quiet)}
}
@media print{
:root{--paper:#fff;--ink:#000;--quiet:#444;--line:#ccc;--soft:#fff;--accent:#0a5a9c;--accent-soft:#d6e6f4;--members:#e4e9ee;--edge:#777;--mark:#7a2e00}
html{font-size:10pt}body{max-width:none;padding:0}nav,.skip{display:none}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
.row.head{position:static}details,tr,li,.group h3{break-inside:avoid}h2,h3{break-after:avoid}a{color:inherit}
summary.row::before{display:none}
.sources a[href^="https:"]::after{content:" " attr(href);font-size:.85em;overflow-wrap:anywhere}
}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
`;
