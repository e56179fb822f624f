/** All configuration keys of Kafka 4.3, by what they belong to. */
import { readTable } from './definition-table.ts';
import { brokerDynamicOnlyTable } from './definitions/broker-dynamic-only.ts';
import { brokerGroupsTable } from './definitions/broker-groups.ts';
import { brokerInternalTable } from './definitions/broker-internal.ts';
import { brokerKraftTable } from './definitions/broker-kraft.ts';
import { brokerLogTable } from './definitions/broker-log.ts';
import { brokerNetworkTable } from './definitions/broker-network.ts';
import { brokerRemoteTable } from './definitions/broker-remote.ts';
import { brokerReplicationTable } from './definitions/broker-replication.ts';
import { brokerSecurityTable } from './definitions/broker-security.ts';
import { brokerTransactionsTable } from './definitions/broker-transactions.ts';
import { clientMetricsTable } from './definitions/client-metrics.ts';
import { groupTable } from './definitions/group.ts';
import { millraceTable } from './definitions/millrace.ts';
import { topicTable } from './definitions/topic.ts';
import type { ConfigKey } from './types.ts';

export type ConfigKeys = ReadonlyMap<string, ConfigKey>;

const described = () => false;
const internal = () => true;

/** The parts of the broker's keys, in the order in which the documentation lists them. */
export const brokerTables: readonly { readonly title: string; readonly table: string }[] = [
  { title: 'The node and the metadata quorum', table: brokerKraftTable },
  { title: 'Listeners, connections, requests, quotas, metrics', table: brokerNetworkTable },
  { title: 'Logs', table: brokerLogTable },
  { title: 'Replication', table: brokerReplicationTable },
  { title: 'Transactions and producers', table: brokerTransactionsTable },
  { title: 'Groups, offsets, share state', table: brokerGroupsTable },
  { title: 'Security', table: brokerSecurityTable },
  { title: 'Tiered storage', table: brokerRemoteTable },
];

/** Keys of brokers and controllers, as in server.properties. */
export const brokerKeys: ConfigKeys = index([
  ...brokerTables.flatMap((part) => readTable(part.table, described)),
  ...readTable(brokerInternalTable, internal),
]);

/** Keys of server.properties that Apache Kafka does not have. Its tools are told of them only where they are set. */
export const millraceKeys: ConfigKeys = index(readTable(millraceTable, described));

/** All that a node reads from server.properties. */
export const nodeKeys: ConfigKeys = index([...brokerKeys.values(), ...millraceKeys.values()]);

/** Keys of brokers that are not in server.properties: quotas of replication, only set dynamically. */
export const dynamicOnlyBrokerKeys: ConfigKeys = index(readTable(brokerDynamicOnlyTable, described));

/** Keys of topics. */
export const topicKeys: ConfigKeys = index(readTable(topicTable, (name) => name.startsWith('internal.')));

/** Keys of groups (resource type GROUP). */
export const groupKeys: ConfigKeys = index(readTable(groupTable, described));

/** Keys of client metrics subscriptions (KIP-714). */
export const clientMetricsKeys: ConfigKeys = index(readTable(clientMetricsTable, described));

function index(keys: readonly ConfigKey[]): ConfigKeys {
  const sorted = [...keys].sort((a, b) => (a.name < b.name ? -1 : 1));
  return new Map(sorted.map((key) => [key.name, key]));
}
