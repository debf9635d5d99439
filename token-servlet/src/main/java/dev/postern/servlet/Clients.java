package dev.postern.servlet;

import dev.postern.core.ClientRegistry;
import dev.postern.core.SecretVerifier;
import dev.postern.core.jdbc.JdbcStore;
import dev.postern.core.memory.MemoryClients;
import dev.postern.core.secret.SecretFormats;
import dev.postern.servlet.settings.ClientsFile;
import dev.postern.servlet.settings.Configuration;
import dev.postern.servlet.settings.WatchedClients;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Finds the registry of clients that the setting {@code clients} means. */
final class Clients {
  private static final String STANDARD = "/WEB-INF/clients.json";

  private final Configuration configuration;
  private final Extensions extensions;
  private final ServletContext context;
  private final InstantSource clock;
  private final Logger log;
  private final BiFunction<byte[], Instant, ClientsFile> reader;
  private final Supplier<Optional<ClientRegistry>> inDatabase;

  Clients(
      Optional<JdbcStore> database,
      Configuration configuration,
      Extensions extensions,
      Set<String> methods,
      Set<String> grantTypes,
      ServletContext context,
      InstantSource clock,
      Logger log) {
    this.configuration = configuration;
    this.extensions = extensions;
    this.context = context;
    this.clock = clock;
    this.log = log;
    SecretFormats formats = new SecretFormats(extensions.all(SecretVerifier.class));
    this.inDatabase = () -> database.map(store -> store.clients(formats, methods, grantTypes));
    this.reader = (octets, now) -> ClientsFile.read(octets, formats, methods, grantTypes, now);
  }

  /** The registry; an empty one when there is a problem, which is noted. */
  ClientRegistry registry() {
    Optional<ClientRegistry> found = extensions.only(ClientRegistry.class);
    Optional<String> setting = configuration.text("clients");
    if (found.isPresent()) {
      if (setting.isPresent()) {
        configuration.problem(
            "clients", "nothing, as the application brings " + found.get().getClass().getName());
      }
      return found.get();
    }
    String clients = setting.orElse(STANDARD);
    if (clients.startsWith("/")) {
      return inWar(clients);
    }
    if (clients.startsWith("file:")) {
      return outside(clients);
    }
    if (clients.equals("jdbc")) {
      return inDatabase.get().orElseGet(Clients::none);
    }
    return ofClass(clients);
  }

  private ClientRegistry inWar(String path) {
    try (InputStream input = context.getResourceAsStream(path)) {
      if (input == null) {
        configuration.problem(
            "clients: there is no "
                + path
                + " in the web application"
                + (path.startsWith("/WEB-INF/") ? "" : "; a file outside of it is file:" + path));
        return none();
      }
      byte[] octets = input.readAllBytes();
      ClientsFile file = reader.apply(octets, clock.instant());
      return isSound(path, file) ? WatchedClients.registry(octets, file) : none();
    } catch (IOException e) {
      configuration.problem("clients: " + path + " cannot be read: " + e.getClass().getName());
      return none();
    }
  }

  private ClientRegistry outside(String url) {
    try {
      Path path = Path.of(new URI(url));
      byte[] octets = Files.readAllBytes(path);
      ClientsFile file = reader.apply(octets, clock.instant());
      return isSound(url, file)
          ? new WatchedClients(path, octets, file, reader, clock, log)
          : none();
    } catch (IOException e) {
      configuration.problem("clients", "a file that can be read (" + e.getClass().getName() + ")");
    } catch (URISyntaxException | IllegalArgumentException e) {
      configuration.problem("clients", "a file: URL such as file:/etc/postern/clients.json");
    }
    return none();
  }

  private boolean isSound(String place, ClientsFile file) {
    file.problems().forEach(text -> configuration.problem(place + ": " + text));
    return file.problems().isEmpty();
  }

  private ClientRegistry ofClass(String className) {
    Optional<Object> instance = extensions.instance(className);
    if (instance.isPresent() && !(instance.get() instanceof ClientRegistry)) {
      configuration.problem(
          "clients", "a path in the web application, a file: URL, or a ClientRegistry class");
    }
    return instance
        .filter(ClientRegistry.class::isInstance)
        .map(ClientRegistry.class::cast)
        .orElseGet(Clients::none);
  }

  private static ClientRegistry none() {
    return new MemoryClients(List.of(), 0);
  }
}
