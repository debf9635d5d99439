import org.jspecify.annotations.NullMarked;

/** The token endpoint without HTTP: model, steps, grants, stores. */
@NullMarked
@SuppressWarnings("module") // token-servlet is not there yet when this is compiled
module dev.postern.core {
  requires transitive java.sql;
  requires static transitive org.jspecify;

  exports dev.postern.core;
  exports dev.postern.core.client;
  exports dev.postern.core.command to
      dev.postern.servlet;
  exports dev.postern.core.grant;
  exports dev.postern.core.jdbc;
  exports dev.postern.core.memory;
  exports dev.postern.core.secret;
}
