package dev.postern.servlet.doctor;

import java.util.List;
import java.util.Optional;

/**
 * Where a {@code TokenFilter} was dropped, as far as its descriptors do not say.
 *
 * @param filter its {@code filter-name}
 * @param contextPath of the application; empty at the root
 * @param clientPaths where clients authenticate, within the application; the token endpoint first
 * @param authorizationPath where users are sent, within the application, if there is such a path
 * @param charset in which forms are decoded unless they say otherwise, if the application has set
 *     that
 * @param isWebLogic whether the server is WebLogic
 */
public record Place(
    String filter,
    String contextPath,
    List<String> clientPaths,
    Optional<String> authorizationPath,
    Optional<String> charset,
    boolean isWebLogic) {
  String tokenPath() {
    return clientPaths.get(0);
  }
}
