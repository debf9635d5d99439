import org.jspecify.annotations.NullMarked;

/** The token endpoint as a servlet filter: all that knows HTTP and JSON-B. */
@NullMarked
module dev.postern.servlet {
  requires transitive dev.postern.core;
  requires transitive jakarta.servlet;
  requires jakarta.json;
  requires jakarta.json.bind;
  requires java.management;
  requires java.naming;
  requires java.sql;
  requires java.xml;
  requires static micrometer.core;
  requires static transitive org.jspecify;

  exports dev.postern.servlet;
  // It looks at the interface of an MXBean.
  exports dev.postern.servlet.figures to
      java.management;

  uses dev.postern.core.ClientAuthenticationMethod;
  uses dev.postern.core.ClientRegistry;
  uses dev.postern.core.ConsentStore;
  uses dev.postern.core.Grant;
  uses dev.postern.core.SecretVerifier;
  uses dev.postern.core.TokenIssuer;
  uses dev.postern.core.TokenListener;
  uses dev.postern.core.TokenStore;
  uses dev.postern.servlet.ConsentPage;
}
