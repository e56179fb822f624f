/** Listeners, connections, requests, quotas, metrics. The columns are explained in ../definition-table.ts. */
export const brokerNetworkTable = `
advertised.listeners | LIST | null | non-empty list | high | read-only | The addresses handed to clients and to other brokers, where they differ from those in listeners: behind a port forward, a container network or a load balancer. Unset means listeners. 0.0.0.0 cannot be advertised, and controller listeners may be left out.
auto.create.topics.enable | BOOLEAN | true | | high | read-only | Whether a Metadata request that names a topic which does not exist, and that allows it, creates the topic with the default number of partitions and replicas.
background.threads | INT | 10 | [1,...] | high | cluster-wide | Threads for background work in Apache Kafka.
client.quota.callback.class | CLASS | null | | low | read-only | A Java class that computes client quotas in Apache Kafka. Classes cannot be loaded here.
connections.max.idle.ms | LONG | 600000 | | medium | read-only | A connection on which nothing was sent or received for this long is closed.
controlled.shutdown.enable | BOOLEAN | true | | medium | read-only | Whether a broker that is asked to stop first hands its leaderships to other replicas.
delete.records.purgatory.purge.interval.requests | INT | 1 | | medium | read-only | After how many answered requests Apache Kafka sweeps its list of waiting DeleteRecords requests.
delete.topic.enable | BOOLEAN | true | | high | read-only | Whether topics may be deleted through the admin protocol.
fetch.max.bytes | INT | 57671680 | [1024,...] | medium | read-only | Upper bound of the bytes that one Fetch answer carries. The first batch is returned even if it is larger.
fetch.purgatory.purge.interval.requests | INT | 1000 | | medium | read-only | After how many answered requests Apache Kafka sweeps its list of waiting Fetch requests.
inter.broker.listener.name | STRING | null | | medium | read-only | The listener that brokers use among themselves. Unset means the one whose protocol is security.inter.broker.protocol; the two cannot both be set.
kafka.metrics.polling.interval.secs | INT | 10 | [1,...] | low | read-only | How often Apache Kafka's metrics reporters are polled.
kafka.metrics.reporters | LIST | | list | low | read-only | Java classes that report metrics in Apache Kafka. Classes cannot be loaded here.
listener.security.protocol.map | STRING | SASL_SSL:SASL_SSL,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT | | low | per-broker | Security protocol of each listener name, as NAME:PROTOCOL pairs. A name that is itself a protocol needs no entry as long as the map is left at its default.
listeners | LIST | PLAINTEXT://:9092 | non-empty list | high | per-broker | What the node listens on: NAME://host:port, separated by commas. An empty host is the default interface, 0.0.0.0 all of them. Names and (apart from a pair of IPv4 and IPv6) ports must not repeat.
max.connection.creation.rate | INT | 2147483647 | [0,...] | medium | cluster-wide | How many connections may be made to this broker in a second; also as listener.name.NAME.max.connection.creation.rate.
max.connections | INT | 2147483647 | [0,...] | medium | cluster-wide | How many connections this broker serves at once; also as listener.name.NAME.max.connections. When all are in use, new ones wait or, on the listener between brokers, an idle one is closed for them.
max.connections.per.ip | INT | 2147483647 | [0,...] | medium | cluster-wide | How many connections one address may hold. 0 may be used if there are exceptions in max.connections.per.ip.overrides.
max.connections.per.ip.overrides | STRING | |  | medium | cluster-wide | Exceptions to max.connections.per.ip, as host:count pairs separated by commas.
max.incremental.fetch.session.cache.slots | INT | 1000 | [0,...] | medium | read-only | How many fetch sessions this broker keeps.
max.request.partition.size.limit | INT | 2000 | [1,...] | medium | read-only | How many partitions one DescribeTopicPartitions answer may carry.
metric.reporters | LIST | org.apache.kafka.common.metrics.JmxReporter | list | low | cluster-wide | Java classes that report metrics in Apache Kafka. Classes cannot be loaded here; metrics are served over HTTP.
metrics.num.samples | INT | 2 | [1,...] | low | read-only | How many samples rates are computed over.
metrics.recording.level | STRING | INFO | | low | read-only | How much is measured: INFO, DEBUG or TRACE.
metrics.sample.window.ms | LONG | 30000 | [1,...] | low | read-only | Length of one of those samples.
num.io.threads | INT | 8 | [1,...] | high | cluster-wide | Number of shards, the threads that own partitions and serve connections. Unless it is set there is one less than there are cores, and at least one.
num.network.threads | INT | 3 | [1,...] | high | cluster-wide | Network threads of a listener in Apache Kafka. Here the shards read and write sockets themselves.
num.partitions | INT | 1 | [1,...] | medium | read-only | Partitions of topics that are created automatically, or created with -1 partitions.
producer.purgatory.purge.interval.requests | INT | 1000 | | medium | read-only | After how many answered requests Apache Kafka sweeps its list of waiting Produce requests.
queued.max.request.bytes | LONG | -1 | | medium | read-only | Node-wide budget for requests that are being received; when it is spent sockets are not read. -1 leaves it at the built-in 64 MB.
queued.max.requests | INT | 500 | [1,...] | high | read-only | How many requests of one listener may be in work before sockets are not read.
quota.window.num | INT | 11 | [1,...] | low | read-only | How many samples a client's rate is computed over.
quota.window.size.seconds | INT | 1 | [1,...] | low | read-only | Length of one of those samples.
request.timeout.ms | INT | 30000 | | high | read-only | How long a request of this node to another may take before it is tried again or given up.
share.fetch.purgatory.purge.interval.requests | INT | 1000 | | medium | read-only | After how many answered requests Apache Kafka sweeps its list of waiting ShareFetch requests.
socket.connection.setup.timeout.max.ms | LONG | 30000 | | medium | read-only | Upper bound to which the time limit for a connection grows with each failure.
socket.connection.setup.timeout.ms | LONG | 10000 | | medium | read-only | Time limit for a connection of this node to another to be made.
socket.listen.backlog.size | INT | 50 | [1,...] | medium | read-only | How many connections may wait to be accepted. The system may set a lower bound.
socket.receive.buffer.bytes | INT | 102400 | | high | read-only | Receive buffer of clients' sockets; -1 leaves the system's.
socket.request.max.bytes | INT | 104857600 | [1,...] | high | read-only | Largest request that is taken; a connection that announces more is closed.
socket.send.buffer.bytes | INT | 102400 | | high | read-only | Send buffer of clients' sockets; -1 leaves the system's.
`;
