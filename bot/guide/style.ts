/**
 * The one style sheet, inlined: on a slow network a second request would cost more than it weighs. Sizes are in rem so
 * that the page grows with the reader's letters, and sides are logical so that it turns round for Arabic.
 */
export const style = `
:root{color-scheme:light dark;--bg:#fff;--ink:#1b1f27;--soft:#f1f4f9;--line:#6b7484;--pale:#c9d1de;--accent:#1a5fc4;--tint:#d9e6fb;--on:#fff;--warn:#8a4b00}
@media screen and (prefers-color-scheme:dark){:root{--bg:#14171d;--ink:#e9edf4;--soft:#1f242d;--line:#98a2b3;--pale:#465062;--accent:#8ab8ff;--tint:#22344f;--on:#0d1420;--warn:#ffc27a}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--bg);color:var(--ink);font:1.0625rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans Arabic",sans-serif;overflow-wrap:anywhere}
header,main,footer{max-width:42rem;margin:0 auto;padding:0 1rem}
header{padding-top:1rem}
h1{font-size:1.75rem;line-height:1.2;margin:1rem 0 .5rem}
h2{font-size:1.3rem;line-height:1.3;margin:2rem 0 .75rem}
h3{font-size:1rem;margin:1.25rem 0 .5rem}
p{margin:.5rem 0}
b,i{unicode-bidi:plaintext}
i{font-style:normal}
i::before{content:open-quote}
i::after{content:close-quote}
ul,ol{margin:0;padding:0;list-style:none}
a{color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:.25rem}
.skip{position:absolute;inset-inline-start:1rem;top:-5rem;padding:.75rem 1rem;background:var(--bg)}
.skip:focus{top:.5rem}
.langs ul{display:flex;flex-wrap:wrap;gap:.25rem}
.langs a{display:block;padding:.6rem .75rem;min-width:2.75rem;min-height:2.75rem;text-align:center;border-radius:.5rem}
.langs a[aria-current]{background:var(--soft);color:var(--ink);text-decoration:none;font-weight:600}
.box{background:var(--soft);border-radius:.75rem;padding:.75rem 1rem;margin:1rem 0}
.box h2{margin-top:.25rem}
#next{border:2px solid var(--accent)}
.safe{border-inline-start:4px solid var(--warn)}
.facts{display:grid;grid-template-columns:7.5rem 1fr;gap:1rem;align-items:start}
.facts li,.plain li{margin:.4rem 0;padding-inline-start:1.25rem;position:relative}
.facts li::before,.plain li::before{content:"";position:absolute;inset-inline-start:.2rem;top:.6em;width:.4rem;height:.4rem;border-radius:50%;background:var(--accent)}
.choose ul{display:grid;gap:.5rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,16rem),1fr))}
.choose a{display:block;padding:.75rem 1rem;min-height:3.5rem;border:2px solid var(--pale);border-radius:.75rem;text-decoration:none;color:var(--ink)}
.choose a b{display:block;unicode-bidi:normal;color:var(--accent);text-decoration:underline;font-size:1.1rem}
.choose a:hover{border-color:var(--accent)}
.choose .all{display:inline-block;border:0;padding:.75rem .25rem;color:var(--accent);text-decoration:underline}
.steps{counter-reset:step}
.steps li{counter-increment:step;display:grid;grid-template-columns:7.5rem 1fr;gap:.25rem 1rem;align-items:center;padding:.75rem 0;border-bottom:1px solid var(--pale)}
.steps p{margin:0}
.steps p::before{content:counter(step);display:inline-block;min-width:1.75rem;height:1.75rem;line-height:1.75rem;margin-inline-end:.6rem;border-radius:1rem;background:var(--accent);color:var(--on);text-align:center;font-weight:700;font-size:.95rem}
.draw{display:block;width:7.5rem;height:6rem;background:var(--soft);border-radius:.75rem;color:var(--ink)}
@media (max-width:25rem){.steps li{grid-template-columns:5.5rem 1fr;gap:.25rem .75rem}.facts{grid-template-columns:1fr}.draw{width:5.5rem;height:4.4rem}}
@media (max-width:17rem){.steps li{grid-template-columns:1fr}}
.l,.A,.w,.g2,.f,.s{stroke-width:2.5;stroke-linecap:round;stroke-linejoin:round;fill:none}
.l{stroke:var(--line)}
.A{stroke:var(--accent)}
.w{stroke:var(--on);fill:none}
.g2{stroke:var(--pale);stroke-width:5}
.f{stroke:var(--line);fill:var(--bg)}
.s{stroke:var(--ink);fill:var(--bg)}
.a{fill:var(--accent)}
.g{fill:var(--pale)}
.t{fill:var(--accent);opacity:.3}
.o{fill:var(--ink)}
.w .o{fill:var(--on)}
circle.w{fill:var(--on);stroke:none}
.d{opacity:.55}
.defs{position:absolute;width:0;height:0}
details{border-bottom:1px solid var(--pale)}
summary{padding:.7rem 0;min-height:2.75rem;cursor:pointer;font-weight:600}
.seen{padding-inline-start:1.25rem}
.seen summary{font-weight:400}
details ol{padding:0 0 .75rem;padding-inline-start:2rem;list-style:decimal}
details li{margin:.35rem 0}
.paper{display:none}
.qr{display:block;width:min(100%,18rem);height:auto;color:#000;border-radius:.5rem}
.big{font-size:1.5rem;font-weight:600;overflow-wrap:anywhere}
footer{padding-bottom:3rem;color:var(--line);font-size:.9375rem}
@media screen{.route:not(:target){display:none}#all:target .route{display:block}}
@media (forced-colors:active){.steps p::before{border:1px solid}.l,.A,.f,.s,.w{stroke:CanvasText}.f,.s{fill:Canvas}.a{fill:Highlight}}
@page{margin:10mm}
@media print{
:root{--bg:#fff;--ink:#000;--soft:#fff;--line:#444;--pale:#bbb;--accent:#000;--tint:#fff;--on:#fff;--warn:#000}
body{font-size:9pt;line-height:1.25}
header,main{max-width:none;padding:0}
h1{font-size:17pt;margin:0}
h2{font-size:11.5pt;margin:0 0 1mm}
.skip,.langs,.choose,#next,.stuck,footer{display:none}
.box,.facts{padding:0;margin:1mm 0}
.facts li,.plain li{margin:0 0 1mm}
.facts{grid-template-columns:1fr}
.facts>.draw{display:none}
.two{display:grid;grid-template-columns:1fr 1fr;gap:0 8mm}
.safe{border:1.5pt solid #000;border-radius:2mm;padding:2mm 3mm}
.paper{display:grid;grid-template-columns:1fr 27mm;gap:5mm;border:1.5pt solid #000;border-radius:2mm;padding:2mm 3mm;margin:2mm 0}
.paper dl{margin:0;display:grid;grid-template-columns:1fr 1fr;gap:0 5mm}
.paper dd{margin:0;height:7.5mm;border-bottom:.75pt solid #000}
.paper .qr{width:27mm}
.paper p{margin:1.5mm 0 0}
#all{columns:2;column-gap:8mm}
.route{margin:0 0 3mm}
.route h2{break-after:avoid}
.steps li,.plain li{break-inside:avoid}
.steps li{grid-template-columns:11mm 1fr;gap:2.5mm;padding:.5mm 0}
.draw{width:11mm;height:8.8mm}
.steps p::before{min-width:4.5mm;height:4.5mm;line-height:4.5mm;font-size:8pt;-webkit-print-color-adjust:exact;print-color-adjust:exact}
.after{break-inside:avoid}
.after ul{columns:2;column-gap:8mm}
.end,main:has(.route:target) .route:not(:target){display:none}
}
`
  .replace(/\n/g, '')
  .trim();
