/** The node, its listeners towards the controller, the metadata quorum. The columns are explained in ../definition-table.ts. */
export const brokerKraftTable = `
alter.config.policy.class.name | CLASS | null | | low | read-only | A Java class that Apache Kafka asks before it accepts a configuration change. Classes cannot be loaded here.
auto.leader.rebalance.enable | BOOLEAN | true | | high | read-only | Whether the controller moves leadership back to the preferred replicas from time to time.
broker.heartbeat.interval.ms | INT | 2000 | | medium | read-only | How often a broker tells the active controller that it is alive.
broker.id | INT | -1 | | high | read-only | Older name of node.id. When both are given they must agree.
broker.rack | STRING | null | | medium | read-only | The rack, zone or data centre that this broker stands in. Replicas of a new topic are spread over racks, and a consumer with the same rack may be sent to a replica there.
broker.session.timeout.ms | INT | 9000 | | medium | read-only | After how long without a heartbeat the controller fences a broker.
config.providers | LIST | | list | low | cluster-wide | Names of providers that fill in \${provider:path:key} in this file.
controller.listener.names | LIST | required | non-empty list | high | read-only | Names of the listeners that the controller answers on. A node with only the broker role uses the first to find out how to reach the controllers.
controller.quorum.append.linger.ms | INT | 25 | [0,...] | medium | read-only | How long the metadata leader gathers records before it writes and flushes them, unless nothing is in flight.
controller.quorum.auto.join.enable | BOOLEAN | false | | low | read-only | Whether a controller that is an observer adds itself to the voters of a dynamic quorum.
controller.quorum.bootstrap.servers | LIST | | bootstrap servers | high | read-only | Addresses host:port of some controllers, from which the others are discovered. It is the way of dynamic quorums.
controller.quorum.election.backoff.max.ms | INT | 1000 | [0,...] | high | read-only | Upper bound of the random pause after an election without a winner.
controller.quorum.election.timeout.ms | INT | 1000 | [0,...] | high | read-only | How long a candidate waits for the votes it needs before it tries again.
controller.quorum.fetch.max.bytes | INT | 1048576 | [1,...] | low | read-only | How many bytes of the metadata log one fetch asks for.
controller.quorum.fetch.snapshot.max.bytes | INT | 1048576 | [1,...] | low | read-only | How many bytes of a metadata snapshot one request asks for.
controller.quorum.fetch.timeout.ms | INT | 2000 | [0,...] | high | read-only | How long a voter goes without a successful fetch from the leader before it stands for election; and a leader without fetches from a majority resigns after this long.
controller.quorum.request.timeout.ms | INT | 2000 | [0,...] | medium | read-only | How long a request between members of the metadata quorum may take.
controller.quorum.retry.backoff.ms | INT | 20 | [0,...] | low | read-only | Pause before a failed request between members of the metadata quorum is sent again.
controller.quorum.voters | LIST | | voters | high | read-only | The fixed set of voters, as id@host:port separated by commas. Leave it out when the voters are kept in the metadata log itself (controller.quorum.bootstrap.servers).
controller.quota.window.num | INT | 11 | [1,...] | low | read-only | How many samples the rate of topic and partition changes is computed over.
controller.quota.window.size.seconds | INT | 1 | [1,...] | low | read-only | Length of one of those samples.
controller.socket.timeout.ms | INT | 30000 | | medium | read-only | Time limit on the sockets between brokers and the controller.
create.topic.policy.class.name | CLASS | null | | low | read-only | A Java class that Apache Kafka asks before a topic is created. Classes cannot be loaded here.
early.start.listeners | LIST | null | list | high | read-only | Listeners that open before the node has loaded its authorizer. Unset means the controller's listeners.
initial.broker.registration.timeout.ms | INT | 60000 | | medium | read-only | How long a starting broker tries to register with the controller before it gives up and exits.
leader.imbalance.check.interval.seconds | LONG | 300 | [1,...] | high | read-only | How often the controller looks for partitions that are not led by their preferred replica.
metadata.log.dir | STRING | null | | high | read-only | Directory of the metadata log. Unset means the first of log.dirs.
metadata.log.max.record.bytes.between.snapshots | LONG | 20971520 | [1,...] | high | read-only | After how many bytes of new records a snapshot of the metadata is made.
metadata.log.max.snapshot.interval.ms | LONG | 3600000 | [0,...] | high | read-only | After how long a snapshot of the metadata is made if there were changes; 0 switches this reason off.
metadata.log.segment.bytes | INT | 1073741824 | [8388608,...] | high | read-only | Size at which a segment of the metadata log is closed.
metadata.log.segment.ms | LONG | 604800000 | | high | read-only | Age at which a segment of the metadata log is closed.
metadata.max.idle.interval.ms | INT | 500 | [0,...] | low | read-only | When nothing was written to the metadata log for this long the active controller adds an empty record, so that lag can be measured; 0 switches it off.
metadata.max.retention.bytes | LONG | 104857600 | | high | read-only | Size of metadata log and snapshots above which old ones are deleted.
metadata.max.retention.ms | LONG | 604800000 | | high | read-only | Age above which old metadata segments and snapshots are deleted.
node.id | INT | required | [0,...] | high | read-only | This node's number, different from every other node's in the cluster.
process.roles | LIST | required | non-empty list of [broker, controller] | high | read-only | What this node is: broker, controller, or both.
unclean.leader.election.enable | BOOLEAN | false | | high | cluster-wide | Whether a replica that is not in sync may lead when no other is left, at the price of lost records.
`;
