/** Bar charts as SVG: lying bars of ours, the peer and the sink, their quartiles as a line across the end. */
import type { Target } from '../../tools/figures/runs.ts';
import { type Spread, show } from '../figures.ts';
import { type Markup, markup } from './markup.ts';

export interface Category {
  readonly label: string;
  readonly unit: string;
  /** How the bars compare, in words. */
  readonly note: string;
  /** In the order in which they are drawn. */
  readonly bars: readonly { readonly target: Target; readonly spread: Spread }[];
}

export interface Chart {
  readonly title: string;
  readonly categories: readonly Category[];
  /** `common`: bars of all categories can be compared; `each`: categories differ in unit or by magnitudes. */
  readonly scale: 'common' | 'each';
}

export const targetNames: Readonly<Record<Target, string>> = { ours: 'Millrace', peer: 'Apache Kafka', sink: 'sink' };

const width = 760;
const barsFrom = 96;
const barsWidth = 460;
const labelHeight = 22;
const barHeight = 14;
const barStep = 18;
const categoryGap = 12;

export function barChart(chart: Chart): Markup {
  const all = chart.categories.map(({ bars }) => Math.max(0, ...bars.map(({ spread }) => endOf(spread))));
  const most = Math.max(...all);
  let top = 0;
  const groups = chart.categories.map((category, index) => {
    const group = drawCategory(category, top, chart.scale === 'common' ? most : all[index]);
    top += labelHeight + category.bars.length * barStep + categoryGap;
    return group;
  });
  return markup`<svg viewBox="0 0 ${width} ${top}" role="img" aria-label="${chart.title}">
${groups}
</svg>`;
}

/** How far a bar with its line reaches; 0 where there is nothing to draw. */
function endOf({ median, high }: Spread): number {
  return Math.max(...[median, high].map((value) => (Number.isFinite(value) && value > 0 ? value : 0)));
}

/** The median, and the quartiles where there are any. */
export function showSpread({ median, low, high, rounds }: Spread): string {
  return rounds === 1 ? show(median) : `${show(median)} (${show(low)}–${show(high)})`;
}

function drawCategory({ label, unit, note, bars }: Category, top: number, most: number): Markup {
  const scaled = (value: number) => (most > 0 && Number.isFinite(value) ? (Math.max(0, value) / most) * barsWidth : 0);
  const drawn = bars.map(({ target, spread }, index) => {
    const y = top + labelHeight + index * barStep;
    const middle = y + barHeight / 2;
    const [low, high] = [barsFrom + scaled(spread.low), barsFrom + scaled(spread.high)];
    const end = barsFrom + scaled(endOf(spread));
    return markup`<text class="name" x="${barsFrom - 6}" y="${middle}">${targetNames[target]}</text>
<rect class="${target}" x="${barsFrom}" y="${y}" width="${scaled(spread.median)}" height="${barHeight}" rx="2"/>
<path class="spread" d="M${low} ${middle}H${high}M${low} ${middle - 4}v8M${high} ${middle - 4}v8"/>
<text class="value" x="${end + 6}" y="${middle}">${showSpread(spread)}</text>`;
  });
  return markup`<g>
<text class="label" x="0" y="${top + 14}">${label}<tspan class="unit" dx="6">${unit}</tspan><tspan class="unit" dx="14">${note}</tspan></text>
${drawn}
</g>`;
}
