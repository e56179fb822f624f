import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Message;
import org.apache.kafka.common.protocol.ObjectSerializationCache;
import org.apache.kafka.common.protocol.Readable;
import org.apache.kafka.common.protocol.types.RawTaggedField;

/**
 * Serialises messages with Apache Kafka's own classes. Reads lines {"name", "version", "json"} where json is the
 * message as its JSON converter takes it, with "unknownTaggedFields" where there are any; for each writes a line with
 * the bytes in hexadecimal, or "error: " and why not. Lines {"name", "version", "hex"} are read from bytes and written
 * again; lines {"utf8"} are bytes in hexadecimal that are read as text, and answered in UTF-16.
 */
public class MessageCodecs {
    private static final String[] PACKAGES = {
        "org.apache.kafka.common.message.",
        "org.apache.kafka.common.metadata.",
        "org.apache.kafka.coordinator.group.generated.",
        "org.apache.kafka.coordinator.share.generated.",
        "org.apache.kafka.coordinator.transaction.generated.",
        "org.apache.kafka.raft.generated.",
        "org.apache.kafka.server.log.remote.metadata.storage.generated.",
    };

    private static final Map<String, Method> READERS = new HashMap<>();

    public static void main(String[] args) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        BufferedWriter out = new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            JsonNode request = mapper.readTree(line);
            out.write(answer(request));
            out.write('\n');
        }
        out.flush();
    }

    private static String answer(JsonNode request) {
        try {
            if (request.has("utf8")) {
                byte[] bytes = HexFormat.of().parseHex(request.get("utf8").textValue());
                return HexFormat.of().formatHex(new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16BE));
            }
            short version = (short) request.get("version").intValue();
            Method reader = reader(request.get("name").textValue());
            Message message = request.has("hex")
                ? fromBytes(reader.getReturnType(), request.get("hex").textValue(), version)
                : fromJson(reader, request.get("json"), version);
            ObjectSerializationCache cache = new ObjectSerializationCache();
            ByteBuffer buffer = ByteBuffer.allocate(message.size(cache, version));
            message.write(new ByteBufferAccessor(buffer), cache, version);
            return HexFormat.of().formatHex(buffer.array(), 0, buffer.position());
        } catch (ReflectiveOperationException | RuntimeException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return "error: " + cause.toString().replace('\n', ' ');
        }
    }

    private static Message fromBytes(Class<?> type, String hex, short version) throws ReflectiveOperationException {
        ByteBufferAccessor bytes = new ByteBufferAccessor(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
        return (Message) type.getConstructor(Readable.class, short.class).newInstance(bytes, version);
    }

    private static Message fromJson(Method reader, JsonNode json, short version) throws ReflectiveOperationException {
        Message message = (Message) reader.invoke(null, json, version);
        addUnknownTags(message, json);
        return message;
    }

    private static Method reader(String name) throws ReflectiveOperationException {
        Method known = READERS.get(name);
        if (known != null) return known;
        for (String prefix : PACKAGES) {
            for (String suffix : new String[] {"", "Data"}) {
                try {
                    Class<?> converter = Class.forName(prefix + name + suffix + "JsonConverter");
                    Method method = converter.getMethod("read", JsonNode.class, short.class);
                    READERS.put(name, method);
                    return method;
                } catch (ClassNotFoundException e) {
                    continue; // in another package, or with the other ending
                }
            }
        }
        throw new ClassNotFoundException(name);
    }

    private static void addUnknownTags(Object message, JsonNode json) throws ReflectiveOperationException {
        Iterator<Map.Entry<String, JsonNode>> fields = json.fields();
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            JsonNode value = field.getValue();
            if (field.getKey().equals("unknownTaggedFields")) {
                for (JsonNode tag : value) {
                    byte[] data = java.util.Base64.getDecoder().decode(tag.get("data").textValue());
                    ((Message) message).unknownTaggedFields().add(new RawTaggedField(tag.get("tag").intValue(), data));
                }
            } else if (value.isObject()) {
                addUnknownTags(get(message, field.getKey()), value);
            } else if (value.isArray() && value.size() > 0 && value.get(0).isObject()) {
                Iterator<?> elements = ((Collection<?>) get(message, field.getKey())).iterator();
                for (JsonNode element : value) addUnknownTags(elements.next(), element);
            }
        }
    }

    private static Object get(Object message, String name) throws ReflectiveOperationException {
        return message.getClass().getMethod(name).invoke(message);
    }
}
