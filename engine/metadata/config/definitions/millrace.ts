/** Millrace's own keys: Apache Kafka has none for these. The columns are explained in ../definition-table.ts. */
export const millraceTable = `
millrace.metrics.listener | STRING | http://127.0.0.1:9644 | | medium | read-only | Where /metrics (for Prometheus) and /healthz are served: http://host:port, without encryption and without authentication. Empty: nowhere. While it is left at its default, a port that is in use is only warned of.
millrace.metrics.partitions.max | INT | 2000 | [0,...] | low | read-only | How many partitions have metrics of their own, in no particular order. How many are left out is a metric.
millrace.metrics.topics.max | INT | 1000 | [0,...,100000] | low | read-only | How many topics with traffic have metrics of their own, first come first served on each shard. The totals count all.
`;
