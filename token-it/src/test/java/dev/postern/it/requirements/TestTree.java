package dev.postern.it.requirements;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The tests of some trees of class files, and the sections that they are tagged with. */
final class TestTree {
  /** Of JUnit, jqwik and ArchUnit, by their simple names: not all of them are on our class path. */
  private static final Set<String> TEST_ANNOTATIONS =
      Set.of(
          "Test",
          "ParameterizedTest",
          "RepeatedTest",
          "TestFactory",
          "TestTemplate",
          "Property",
          "Example",
          "ArchTest");

  /** Each module has its own annotation of this name. */
  private static final String TAG = "Rfc";

  private final JavaClasses classes;

  private TestTree(JavaClasses classes) {
    this.classes = classes;
  }

  /** The tests whose class files lie in these folders. */
  static TestTree of(Collection<Path> folders) {
    for (Path folder : folders) {
      if (!Files.isDirectory(folder)) {
        throw new IllegalStateException(
            "there are no test classes in "
                + folder.toAbsolutePath().normalize()
                + ": build all modules first, mvn verify at the root");
      }
    }
    return new TestTree(new ClassFileImporter().importPaths(folders));
  }

  /** What is wrong with a reference to a test, {@code Class} or {@code Class#method}. */
  List<String> problems(String reference) {
    int hash = reference.indexOf('#');
    String className = hash < 0 ? reference : reference.substring(0, hash);
    List<JavaClass> found = classes.stream().filter(c -> isNamed(c, className)).toList();
    if (found.isEmpty()) {
      return List.of("there is no test class " + className);
    }
    if (found.size() > 1) {
      return List.of(
          className
              + " may be any of "
              + found.stream().map(JavaClass::getName).sorted().toList()
              + "; put as much of the package before it as tells them apart");
    }
    JavaClass owner = found.get(0);
    if (!isRun(owner)) {
      return List.of(className + " is never run: neither it nor a subclass is named *Test or *IT");
    }
    if (!hasTests(owner)) {
      return List.of(className + " has no tests");
    }
    Set<String> names = testNames(owner);
    if (hash < 0 || names.contains(reference.substring(hash + 1))) {
      return List.of();
    }
    return List.of(
        className + " has no test " + reference.substring(hash + 1) + "; it has " + names);
  }

  /** Every tag with the place where it stands. */
  List<Tag> tags() {
    List<Tag> tags = new ArrayList<>();
    for (JavaClass javaClass : classes) {
      boolean isOfTests = isRun(javaClass) && hasTests(javaClass);
      for (String section : sections(javaClass)) {
        tags.add(new Tag(section, javaClass.getName(), isOfTests));
      }
      for (JavaMember member : javaClass.getMembers()) {
        for (String section : sections(member)) {
          tags.add(
              new Tag(
                  section,
                  javaClass.getName() + "#" + member.getName(),
                  isRun(javaClass) && isTest(member)));
        }
      }
    }
    return tags;
  }

  /** By its simple name, or with some of the packages or classes around it. */
  private static boolean isNamed(JavaClass javaClass, String name) {
    String full = javaClass.getName().replace('$', '.');
    return full.equals(name) || full.endsWith("." + name);
  }

  /** Whether Maven runs it, a class around it, or one that inherits its tests. */
  private static boolean isRun(JavaClass javaClass) {
    return isRun(javaClass, new HashSet<>());
  }

  private static boolean isRun(JavaClass javaClass, Set<JavaClass> seen) {
    JavaClass outermost = outermost(javaClass);
    return seen.add(javaClass)
        && (isStarted(outermost)
            || isRun(outermost, seen)
            || javaClass.getAllSubclasses().stream().anyMatch(heir -> isRun(heir, seen)));
  }

  private static JavaClass outermost(JavaClass javaClass) {
    return javaClass.getEnclosingClass().map(TestTree::outermost).orElse(javaClass);
  }

  /** What surefire and failsafe look for, in the parent's POM. */
  private static boolean isStarted(JavaClass javaClass) {
    String name = javaClass.getSimpleName();
    return !javaClass.getModifiers().contains(JavaModifier.ABSTRACT)
        && (name.endsWith("Test") || name.endsWith("IT"));
  }

  /** Whether it has tests, its own, inherited ones or those of classes within it. */
  private boolean hasTests(JavaClass javaClass) {
    return !testNames(javaClass).isEmpty()
        || classes.stream()
            .filter(within -> within.getEnclosingClass().equals(Optional.of(javaClass)))
            .anyMatch(this::hasTests);
  }

  private static Set<String> testNames(JavaClass javaClass) {
    Set<String> names = new TreeSet<>();
    javaClass.getAllMembers().stream()
        .filter(TestTree::isTest)
        .forEach(member -> names.add(member.getName()));
    return names;
  }

  private static boolean isTest(JavaMember member) {
    Set<String> names = new TreeSet<>();
    member.getAnnotations().forEach(annotation -> names.add(simpleName(annotation)));
    return !names.contains("Disabled") && names.stream().anyMatch(TEST_ANNOTATIONS::contains);
  }

  private static List<String> sections(HasAnnotations<?> annotated) {
    List<String> sections = new ArrayList<>();
    for (JavaAnnotation<?> annotation : annotated.getAnnotations()) {
      if (simpleName(annotation).equals(TAG)) {
        sections.addAll(List.of((String[]) annotation.getExplicitlyDeclaredProperty("value")));
      }
    }
    return sections;
  }

  private static String simpleName(JavaAnnotation<?> annotation) {
    return annotation.getRawType().getSimpleName();
  }

  /**
   * A tag.
   *
   * @param section what it names: a section or a row
   * @param place the class, or the class and its method
   * @param isOfTest whether there is a test that runs
   */
  record Tag(String section, String place, boolean isOfTest) {}
}
