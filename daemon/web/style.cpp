// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/web/style.hpp"

namespace thidua::daemon::web {

const std::string_view stylesheet = R"css(
:root {
  color-scheme: light dark;
  --page: #eef1f5; --paper: #ffffff; --ink: #1b2733; --quiet: #4d5966; --line: #d5dce4;
  --track: #dfe5ec; --navy: #1d3d63; --on-navy: #ffffff; --link: #1d4f8c; --shade: #f4f6f9;
  --good: #1a6b3c; --bad: #b3261e; --open: #7a4f00; --neutral: #3f6690;
  --calm-paper: #e8eef6; --warning-paper: #fdf3dc; --alarm-paper: #fce9e7;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #10161d; --paper: #19212b; --ink: #e6ebf1; --quiet: #a9b4c0; --line: #313d4a;
    --track: #33404e; --navy: #0b2440; --on-navy: #e6ebf1; --link: #8fbdf2; --shade: #202a35;
    --good: #6fd39b; --bad: #ff9a90; --open: #f0c063; --neutral: #8fb5de;
    --calm-paper: #1c2b3d; --warning-paper: #3a2f14; --alarm-paper: #42211f;
  }
}
* { box-sizing: border-box; }
html { font-size: 100%; -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--page); color: var(--ink); overflow-wrap: anywhere;
  font: 1rem/1.45 -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
}
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible, summary:focus-visible, main:focus-visible {
  outline: 3px solid var(--open); outline-offset: 2px;
}
main:focus { outline: none; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: .5rem; top: .5rem; padding: .5rem 1rem; background: var(--paper); z-index: 1; }
header { background: var(--navy); color: var(--on-navy); padding: .75rem 1rem 0; }
header .above { margin: 0 0 .5rem; font-weight: 600; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem; margin: 0; padding: 0; list-style: none; }
nav a {
  display: block; padding: .5rem .75rem; color: var(--on-navy); text-decoration: none;
  border-bottom: 4px solid transparent;
}
nav a:hover { text-decoration: underline; }
nav a[aria-current] { border-color: var(--on-navy); font-weight: 700; }
header, main, footer { padding-left: max(1rem, 50vw - 44rem); padding-right: max(1rem, 50vw - 44rem); }
main { padding-top: 1rem; padding-bottom: 2rem; }
footer { padding-bottom: 2rem; color: var(--quiet); font-size: .875rem; }
footer p { margin: .25rem 0; }
h1 { margin: .25rem 0 1rem; font-size: 1.6rem; line-height: 1.2; }
h2 { margin: 1.75rem 0 .75rem; font-size: 1.15rem; }
h3 { margin: 0 0 .25rem; font-size: 1rem; }
dl + h3 { margin-top: 1.25rem; }
.notice {
  margin: 0 0 1rem; padding: .75rem 1rem; background: var(--calm-paper);
  border-left: 5px solid var(--neutral);
}
.notice.warning { background: var(--warning-paper); border-color: var(--open); }
.notice.alarm { background: var(--alarm-paper); border-color: var(--bad); }
.notice strong { text-transform: uppercase; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr)); gap: 1rem; }
.card { padding: 1rem; background: var(--paper); border: 1px solid var(--line); border-radius: .5rem; }
.card > .value { display: block; font-size: 2.25rem; line-height: 1.15; }
.card > h2 { margin-top: 0; }
.card p { margin: .35rem 0 0; }
.value { font-weight: 700; font-variant-numeric: tabular-nums; }
.value a { color: inherit; }
.counts { color: var(--quiet); font-variant-numeric: tabular-nums; white-space: nowrap; }
.notes { display: block; font-size: .875rem; }
.good { color: var(--good); } .bad { color: var(--bad); } .open { color: var(--open); }
.quiet { color: var(--quiet); } .value.quiet { color: var(--ink); }
.bar { display: block; width: 100%; height: .5rem; margin: .3rem 0; border-radius: .25rem; }
.bar .track { fill: var(--track); } .bar .tick { stroke: var(--ink); stroke-width: 2px; }
.bar .fill { fill: var(--neutral); }
.bar.good .fill { fill: var(--good); } .bar.bad .fill { fill: var(--bad); }
.bar.open .fill { fill: var(--open); }
.trend { display: block; width: 100%; height: auto; margin-top: .5rem; }
.trend text { font-size: 12px; fill: var(--quiet); }
.trend .grid { stroke: var(--line); fill: none; }
.trend .goal { stroke: var(--ink); stroke-dasharray: 4 3; fill: none; }
.trend .line { stroke: var(--neutral); stroke-width: 2; fill: none; }
.trend .dot { fill: var(--neutral); }
table { width: 100%; border-collapse: collapse; background: var(--paper); border: 1px solid var(--line); }
/* The heading above says it to who sees; a table among others has to say it itself. */
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { padding: .5rem .75rem; text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
thead th { overflow-wrap: normal; background: var(--shade); color: var(--quiet); font-size: .875rem; border-top: 0; }
tbody th { font-weight: 600; }
.standings td { width: 20%; min-width: 9.5rem; }
.standings td:first-child { width: 3rem; min-width: 0; font-variant-numeric: tabular-nums; }
.numbers td { font-variant-numeric: tabular-nums; }
code { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: .9em; }
dl { display: grid; grid-template-columns: minmax(8rem, auto) 1fr; gap: .35rem 1rem; margin: 0; }
dt { color: var(--quiet); } dd { margin: 0; }
details { margin-top: 1rem; } summary { cursor: pointer; padding: .5rem 0; font-weight: 600; }
@media (max-width: 44rem) {
  h1 { font-size: 1.35rem; }
  header .above { margin-bottom: .25rem; font-size: .875rem; font-weight: 400; }
  nav ul { gap: 0; justify-content: space-between; }
  nav a { padding: .5rem .25rem; font-size: .9rem; border-width: 3px; }
  .cards thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .cards, .cards tbody { display: block; }
  .cards { background: none; border: 0; }
  .cards tr {
    display: block; margin: 0 0 .75rem; padding: .5rem .75rem; background: var(--paper);
    border: 1px solid var(--line); border-radius: .5rem;
  }
  .cards th, .cards td { display: block; width: auto; padding: .25rem 0; border: 0; min-width: 0; }
  .standings td:first-child { width: auto; }
  .cards td { display: grid; grid-template-columns: 7.5rem 1fr; gap: .5rem; }
  .cards td::before { content: attr(data-label); color: var(--quiet); font-size: .875rem; }
  dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .5rem; }
}
@media (min-width: 110rem) {
  html { font-size: 125%; }
  .trend { max-height: 8rem; }
  header, main, footer { padding-left: 3rem; padding-right: 3rem; }
}
@media print { header nav, .skip { display: none; } }
)css";

}  // namespace thidua::daemon::web
