import { emitDecoders } from './emit-decoder.ts';
import { emitEncoders } from './emit-encoder.ts';
import type { Model } from './model.ts';

export const banner =
  '// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.\n';

/** The names of other modules that generated code uses, gathered while it is emitted. */
export class Imports {
  readonly #names = new Map<string, Set<string>>();

  use(module: string, name: string): string {
    let names = this.#names.get(module);
    if (names === undefined) this.#names.set(module, (names = new Set()));
    names.add(name);
    return name;
  }

  text(): string {
    return [...this.#names]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([module, names]) => `import { ${[...names].sort().join(', ')} } from '${module}';\n`)
      .join('');
  }
}

/** The JavaScript module of one message. */
export function emitCode(model: Model): string {
  const { message } = model;
  const imports = new Imports();
  const decoders = emitDecoders(model, imports);
  const encoders = emitEncoders(model, imports);
  const { name, key, versions } = message;
  const constants = [
    ...(key === null ? [] : [`export const apiKey = ${key};`]),
    `export const lowestVersion = ${versions.lowest};`,
    `export const highestVersion = ${versions.highest};`,
    `export { decode${name} as decode, encode${name} as encode };`,
  ];
  return `${banner}${imports.text()}\n${constants.join('\n')}\n\n${decoders}\n${encoders}`;
}
