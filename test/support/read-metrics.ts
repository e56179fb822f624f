/** Reads a page of metrics strictly, as a scraper does; throws where the page is not what its format says. */

export interface ScrapedSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const sampleForm = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/;
const labelForm = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\["\\n])*)"(,|$)/y;

export class Scrape {
  readonly samples: readonly ScrapedSample[];
  /** Type by family, in the order of the page. */
  readonly types = new Map<string, string>();

  constructor(page: string) {
    if (!page.endsWith('\n')) throw new Error('the page does not end with its last line');
    const samples: ScrapedSample[] = [];
    const seen = new Set<string>();
    for (const line of page.slice(0, -1).split('\n')) {
      if (line === '# EOF' || line.startsWith('# HELP ')) continue;
      if (line.startsWith('# TYPE ')) {
        const [, , family, type] = line.split(' ');
        if (this.types.has(family!)) throw new Error(`${family} comes twice`);
        this.types.set(family!, type!);
        continue;
      }
      const sample = readSample(line);
      const family = [...this.types.keys()].at(-1);
      if (family === undefined || !sample.name.startsWith(family)) throw new Error(`${line} belongs to no family`);
      const key = `${sample.name}${JSON.stringify(sample.labels)}`;
      if (seen.has(key)) throw new Error(`${key} comes twice`);
      seen.add(key);
      samples.push(sample);
    }
    this.samples = samples;
  }

  /** The value of the sample with just these labels; undefined: there is none. */
  value(name: string, labels: Readonly<Record<string, string>> = {}): number | undefined {
    const wanted = Object.entries(labels);
    return this.samples.find(
      (sample) =>
        sample.name === name &&
        Object.keys(sample.labels).length === wanted.length &&
        wanted.every(([label, value]) => sample.labels[label] === value),
    )?.value;
  }

  /** The sum over all samples that have these labels, and perhaps others. */
  sum(name: string, labels: Readonly<Record<string, string>> = {}): number {
    return this.samples
      .filter((one) => one.name === name && Object.entries(labels).every(([label, is]) => one.labels[label] === is))
      .reduce((sum, { value }) => sum + value, 0);
  }
}

function readSample(line: string): ScrapedSample {
  const match = sampleForm.exec(line);
  if (match === null) throw new Error(`not a sample: ${line}`);
  const labels: Record<string, string> = {};
  const text = match[2] ?? '';
  labelForm.lastIndex = 0;
  while (labelForm.lastIndex < text.length) {
    const label = labelForm.exec(text);
    if (label === null) throw new Error(`labels cannot be read: ${line}`);
    labels[label[1]!] = label[2]!.replaceAll('\\n', '\n').replaceAll('\\"', '"').replaceAll('\\\\', '\\');
  }
  const value = match[3] === '+Inf' ? Number.POSITIVE_INFINITY : Number(match[3]);
  if (Number.isNaN(value) && match[3] !== 'NaN') throw new Error(`not a number: ${line}`);
  return { name: match[1]!, labels, value };
}

export interface PageAnswer {
  readonly status: number;
  readonly text: string;
  readonly contentType: string;
}

export async function getPage(port: number, path: string, accept = 'text/plain'): Promise<PageAnswer> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { accept, connection: 'close' } });
  const contentType = response.headers.get('content-type') ?? '';
  return { status: response.status, text: await response.text(), contentType };
}

export async function scrape(port: number): Promise<Scrape> {
  const { status, text } = await getPage(port, '/metrics');
  if (status !== 200) throw new Error(`/metrics answered ${status}: ${text}`);
  return new Scrape(text);
}
