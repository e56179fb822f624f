import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Scanner;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigsOptions;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigResource;

/**
 * Says what Apache Kafka makes of configuration. Reads commands from standard input, a line each with fields parted by
 * `|`, and writes one line of JSON for each answer:
 *
 *   definitions                         every key: type, default, importance, update mode
 *   parse|SET|key|value                 what the definition says of a value (SET: broker, topic or group)
 *   properties|hex                      what java.util.Properties reads from a text, given as four digits a character
 *   server|k=v ; k=v                    what a node with these properties would say at start, over a plain single node
 *   create|topic|k|v...                 what a running node says to CreateTopics
 *   alter|TYPE:name|OP|k|v...           and to IncrementalAlterConfigs; `try` validates only
 *   describe|label|TYPE:name            and to DescribeConfigs
 *
 * The first argument is host:port of the running node; it may be left out where only definitions are asked for.
 */
public class ConfigOracle {
    static Admin admin;

    public static void main(String[] args) throws Exception {
        if (args.length > 0) admin = Admin.create(Map.of("bootstrap.servers", args[0]));
        Scanner in = new Scanner(System.in, "UTF-8");
        while (in.hasNextLine()) {
            String line = in.nextLine();
            if (line.isEmpty() || line.startsWith("#")) continue;
            String[] f = line.split("\\|", -1);
            switch (f[0]) {
                case "definitions" -> definitions();
                case "parse" -> answer(line, parse(defs().get(f[1]), f[2], f[3]));
                case "properties" -> properties(line.substring("properties|".length()));
                case "server" -> answer(line, server(line.substring("server|".length())));
                case "create" -> answer(line, create(f));
                case "alter", "try" -> answer(line, alter(f));
                case "describe" -> describe(f[1], resource(f[2]));
                case "sleep" -> Thread.sleep(Long.parseLong(f[1]));
                default -> throw new IllegalArgumentException(line);
            }
        }
        if (admin != null) admin.close();
    }

    static Map<String, ConfigDef> defs() {
        Map<String, ConfigDef> defs = new LinkedHashMap<>();
        defs.put("broker", org.apache.kafka.server.config.AbstractKafkaConfig.CONFIG_DEF);
        defs.put("topic", org.apache.kafka.storage.internals.log.LogConfig.configDefCopy());
        defs.put("group", org.apache.kafka.coordinator.group.GroupConfig.CONFIG_DEF);
        defs.put("client-metrics", org.apache.kafka.server.metrics.ClientMetricsConfigs.configDef());
        return defs;
    }

    static void definitions() {
        var modes = org.apache.kafka.server.config.DynamicBrokerConfig.dynamicConfigUpdateModes();
        defs().forEach((set, def) -> {
            for (var k : new TreeMap<>(def.configKeys()).values()) {
                boolean required = k.defaultValue == ConfigDef.NO_DEFAULT_VALUE;
                String value = required || k.defaultValue == null ? null : ConfigDef.convertToString(k.defaultValue, k.type);
                String mode = set.equals("broker") ? modes.getOrDefault(k.name, "read-only") : "cluster-wide";
                System.out.println("{\"set\":" + json(set) + ",\"name\":" + json(k.name) + ",\"type\":" + json(k.type)
                    + ",\"required\":" + required + ",\"default\":" + json(value) + ",\"importance\":" + json(k.importance)
                    + ",\"mode\":" + json(mode) + ",\"internal\":" + k.internalConfig + "}");
            }
        });
    }

    static String parse(ConfigDef def, String name, String value) {
        var key = def.configKeys().get(name);
        try {
            Object parsed = ConfigDef.parseType(name, value, key.type);
            if (key.validator != null) key.validator.ensureValid(name, parsed);
            return "OK " + ConfigDef.convertToString(parsed, key.type);
        } catch (RuntimeException e) {
            return e.getMessage();
        }
    }

