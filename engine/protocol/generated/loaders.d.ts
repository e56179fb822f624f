// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { CodecLoaders } from '../types.ts';

export declare const groupKeyLoaders: CodecLoaders;
export declare const groupValueLoaders: CodecLoaders;
export declare const metadataRecordLoaders: CodecLoaders;
export declare const remoteLogRecordLoaders: CodecLoaders;
export declare const requestLoaders: CodecLoaders;
export declare const responseLoaders: CodecLoaders;
export declare const shareKeyLoaders: CodecLoaders;
export declare const shareValueLoaders: CodecLoaders;
export declare const transactionKeyLoaders: CodecLoaders;
export declare const transactionValueLoaders: CodecLoaders;
