import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.message.LeaderChangeMessage;
import org.apache.kafka.common.message.LeaderChangeMessage.Voter;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;

/**
 * Builds and reads record batches with Apache Kafka's own code. One JSON request a line on standard input, one JSON
 * answer a line on standard output; bytes are Base64.
 */
public class RecordBatches {
    private static final ObjectMapper JSON = new ObjectMapper();

    public static void main(String[] args) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            JsonNode request = JSON.readTree(line);
            ObjectNode answer = JSON.createObjectNode();
            try {
                switch (request.get("op").asText()) {
                    case "build" -> answer.put("batch", build(request));
                    case "marker" -> answer.put("batch", marker(request));
                    case "leaderChange" -> answer.put("batch", leaderChange(request));
                    case "read" -> read(bytes(request.get("batch")), answer);
                    default -> throw new IllegalArgumentException("unknown op");
                }
            } catch (RuntimeException error) {
                answer.put("error", error.toString());
            }
            System.out.println(JSON.writeValueAsString(answer));
        }
    }

    private static String build(JsonNode request) {
        boolean appendTime = request.has("logAppendTimeMs");
        MemoryRecordsBuilder builder = MemoryRecords.builder(
            ByteBuffer.allocate(1024), (byte) 2, compression(request),
            appendTime ? TimestampType.LOG_APPEND_TIME : TimestampType.CREATE_TIME,
            request.path("baseOffset").asLong(0), request.path("logAppendTimeMs").asLong(-1),
            request.path("producerId").asLong(-1), (short) request.path("producerEpoch").asInt(-1),
            request.path("baseSequence").asInt(-1), request.path("isTransactional").asBoolean(false),
            false, request.path("partitionLeaderEpoch").asInt(-1));
        for (JsonNode record : request.get("records")) {
            JsonNode named = record.path("headers");
            Header[] headers = new Header[named.size()];
            for (int i = 0; i < headers.length; i++) {
                headers[i] = new RecordHeader(named.get(i).get("key").asText(), bytes(named.get(i).get("value")));
            }
            builder.append(record.get("timestampMs").asLong(), bytes(record.get("key")), bytes(record.get("value")), headers);
        }
        return base64(builder.build().buffer());
    }

    private static String marker(JsonNode request) {
        ControlRecordType type = request.get("commit").asBoolean() ? ControlRecordType.COMMIT : ControlRecordType.ABORT;
        return base64(MemoryRecords.withEndTransactionMarker(
            request.get("baseOffset").asLong(), request.get("timestampMs").asLong(),
            request.get("partitionLeaderEpoch").asInt(), request.get("producerId").asLong(),
            (short) request.get("producerEpoch").asInt(),
            new EndTransactionMarker(type, request.get("coordinatorEpoch").asInt())).buffer());
    }

    /** One voter, which is the leader and votes for itself. */
    private static String leaderChange(JsonNode request) {
        int leader = request.get("leaderId").asInt();
        LeaderChangeMessage message = new LeaderChangeMessage().setVersion((short) 0).setLeaderId(leader)
            .setVoters(List.of(new Voter().setVoterId(leader)))
            .setGrantingVoters(List.of(new Voter().setVoterId(leader)));
        return base64(MemoryRecords.withLeaderChangeMessage(
            request.get("baseOffset").asLong(), request.get("timestampMs").asLong(),
            request.get("partitionLeaderEpoch").asInt(), ByteBuffer.allocate(512), message).buffer());
    }

    private static Compression compression(JsonNode request) {
        JsonNode level = request.path("level");
        return switch (request.path("codec").asText("none")) {
            case "gzip" -> level.isMissingNode() ? Compression.gzip().build() : Compression.gzip().level(level.asInt()).build();
            case "lz4" -> level.isMissingNode() ? Compression.lz4().build() : Compression.lz4().level(level.asInt()).build();
            case "zstd" -> level.isMissingNode() ? Compression.zstd().build() : Compression.zstd().level(level.asInt()).build();
            case "snappy" -> Compression.snappy().build();
            default -> Compression.of(CompressionType.NONE).build();
        };
    }

    private static void read(byte[] batches, ObjectNode answer) {
        ArrayNode list = answer.putArray("batches");
        for (MutableRecordBatch batch : MemoryRecords.readableRecords(ByteBuffer.wrap(batches)).batches()) {
            batch.ensureValid();
            ObjectNode one = list.addObject();
            one.put("baseOffset", batch.baseOffset()).put("lastOffset", batch.lastOffset())
                .put("maxTimestamp", batch.maxTimestamp()).put("partitionLeaderEpoch", batch.partitionLeaderEpoch())
                .put("producerId", batch.producerId()).put("producerEpoch", batch.producerEpoch())
                .put("baseSequence", batch.baseSequence()).put("lastSequence", batch.lastSequence())
                .put("isTransactional", batch.isTransactional()).put("isControl", batch.isControlBatch())
                .put("codec", batch.compressionType().name).put("timestampType", batch.timestampType().name);
            ArrayNode records = one.putArray("records");
            for (Record record : batch) {
                ObjectNode entry = records.addObject();
                entry.put("offset", record.offset()).put("timestampMs", record.timestamp());
                entry.put("key", record.hasKey() ? base64(record.key()) : null);
                entry.put("value", record.hasValue() ? base64(record.value()) : null);
                ArrayNode headers = entry.putArray("headers");
                for (Header header : record.headers()) {
                    headers.addObject().put("key", header.key())
                        .put("value", header.value() == null ? null : Base64.getEncoder().encodeToString(header.value()));
                }
            }
        }
    }

    private static byte[] bytes(JsonNode node) {
        return node == null || node.isNull() ? null : Base64.getDecoder().decode(node.asText());
    }

    private static String base64(ByteBuffer buffer) {
        byte[] copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return Base64.getEncoder().encodeToString(copy);
    }
}