    static void properties(String escaped) throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < escaped.length(); i += 4) text.append((char) Integer.parseInt(escaped.substring(i, i + 4), 16));
        Properties p = new Properties();
        String out;
        try {
            p.load(new java.io.StringReader(text.toString()));
            StringBuilder b = new StringBuilder();
            for (var e : new TreeMap<>(p).entrySet()) b.append(b.length() > 0 ? "," : "").append(json(e.getKey())).append(",").append(json(e.getValue()));
            out = "{\"entries\":[" + b + "]}";
        } catch (IllegalArgumentException e) {
            out = json(e.getMessage());
        }
        System.out.println(out);
    }

    static String server(String pairs) {
        Properties p = new Properties();
        p.putAll(Map.of("node.id", "1", "process.roles", "broker,controller", "controller.listener.names", "CONTROLLER",
            "listeners", "PLAINTEXT://:9092,CONTROLLER://:9093", "controller.quorum.voters", "1@h:9093"));
        for (String pair : pairs.split(" ; ")) {
            int at = pair.indexOf('=');
            String key = pair.substring(0, at).trim();
            if (pair.endsWith("<unset>")) p.remove(key); else p.put(key, pair.substring(at + 1));
        }
        try {
            kafka.server.KafkaConfig.fromProps(p);
            return "OK";
        } catch (RuntimeException e) {
            return e.getMessage().replaceFirst("^requirement failed: ", "");
        }
    }

    static String create(String[] f) {
        Map<String, String> configs = new LinkedHashMap<>();
        for (int i = 2; i + 1 < f.length; i += 2) configs.put(f[i], f[i + 1]);
        return outcome(() -> admin.createTopics(List.of(new NewTopic(f[1], 1, (short) 1).configs(configs))).all().get());
    }

    static String alter(String[] f) {
        List<AlterConfigOp> ops = new ArrayList<>();
        for (int i = 2; i + 2 < f.length; i += 3) {
            ops.add(new AlterConfigOp(new ConfigEntry(f[i + 1], f[i + 2].equals("<null>") ? null : f[i + 2]), AlterConfigOp.OpType.valueOf(f[i])));
        }
        var options = new AlterConfigsOptions().validateOnly(f[0].equals("try"));
        return outcome(() -> admin.incrementalAlterConfigs(Map.of(resource(f[1]), ops), options).all().get());
    }

    static void describe(String label, ConfigResource resource) throws Exception {
        var options = new DescribeConfigsOptions().includeSynonyms(true);
        var config = admin.describeConfigs(List.of(resource), options).all().get().get(resource);
        TreeMap<String, ConfigEntry> sorted = new TreeMap<>();
        for (ConfigEntry e : config.entries()) sorted.put(e.name(), e);
        for (ConfigEntry e : sorted.values()) {
            StringBuilder s = new StringBuilder();
            for (var y : e.synonyms()) s.append(s.length() > 0 ? "," : "").append("[" + json(y.name()) + "," + json(y.value()) + "," + json(y.source()) + "]");
            System.out.println("{\"case\":" + json(label) + ",\"name\":" + json(e.name()) + ",\"value\":" + json(e.value())
                + ",\"source\":" + json(e.source()) + ",\"sensitive\":" + e.isSensitive() + ",\"readOnly\":" + e.isReadOnly()
                + ",\"type\":" + json(e.type()) + ",\"synonyms\":[" + s + "]}");
        }
    }

    interface Call { Object run() throws Exception; }

    static String outcome(Call call) {
        try {
            call.run();
            return "OK";
        } catch (Exception e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return cause.getClass().getSimpleName() + ": " + cause.getMessage();
        }
    }

    static ConfigResource resource(String text) {
        String[] parts = text.split(":", 2);
        return new ConfigResource(ConfigResource.Type.valueOf(parts[0]), parts[1]);
    }

    static void answer(String command, String outcome) {
        System.out.println("[" + json(command) + "," + json(outcome) + "]");
    }

    static String json(Object value) {
        if (value == null) return "null";
        StringBuilder b = new StringBuilder("\"");
        for (char c : value.toString().toCharArray()) {
            if (c == '"' || c == '\\') b.append('\\').append(c);
            else if (c < 0x20 || c > 0x7e) b.append(String.format("\\u%04x", (int) c));
            else b.append(c);
        }
        return b.append('"').toString();
    }
}
