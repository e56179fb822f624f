import { createHash } from 'node:crypto';
import type { MetadataImage } from '../../../engine/metadata/image/metadata-image.ts';
import { dumpCommitted } from '../../support/dump-image.ts';
import { type Checker, InvariantViolated, nameOf, type Observed } from './checker.ts';

/** Images are compared at every so manieth offset, and at the end: to write one out takes its time. */
const comparedOneIn = 6;

/** Two nodes whose images are at one offset have one image, whether they replayed the log or took a snapshot. */
export class ImagesEqual implements Checker {
  readonly #sums = new Map<number, { readonly sum: string; readonly by: string; readonly image: string }>();

  image(node: Observed, image: MetadataImage): void {
    if (image.committed.offset % comparedOneIn === 0) this.#compare(nameOf(node), image);
  }

  finished(images: readonly MetadataImage[]): void {
    for (const [index, image] of images.entries()) this.#compare(`image ${index}`, image);
  }

  #compare(by: string, image: MetadataImage): void {
    const { offset } = image.committed;
    const text = JSON.stringify(dumpCommitted(image), (_, value) => (typeof value === 'bigint' ? `${value}n` : value));
    const sum = createHash('sha1').update(text).digest('hex');
    const known = this.#sums.get(offset);
    if (known === undefined) this.#sums.set(offset, { sum, by, image: text });
    else if (known.sum !== sum) {
      const detail = `${by} and ${known.by} differ at offset ${offset}: ${differenceOf(text, known.image)}`;
      throw new InvariantViolated('images are equal', detail);
    }
  }
}

function differenceOf(a: string, b: string): string {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const from = Math.max(0, at - 60);
  return `…${a.slice(from, at + 60)}… / …${b.slice(from, at + 60)}…`;
}
