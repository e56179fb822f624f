import { banner } from './emit-code.ts';
import { fileNameOf } from './file-name.ts';
import type { Api, Message, Schema } from './schema.ts';

/** The api table's data, as the api lines of the schemas have it. */
export function emitApiRows(schema: Schema): string {
  const rows = sortedApis(schema).map((api) => {
    const request = schema.messages.find((message) => message.kind === 'request' && message.key === api.key);
    const response = schema.messages.find((message) => message.kind === 'response' && message.key === api.key);
    if (request === undefined || response === undefined) throw new Error(`${api.name} lacks a request or a response`);
    const row = {
      key: api.key,
      name: api.name,
      stableMinVersion: api.stable.lowest,
      stableMaxVersion: api.stable.highest,
      schemaMinVersion: request.versions.lowest,
      schemaMaxVersion: request.versions.highest,
      minVersion: (api.advertised ?? api.stable).lowest,
      maxVersion: (api.advertised ?? api.stable).highest,
      flexibleFrom: request.flexible === null ? null : request.flexible.lowest,
      advertised: api.advertised !== null,
      withTelemetryReceiver: api.withTelemetryReceiver,
      clusterAction: api.clusterAction,
      forwardable: api.forwardable,
      listeners: api.listeners,
    };
    return `  ${JSON.stringify(row)},\n`;
  });
  const keys = sortedApis(schema).map((api) => `  ${api.name}: ${api.key},\n`);
  return `${banner}export const apiKey = {\n${keys.join('')}};\n\nexport const apiRows = [\n${rows.join('')}];\n`;
}

function sortedApis(schema: Schema): Api[] {
  return schema.apis.slice().sort((a, b) => a.key - b.key);
}

export function emitApiRowsDeclarations(schema: Schema): string {
  const keys = sortedApis(schema).map((api) => `  readonly ${api.name}: ${api.key};\n`);
  return `${banner}import type { ApiRowData } from '../api-table.ts';\n\nexport declare const apiKey: {\n${keys.join('')}};\nexport declare const apiRows: readonly ApiRowData[];\n`;
}

/** Which table of loaders a message goes to, by its kind or, for coordinators' records, its file. */
function tableOf(message: Message): string | null {
  const coordinator = message.source.replace(/-records$/, '');
  switch (message.kind) {
    case 'request':
      return 'requestLoaders';
    case 'response':
      return 'responseLoaders';
    case 'metadata-record':
      return 'metadataRecordLoaders';
    case 'remote-log-record':
      return 'remoteLogRecordLoaders';
    case 'coordinator-key':
      return `${coordinator}KeyLoaders`;
    case 'coordinator-value':
      return `${coordinator}ValueLoaders`;
    default:
      return null;
  }
}

function loaderTables(schema: Schema): Map<string, Message[]> {
  const tables = new Map<string, Message[]>();
  for (const message of schema.messages) {
    const table = tableOf(message);
    if (table !== null) tables.set(table, [...(tables.get(table) ?? []), message]);
  }
  return new Map([...tables].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Tables from number to a function that imports the codec, so that each is loaded on first use. */
export function emitLoaders(schema: Schema): string {
  let text = banner;
  for (const [table, messages] of loaderTables(schema)) {
    const rows = messages
      .slice()
      .sort((a, b) => a.key! - b.key!)
      .map((message) => `  ${message.key}: () => import('./${fileNameOf(message.name)}.js'),\n`);
    text += `\nexport const ${table} = {\n${rows.join('')}};\n`;
  }
  return text;
}

export function emitLoadersDeclarations(schema: Schema): string {
  const tables = [...loaderTables(schema).keys()];
  return `${banner}import type { CodecLoaders } from '../types.ts';\n\n${tables.map((table) => `export declare const ${table}: CodecLoaders;\n`).join('')}`;
}
