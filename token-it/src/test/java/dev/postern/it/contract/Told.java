package dev.postern.it.contract;

import static dev.postern.it.contract.Endpoint.basic;

import dev.postern.it.Answer;
import dev.postern.it.Realm;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** All that an administrator is told, but for the log. */
final class Told {
  private static final Pattern TRACE = Pattern.compile("traces/([0-9a-f-]{36})");
  private static final String ALICE = basic(Realm.USER, Realm.PASSWORD);

  private Told() {}

  /** The pages for one role: the lists, and each refusal that they lead to. Alice may see them. */
  static List<String> pages(Endpoint endpoint) {
    Answer list = page(endpoint, "traces/");
    if (endpoint.errorPages().isEmpty() || list.status() != 200) {
      return List.of();
    }
    List<String> pages = new ArrayList<>(List.of(list.text(), page(endpoint, "doctor").text()));
    Set<String> ids = new TreeSet<>();
    TRACE.matcher(list.text()).results().forEach(found -> ids.add(found.group(1)));
    ids.forEach(id -> pages.add(page(endpoint, "traces/" + id).text()));
    return pages;
  }

  private static Answer page(Endpoint endpoint, String path) {
    return endpoint.http().send("GET", endpoint.errorPages() + path, ALICE);
  }

  /** All attributes of our beans in this JVM. */
  static String beans() throws JMException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    StringBuilder all = new StringBuilder();
    for (ObjectName name : server.queryNames(new ObjectName("dev.postern:*"), null)) {
      for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
        Object value = server.getAttribute(name, attribute.getName());
        all.append(value instanceof Object[] many ? Arrays.toString(many) : value).append('\n');
      }
    }
    return all.toString();
  }
}
