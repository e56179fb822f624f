import { assert } from '../../base/assert.ts';
import { type MetricDefinition, metricDefinition } from './catalogue.ts';

export type ExpositionFormat = 'text' | 'openmetrics';

export const contentType: Readonly<Record<ExpositionFormat, string>> = {
  text: 'text/plain; version=0.0.4; charset=utf-8',
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
};

/** OpenMetrics for those who ask for it, as Prometheus does; Prometheus' older text for all others. */
export function formatFor(accept: string | undefined): ExpositionFormat {
  return accept?.includes('application/openmetrics-text') === true ? 'openmetrics' : 'text';
}

/** Writes metrics in Prometheus' text format 0.0.4, or in OpenMetrics 1.0. Metrics without samples are left out. */
export class Exposition {
  private readonly format: ExpositionFormat;
  private readonly lines: string[] = [];
  private readonly begun = new Set<string>();
  private current: MetricDefinition | undefined;
  private isHeaded = false;

  constructor(format: ExpositionFormat) {
    this.format = format;
  }

  /** Begins a metric of the catalogue; each once. */
  begin(name: string): this {
    this.current = metricDefinition(name);
    assert(!this.begun.has(name), `${name} is written twice`);
    this.begun.add(name);
    this.isHeaded = false;
    return this;
  }

  /** One sample of the metric; labels in the order of its definition, an absent one at the end is left out. */
  sample(value: number, ...labels: readonly (string | number)[]): this {
    return this.line(this.sampleName(), value, labels);
  }

  /** A metric of one sample. */
  single(name: string, value: number): this {
    return this.begin(name).sample(value);
  }

  /** What belongs to a histogram or a summary: one of its parts, perhaps with one more label. */
  part(suffix: string, value: number, labels: readonly (string | number)[], more?: readonly [string, string]): this {
    return this.line(`${this.definition.name}${suffix}`, value, labels, more);
  }

  toString(): string {
    const end = this.format === 'openmetrics' ? '# EOF\n' : '';
    return `${this.lines.join('')}${end}`;
  }

  private get definition(): MetricDefinition {
    assert(this.current !== undefined, 'a sample without a metric');
    return this.current;
  }

  private sampleName(): string {
    const { name, type } = this.definition;
    return type === 'info' ? `${name}_info` : name;
  }

  private line(
    name: string,
    value: number,
    labels: readonly (string | number)[],
    more?: readonly [string, string],
  ): this {
    this.head();
    const pairs = labels.map((label, index) => `${this.definition.labels[index]}="${escapeLabel(String(label))}"`);
    if (more !== undefined) pairs.push(`${more[0]}="${escapeLabel(more[1])}"`);
    this.lines.push(`${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${formatNumber(value)}\n`);
    return this;
  }

  private head(): void {
    if (this.isHeaded) return;
    this.isHeaded = true;
    const { name, type, help } = this.definition;
    const isOpen = this.format === 'openmetrics';
    // OpenMetrics names the family, whose samples have endings; the older format names the samples.
    const family = isOpen ? name.replace(/_total$/, '') : this.sampleName();
    const shownType = type === 'info' && !isOpen ? 'gauge' : type;
    const text = isOpen ? escapeLabel(help) : escapeHelp(help);
    this.lines.push(`# HELP ${family} ${text}\n# TYPE ${family} ${shownType}\n`);
  }
}

function escapeHelp(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

function escapeLabel(text: string): string {
  return escapeHelp(text).replaceAll('"', '\\"');
}

function formatNumber(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}
