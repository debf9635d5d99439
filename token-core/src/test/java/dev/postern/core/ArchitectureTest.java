package dev.postern.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

@AnalyzeClasses(packages = "dev.postern.core", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule packages_are_acyclic =
      slices().matching("dev.postern.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule the_root_package_depends_on_none_of_the_others =
      noClasses()
          .that()
          .resideInAPackage("dev.postern.core")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.postern.core.*..");

  @ArchTest
  static final ArchRule core_needs_the_jdk_only =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.postern.core..", "java..", "javax.crypto..", "javax.sql..", "org.jspecify..");

  @ArchTest
  static final ArchRule core_knows_no_http =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.net.http..", "java.util.logging..");

  @ArchTest
  static final ArchRule one_package_knows_databases =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.postern.core.jdbc")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..");

  @ArchTest
  static final ArchRule only_the_command_prints =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.postern.core.command")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .callMethod(Throwable.class, "printStackTrace");

  @ArchTest
  static final ArchRule nothing_reads_the_wall_clock =
      noClasses()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now");
}
