package dev.cubit.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rooms of the house, and who may know whom: the table of ARCHITECTURE.md. */
class ArchitectureTest {
  /** Of each room, which others it may import. */
  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          Map.entry("target", Set.of()),
          Map.entry("load", Set.of()),
          Map.entry("observe", Set.of()),
          Map.entry("measure", Set.of("target", "load")),
          Map.entry("diagnose", Set.of("target")),
          Map.entry("scale", Set.of("target", "observe")),
          Map.entry("report", Set.of("measure", "diagnose")),
          Map.entry("server", Set.of("observe")),
          Map.entry("hello", Set.of("server", "observe")),
          Map.entry("qr", Set.of("server", "observe")),
          Map.entry("store", Set.of("server", "observe")),
          Map.entry("products", Set.of("store", "server", "observe")),
          Map.entry("cart", Set.of("store", "server", "observe")),
          Map.entry(
              "cli",
              Set.of("target", "load", "measure", "diagnose", "observe", "scale", "report")));

  private static JavaClasses house = new ClassFileImporter().importPaths(List.<Path>of());

  @BeforeAll
  static void read_what_was_compiled() throws IOException {
    List<Path> folders = new ArrayList<>();
    try (Stream<Path> poms = Files.find(Checkout.ROOT, 3, (p, a) -> p.endsWith("pom.xml"))) {
      poms.map(pom -> pom.resolveSibling("out").resolve("classes"))
          .filter(Files::isDirectory)
          .forEach(folders::add);
    }
    house =
        new ClassFileImporter()
            .withImportOption(file -> !file.contains("jmh_generated"))
            .importPaths(folders);
  }

  @Test
  void all_rooms_are_looked_at() {
    assertThat(rooms())
        .as("compiled rooms; run mvn verify at the root")
        .containsAll(ARROWS.keySet());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "target",
        "load",
        "observe",
        "scale",
        "measure",
        "diagnose",
        "report",
        "server",
        "hello",
        "qr",
        "store",
        "products",
        "cart",
        "cli",
        "bench"
      })
  void a_room_imports_only_those_that_it_may(String room) {
    Set<String> allowed = ARROWS.getOrDefault(room, rooms());
    String[] others =
        rooms().stream()
            .filter(other -> !other.equals(room) && !allowed.contains(other))
            .filter(other -> !(room.equals("report") && CARRIED.contains(other)))
            .map(other -> "dev.cubit." + other + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage("dev.cubit." + room + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .allowEmptyShould(true)
        .check(house);
  }

  /**
   * The one exception: a Run of {@code measure} carries what {@code load} and {@code target} have
   * found, and a report shows it. So it may read their records and enums, and nothing that acts.
   */
  private static final Set<String> CARRIED = Set.of("load", "target");

  @Test
  void a_report_reads_of_load_and_target_only_the_data_that_a_run_carries() {
    noClasses()
        .that()
        .resideInAPackage("dev.cubit.report..")
        .should()
        .dependOnClassesThat(
            new DescribedPredicate<>("act, in load or target") {
              @Override
              public boolean test(JavaClass type) {
                boolean isData = type.isRecord() || type.isEnum();
                return CARRIED.contains(room(type)) && !isData;
              }
            })
        .check(house);
  }

  @Test
  void no_package_depends_on_itself_through_others() {
    slices()
        .assignedFrom(
            new SliceAssignment() {
              @Override
              public SliceIdentifier getIdentifierOf(JavaClass type) {
                return type.getPackageName().startsWith("dev.cubit")
                    ? SliceIdentifier.of(type.getPackageName())
                    : SliceIdentifier.ignore();
              }

              @Override
              public String getDescription() {
                return "packages";
              }
            })
        .should()
        .beFreeOfCycles()
        .check(house);
  }

  @Test
  void classes_are_named_for_what_they_know() {
    noClasses()
        .that()
        .resideInAPackage("dev.cubit..")
        .should()
        .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)")
        .check(house);
    noClasses()
        .should()
        .resideInAnyPackage(
            "..util..", "..common..", "..core..", "..impl..", "..model..", "..dto..")
        .check(house.that(in("dev.cubit")));
  }

  @Test
  void no_package_lets_nulls_through() {
    TreeSet<String> open = new TreeSet<>();
    for (JavaClass type : house) {
      JavaPackage of = type.getPackage();
      if (of.getName().startsWith("dev.cubit") && !of.isAnnotatedWith(NullMarked.class)) {
        open.add(of.getName());
      }
    }
    assertThat(open).as("packages without @NullMarked in their package-info").isEmpty();
  }

  @Test
  void commands_are_classes_of_their_own_and_final() {
    classes()
        .that()
        .implement(CubitCommand.class)
        .should()
        .haveSimpleNameEndingWith("Command")
        .andShould()
        .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL)
        .check(house);
  }

  private static Set<String> rooms() {
    Set<String> rooms = new TreeSet<>();
    house.forEach(type -> rooms.add(room(type)));
    rooms.remove("");
    return rooms;
  }

  private static String room(JavaClass type) {
    String[] parts = type.getPackageName().split("\\.", -1);
    return parts.length > 2 && parts[0].equals("dev") && parts[1].equals("cubit") ? parts[2] : "";
  }

  private static DescribedPredicate<JavaClass> in(String name) {
    return JavaClass.Predicates.resideInAPackage(name + "..");
  }
}
