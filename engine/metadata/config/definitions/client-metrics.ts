/** Keys of client metrics subscriptions (KIP-714). The columns are explained in ../definition-table.ts. */
export const clientMetricsTable = `
interval.ms | INT | 300000 | | medium | cluster-wide | How often a client that matches pushes its metrics, from 100 to 3,600,000.
match | LIST | | list | medium | cluster-wide | Which clients are meant: key=pattern pairs, separated by commas, over client_instance_id, client_id, client_software_name, client_software_version, client_source_address and client_source_port. All must match; none given means every client.
metrics | LIST | | list | medium | cluster-wide | Prefixes of the names of the metrics that are wanted; * stands for all, an empty list for none.
`;
