import java.util.TreeSet;
import javax.management.MBeanAttributeInfo;
import javax.management.ObjectName;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Lists the MBeans of a running node: domain, type, name, other keys, and attributes, without their values. */
public final class MBeanOracle {
    public static void main(String[] args) throws Exception {
        var url = new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + args[0] + "/jmxrmi");
        var lines = new TreeSet<String>();
        try (var connector = JMXConnectorFactory.connect(url)) {
            var server = connector.getMBeanServerConnection();
            for (ObjectName bean : server.queryNames(new ObjectName("kafka.*:*"), null)) {
                var keys = new java.util.TreeMap<>(bean.getKeyPropertyList());
                var type = keys.remove("type");
                var name = keys.remove("name");
                var start = bean.getDomain() + " " + type + " " + (name == null ? "-" : name) + " "
                    + (keys.isEmpty() ? "-" : String.join(",", keys.keySet()));
                for (MBeanAttributeInfo attribute : server.getMBeanInfo(bean).getAttributes()) {
                    lines.add(start + " " + attribute.getName());
                }
            }
        }
        lines.forEach(System.out::println);
    }
}
