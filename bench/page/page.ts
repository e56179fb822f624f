/** The page of results: one file, no scripts, nothing from elsewhere. */
import { type Run, roundsOf } from '../../tools/figures/runs.ts';
import { ratio, type Spread, show } from '../figures.ts';
import { barChart, showSpread, targetNames } from './bars.ts';
import { type Group, groupsOf } from './charts.ts';
import { Markup, markup } from './markup.ts';

const style = new Markup(`
:root { color-scheme: light dark; --page: #fbfbf9; --text: #1d1f21; --faint: #62686d; --line: #d9dbd7; --ours: #1f7a6d; --peer: #c0662b; --sink: #9aa0a6; }
@media (prefers-color-scheme: dark) { :root { --page: #16181a; --text: #e6e7e4; --faint: #9ba1a6; --line: #35393c; --ours: #3fb3a1; --peer: #e08d52; --sink: #6b7176; } }
body { margin: 2rem auto; max-width: 52rem; padding: 0 1rem; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin-bottom: 0; } h2 { font-size: 1.05rem; margin: 2.5rem 0 0.5rem; } p { color: var(--faint); }
svg { width: 100%; height: auto; display: block; overflow: visible; } svg text { font: 12px system-ui, sans-serif; fill: var(--text); }
svg .label { font-weight: 600; } svg .unit, svg .name { fill: var(--faint); font-weight: 400; }
svg .name { text-anchor: end; } svg .name, svg .value { dominant-baseline: central; }
.ours { fill: var(--ours); } .peer { fill: var(--peer); } .sink { fill: var(--sink); }
.spread { stroke: var(--text); stroke-width: 1.2; fill: none; opacity: 0.75; }
details { margin-top: 0.5rem; overflow-x: auto; } summary { cursor: pointer; color: var(--faint); font-size: 0.9rem; }
table { border-collapse: collapse; font-size: 0.8rem; font-variant-numeric: tabular-nums; }
th, td { padding: 0.15rem 0.6rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
th:first-child, td:first-child, th:nth-child(2), td:nth-child(2) { text-align: left; }
ul { padding-left: 1.2rem; font-size: 0.9rem; }
`);

/** A whole HTML document. */
export function renderPage(runs: ReadonlyMap<string, Run>): string {
  const groups = groupsOf(runs);
  const drawn = new Set(groups.flatMap((group) => group.runs));
  const others = [...runs.values()].filter((run) => !drawn.has(run));
  return `${
    markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Millrace: measurements</title>
<style>${style}</style>
</head>
<body>
<h1>Millrace: measurements</h1>
<p>Bars are medians of the rounds, the lines across them and the brackets quartiles. Millrace, Apache Kafka 4.3.1 and a
sink that answers without storing anything were measured in turn on one machine.</p>
${groups.map(section)}
${
  others.length === 0
    ? []
    : [
        markup`<h2>Other runs</h2>
<details open><summary>All figures</summary>
${figuresTable(others)}
</details>`,
      ]
}
<h2>Where the figures come from</h2>
<ul>
${sources([...runs.values()])}
</ul>
</body>
</html>`.text
  }\n`;
}

function section({ chart, runs }: Group): Markup {
  return markup`<section>
<h2>${chart.title}</h2>
${barChart(chart)}
<details><summary>All figures</summary>
${figuresTable(runs)}
</details>
</section>`;
}

function figuresTable(runs: readonly Run[]): Markup {
  const rows = runs.flatMap((run) => {
    const figures = [...new Set(Object.values(run.summary).flatMap((summary) => Object.keys(summary)))];
    return figures.map((figure) => figureRow(run, figure));
  });
  const { ours, peer, sink } = targetNames;
  return markup`<table>
<thead><tr><th>workload</th><th>figure</th><th>${ours}</th><th>${peer}</th><th>${sink}</th><th>to ${peer}</th></tr></thead>
<tbody>
${rows}
</tbody>
</table>`;
}

function figureRow({ workload, summary }: Run, figure: string): Markup {
  const [ours, peer, sink] = (['ours', 'peer', 'sink'] as const).map((target) => summary[target]?.[figure]);
  const times = ours === undefined || peer === undefined ? '' : `${show(ratio(ours, peer).median)}×`;
  const cells = [cell(ours), cell(peer), cell(sink), times].map((text) => markup`<td>${text}</td>`);
  return markup`<tr><td>${workload}</td><td>${figure}</td>${cells}</tr>`;
}

function cell(spread: Spread | undefined): string {
  return spread === undefined ? '' : showSpread(spread);
}

/** One line for all runs that share machine, commit, day and flags. */
function sources(runs: readonly Run[]): Markup[] {
  const byText = Map.groupBy(runs, sourceOf);
  return [...byText].map(
    ([text, some]) => markup`<li>${some.map(({ workload }) => workload).join(', ')}: ${text}</li>`,
  );
}

function sourceOf(run: Run): string {
  const { machine, flags } = run;
  const seconds = flags?.seconds === undefined ? '' : ` of ${flags.seconds} s`;
  return [
    `${roundsOf(run)} rounds${seconds}`,
    run.at.slice(0, 10),
    `commit ${run.commit}${run.dirty ? ' with changes' : ''}`,
    `${machine.cpu} × ${machine.cores}`,
    `${Math.round(machine.memoryMb / 1024)} GB`,
    machine.system,
    `Node ${machine.node}`,
  ].join('; ');
}
