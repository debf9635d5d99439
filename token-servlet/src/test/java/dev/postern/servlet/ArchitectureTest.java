package dev.postern.servlet;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.postern.core.ClientAuthenticationMethod;
import dev.postern.core.ClientRegistry;
import dev.postern.core.Grant;
import dev.postern.core.SecretVerifier;
import dev.postern.core.TokenIssuer;
import dev.postern.core.TokenListener;
import dev.postern.core.TokenStore;
import dev.postern.servlet.request.ConsumedBody;
import dev.postern.servlet.request.IpAddresses;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What may know what. The container's classes are no part of what is looked at. */
@AnalyzeClasses(
    packages = "dev.postern.servlet",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final DescribedPredicate<JavaCall<?>> SET_A_STATUS =
      calls("setStatus|sendError|sendRedirect", ServletResponse.class);
  private static final DescribedPredicate<JavaCall<?>> WRITE_A_BODY =
      calls("getOutputStream|getWriter|setContent.*", ServletResponse.class);
  private static final DescribedPredicate<JavaCall<?>> READ_PARAMETERS =
      calls("getParameter.*|getPart.*", ServletRequest.class);

  private static DescribedPredicate<JavaCall<?>> calls(String names, Class<?> type) {
    return target(nameMatching(names)).and(target(owner(assignableTo(type))));
  }

  private static ArchRule nobodyBut(
      Class<?> only, DescribedPredicate<JavaCall<?>> calls, String because) {
    return noClasses()
        .that()
        .doNotHaveFullyQualifiedName(only.getName())
        // The pages for people, which are no answers of the token endpoint.
        .and()
        .doNotHaveFullyQualifiedName(PageWriter.class.getName())
        .should()
        .callMethodWhere(calls)
        .because(because);
  }

  @ArchTest
  static final ArchRule only_the_writer_knows_statuses =
      nobodyBut(JsonAnswers.class, SET_A_STATUS, "every status is set in one place");

  @ArchTest
  static final ArchRule only_the_writer_writes_bodies =
      nobodyBut(JsonAnswers.class, WRITE_A_BODY, "every answer is written in one place");

  @ArchTest
  static final ArchRule only_where_the_body_is_consumed_the_container_is_believed =
      nobodyBut(ConsumedBody.class, READ_PARAMETERS, "containers mix query and body");

  /** The three before would hold, too, if they looked for what is not there. */
  @ArchTest
  static void the_others_do_so(JavaClasses classes) {
    ArchRule statuses = nobodyBut(Cors.class, SET_A_STATUS, "");
    ArchRule bodies = nobodyBut(Cors.class, WRITE_A_BODY, "");
    ArchRule parameters = nobodyBut(Cors.class, READ_PARAMETERS, "");

    assertThat(List.of(statuses, bodies, parameters))
        .allMatch(rule -> rule.evaluate(classes).hasViolation());
  }

  @ArchTest
  static final ArchRule only_the_json_classes_know_json =
      noClasses()
          .that()
          .haveNameNotMatching(".*\\.(Json|StrictJson)(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jakarta.json..");

  @ArchTest
  static final ArchRule nothing_but_the_jdk_the_container_and_core =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "javax.crypto..",
              "javax.naming..",
              "javax.sql..",
              "jakarta.servlet..",
              "jakarta.json..",
              "org.jspecify..",
              "javax.management..",
              "javax.xml.parsers..",
              "org.w3c.dom..",
              "org.xml.sax..",
              "io.micrometer.core.instrument..",
              "dev.postern.core..",
              "dev.postern.servlet..");

  @ArchTest
  static final ArchRule only_what_is_loaded_where_it_is_there_knows_micrometer =
      noClasses()
          .that()
          .haveNameNotMatching("dev\\.postern\\.servlet\\.figures\\.Meters(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.micrometer..");

  @ArchTest
  static final ArchRule packages_go_one_way =
      slices().matching("dev.postern.servlet.(*)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule the_filters_stand_on_top =
      noClasses()
          .that()
          .resideInAPackage("dev.postern.servlet.(*)")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.postern.servlet");

  @ArchTest
  static final ArchRule what_reads_requests_knows_no_settings =
      noClasses()
          .that()
          .resideInAPackage("dev.postern.servlet.request")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.postern.servlet.settings", "dev.postern.servlet.dryrun");

  @ArchTest
  static final ArchRule settings_know_no_http =
      noClasses()
          .that()
          .resideInAPackage("dev.postern.servlet.settings")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jakarta.servlet.http");

  @ArchTest
  static final ArchRule the_figures_know_no_http =
      classes()
          .that()
          .resideInAPackage("dev.postern.servlet.figures")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "javax.management..",
              "io.micrometer..",
              "org.jspecify..",
              "dev.postern.core",
              "dev.postern.servlet.figures");

  @ArchTest
  static final ArchRule the_pages_know_no_http =
      classes()
          .that()
          .resideInAPackage("dev.postern.servlet.pages")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "dev.postern.core",
              "dev.postern.servlet.doctor",
              "dev.postern.servlet.pages");

  @ArchTest
  static final ArchRule the_doctor_knows_no_http =
      classes()
          .that()
          .resideInAPackage("dev.postern.servlet.doctor")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "javax.xml.parsers..",
              "org.w3c.dom..",
              "org.xml.sax..",
              "org.jspecify..",
              "dev.postern.core",
              "dev.postern.servlet.doctor");

  @ArchTest
  static final ArchRule only_what_puts_it_together_knows_grants_and_stores =
      noClasses()
          .that()
          .haveNameNotMatching(
              ".*\\.(Assembly|EndpointAssembly|GuardDeployment|OfflineDryRun)(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.postern.core.grant..", "dev.postern.core.client..");

  @ArchTest
  static final ArchRule only_the_command_line_runs_commands =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(Main.class.getName())
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.postern.core.command..");

  @ArchTest
  static final ArchRule no_names_are_looked_up =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(IpAddresses.class.getName())
          .should()
          .callMethodWhere(
              target(nameMatching("getByName|getAllByName|getHostName|getCanonicalHostName"))
                  .or(calls("getRemoteHost|getLocalName", ServletRequest.class)));

  @ArchTest
  static final ArchRule no_standard_streams =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(Main.class.getName())
          .should(ACCESS_STANDARD_STREAMS);

  @ArchTest static final ArchRule no_jul = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

  @ArchTest
  static final ArchRule names_that_say_nothing =
      noClasses()
          .should()
          .haveNameMatching(
              ".*(Util|Utils|Helper|Manager|Impl|Context|OAuth2)|.*\\.(Abstract|Default)[A-Z].*");

  @ArchTest
  static final ArchRule only_what_applications_use_is_public =
      classes()
          .that()
          .haveSimpleNameNotStartingWith("Token")
          .and()
          .doNotHaveFullyQualifiedName(Postern.class.getName())
          .and()
          .doNotHaveFullyQualifiedName(BearerFilter.class.getName())
          .and()
          .doNotHaveFullyQualifiedName(ClientPrincipal.class.getName())
          .and()
          .doNotHaveFullyQualifiedName(Main.class.getName())
          .and()
          .haveSimpleNameNotStartingWith("Consent")
          .and()
          .areNotMemberClasses()
          .and()
          .resideInAPackage("dev.postern.servlet")
          .should()
          .notBePublic();

  @Test
  void on_the_module_path_too_every_extension_point_may_be_looked_for() throws IOException {
    ModuleDescriptor descriptor = descriptor();

    assertThat(descriptor.uses())
        .containsAll(
            Stream.of(
                    ClientAuthenticationMethod.class,
                    ClientRegistry.class,
                    Grant.class,
                    SecretVerifier.class,
                    TokenIssuer.class,
                    TokenListener.class,
                    TokenStore.class)
                .map(Class::getName)
                .toList());
  }

  @Test
  void nothing_but_what_applications_use_is_exported() throws IOException {
    assertThat(descriptor().exports())
        .filteredOn(exported -> !exported.isQualified())
        .map(ModuleDescriptor.Exports::source)
        .containsExactly("dev.postern.servlet");
  }

  private static ModuleDescriptor descriptor() throws IOException {
    URL classes = TokenFilter.class.getProtectionDomain().getCodeSource().getLocation();
    try (InputStream input = new URL(classes, "module-info.class").openStream()) {
      return ModuleDescriptor.read(input);
    }
  }
}
