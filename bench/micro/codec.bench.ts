import type { Bench } from 'tinybench';
import { decodeMetadataResponse, encodeMetadataResponse } from '../../engine/protocol/generated/metadata-response.js';
import { encodeProduceRequest } from '../../engine/protocol/generated/produce-request.js';
import { Reader } from '../../engine/protocol/reader.ts';
import { ProduceRequestView } from '../../engine/protocol/views/produce-request-view.ts';
import { Writer } from '../../engine/protocol/writer.ts';

const produceVersion = 13;
const metadataVersion = 13;

/** A generic codec over an answer of some size, and the view that a Produce request is read by. */
export function register(bench: Bench): void {
  const writer = new Writer();
  const metadata = {
    brokers: [{ nodeId: 1, host: '127.0.0.1', port: 9092 }],
    clusterId: 'AAAAAAAAAAAAAAAAAAAAAA',
    controllerId: 1,
    topics: Array.from({ length: 10 }, (_, topic) => ({
      name: `topic-${topic}`,
      partitions: Array.from({ length: 6 }, (_, partitionIndex) => ({
        partitionIndex,
        leaderId: 1,
        replicaNodes: [1],
        isrNodes: [1],
      })),
    })),
  };
  encodeMetadataResponse(writer, metadata, metadataVersion);
  const answer = writer.toBytes().slice();
  bench.add('Metadata response, 60 partitions: encode', () => {
    encodeMetadataResponse(writer.reset(), metadata, metadataVersion);
  });
  bench.add('Metadata response, 60 partitions: decode', () => {
    decodeMetadataResponse(new Reader(answer), metadataVersion);
  });
  const request = new Writer();
  const partitionData = [{ index: 3, records: new Uint8Array(65_536) }];
  const topicData = [{ topicId: 'AAAAAAAAAAAAAAAAAAAAAQ', partitionData }];
  encodeProduceRequest(request, { acks: -1, timeoutMs: 30_000, topicData }, produceVersion);
  const bytes = request.toBytes();
  const view = new ProduceRequestView();
  bench.add('Produce request of 64 KB: view', () => {
    view.open(bytes, 0, bytes.length, produceVersion);
    while (view.nextTopic()) while (view.nextPartition());
  });
}
