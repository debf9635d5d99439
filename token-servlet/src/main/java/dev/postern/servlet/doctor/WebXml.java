package dev.postern.servlet.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * What a deployment descriptor says, read by the JDK's own parser. Those of Servlet 2.3 have a
 * document type; neither that nor anything else outside of the descriptor is fetched. Immutable.
 */
final class WebXml {
  private static final WebXml EMPTY = new WebXml(List.of());

  /** What would have a parser read other files. */
  private static final List<String> OUTSIDE =
      List.of(
          "http://xml.org/sax/features/external-general-entities",
          "http://xml.org/sax/features/external-parameter-entities",
          "http://apache.org/xml/features/nonvalidating/load-external-dtd");

  private final List<Element> roots;

  private WebXml(List<Element> roots) {
    this.roots = roots;
  }

  /** The descriptor; one that says nothing when it is absent or cannot be read. */
  static WebXml read(Optional<InputStream> input) {
    return input.isEmpty() ? EMPTY : new WebXml(roots(input.get()));
  }

  /** The one that there is, or none. */
  private static List<Element> roots(InputStream octets) {
    try (octets) {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
      for (String outside : OUTSIDE) {
        factory.setFeature(outside, false);
      }
      factory.setXIncludeAware(false);
      factory.setExpandEntityReferences(false);
      DocumentBuilder builder = factory.newDocumentBuilder();
      // The one that is there otherwise writes to System.err.
      builder.setErrorHandler(new DefaultHandler());
      return List.of(builder.parse(octets).getDocumentElement());
    } catch (ParserConfigurationException | SAXException | IOException e) {
      return List.of();
    }
  }

  /** The elements below the root that have this name. */
  List<Element> all(String name) {
    return children(roots, name);
  }

  /** The texts of all elements of this name, however deep. */
  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (Element root : roots) {
      texts.addAll(texts(root, name));
    }
    return texts;
  }

  /** The same below one element. */
  static List<String> texts(Element parent, String name) {
    List<String> texts = new ArrayList<>();
    NodeList found = parent.getElementsByTagNameNS("*", name);
    for (int i = 0; i < found.getLength(); i++) {
      texts.add(found.item(i).getTextContent().strip());
    }
    return texts;
  }

  /** Whether an element below the root has an attribute of this name and value. */
  boolean has(String attribute, String value) {
    for (Element root : roots) {
      if (has(root, attribute, value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean has(Element root, String attribute, String value) {
    NodeList all = root.getElementsByTagNameNS("*", "*");
    boolean found = root.getAttribute(attribute).equalsIgnoreCase(value);
    for (int i = 0; i < all.getLength() && !found; i++) {
      found =
          all.item(i) instanceof Element element
              && element.getAttribute(attribute).equalsIgnoreCase(value);
    }
    return found;
  }

  /** The text of the first of them; empty when there is none. */
  static String text(Element parent, String name) {
    List<String> texts = texts(parent, name);
    return texts.isEmpty() ? "" : texts.get(0);
  }

  /** The elements of one name that stand in those of another below the root. */
  List<Element> within(String parent, String name) {
    return children(all(parent), name);
  }

  private static List<Element> children(List<Element> parents, String name) {
    List<Element> elements = new ArrayList<>();
    for (Element parent : parents) {
      elements.addAll(children(parent, name));
    }
    return elements;
  }

  static List<Element> children(Element parent, String name) {
    List<Element> elements = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && name.equals(element.getLocalName())) {
        elements.add(element);
      }
    }
    return elements;
  }
}
