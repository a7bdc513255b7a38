package dev.paddock.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.paddock.api.host.HostWriter;
import dev.paddock.api.kind.Kind;
import dev.paddock.testkit.docs.MainSources;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The structure that CONTRIBUTING describes: who may depend on whom, the size of packages, and the names of types. */
class ArchitectureTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.paddock");

    private static final int MOST_TYPES_IN_A_PACKAGE = 20;
    private static final int MOST_LINES_IN_A_FILE = 400;

    /** The engine's modules that know libvirt, or compose the rest. */
    private static final String[] OUTER = {
        "dev.paddock.host..",
        "dev.paddock.pool..",
        "dev.paddock.reach..",
        "dev.paddock.server..",
        "dev.paddock.session..",
        "dev.paddock.cli..",
        "dev.paddock.testkit..",
        "dev.paddock.bench.."
    };

    /** All that writes to a host outside of the engine's adapters, each with its reason. */
    private static final Set<String> WRITERS = Set.of(
            // Applies plans, and opens the connection for it.
            "dev.paddock.core.apply",
            "dev.paddock.session.ApplyRun",
            // Manages the VMs of pools.
            "dev.paddock.pool.slot.LibvirtSlotHost",
            // Follows the names in filters, in place of an apply.
            "dev.paddock.server.FilterNameUpdater",
            // Sends packets through filters, in a lab of its own.
            "dev.paddock.reach.probe.PacketTest",
            // Commands that act on a VM, a snapshot or an image by name.
            "dev.paddock.cli.vm.VmPower",
            "dev.paddock.cli.snapshot.SnapshotChanges",
            "dev.paddock.cli.image.ImageInstaller",
            "dev.paddock.cli.image.ImagePruner",
            // Pass on what they wrap.
            "dev.paddock.session.ReadAhead",
            "dev.paddock.cli.WarmupHost");

    @Test
    void allModulesAreChecked() {
        assertThat(ALL).hasSizeGreaterThan(850);
    }

    @Test
    void apiDependsOnNoOtherModule() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.paddock.api..")
                .should()
                .dependOnClassesThat(outside(
                        "dev.paddock.api",
                        "java",
                        "javax.xml",
                        "com.fasterxml.aalto",
                        "org.codehaus.stax2",
                        "org.jspecify")));
    }

    @Test
    void onlyOneClassDependsOnTheXmlParser() {
        check(noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.paddock.api.xml.XmlReader")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.fasterxml.aalto..", "org.codehaus.stax2.."));
    }

    @Test
    void coreDependsOnNoKindNoHostAndNoCommand() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.paddock.core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(with(OUTER, kinds())));
    }

    @Test
    void kindsDependOnlyOnTheApi() {
        for (var kind : kinds()) {
            var root = kind.replace("..", "");
            check(noClasses()
                    .that()
                    .resideInAPackage(kind)
                    .should()
                    .dependOnClassesThat(outside("dev.paddock.api", root, "java", "org.jspecify")));
        }
    }

    @Test
    void hostDependsOnlyOnTheApi() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.paddock.host..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(with(
                        kinds(),
                        "dev.paddock.core..",
                        "dev.paddock.pool..",
                        "dev.paddock.session..",
                        "dev.paddock.cli..")));
    }

    @Test
    void librariesAreUsedWhereTheyBelong() {
        only("org.libvirt..", "dev.paddock.host.libvirt..");
        only("com.sun.jna..", "dev.paddock.host..");
        only("org.apache.commons.exec..", "dev.paddock.host.process..");
        only("org.apache.commons.compress..", "dev.paddock.host.image..", "dev.paddock.host.guest..");
        only("org.tukaani..", "dev.paddock.host.image..");
        only("org.yaml.snakeyaml..", "dev.paddock.core.load..");
        only("freemarker..", "dev.paddock.core.expression..", "dev.paddock.core.template..");
        only(
                "com.fasterxml.jackson..",
                "dev.paddock.core.report..",
                "dev.paddock.core.planfile..",
                "dev.paddock.core.jsonschema..",
                "dev.paddock.core.expression..",
                "dev.paddock.host.libvirt..",
                "dev.paddock.pool.http..",
                "dev.paddock.cli.pool..",
                "dev.paddock.cli.poolclient..",
                "dev.paddock.bench..");
        only("org.eclipse.jetty..", "dev.paddock.pool.http..");
        only("org.sqlite..", "dev.paddock.pool.lease..");
        only("io.prometheus..", "dev.paddock.pool.service..");
        only("picocli..", "dev.paddock.cli..", "picocli..");
    }

    @Test
    void poolDependsOnNoPlaybooks() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.paddock.pool..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(with(kinds(), "dev.paddock.core..", "dev.paddock.cli..", "dev.paddock.server..")));
    }

    @Test
    void sessionDependsOnNoKindAndNoCommand() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.paddock.session..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        with(kinds(), "dev.paddock.cli..", "dev.paddock.pool..", "dev.paddock.server..", "picocli..")));
    }

    @Test
    void onlyListedClassesWriteToHosts() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.paddock.api.host..", "dev.paddock.host..", "dev.paddock.testkit..", "dev.paddock.bench..")
                .and(new DescribedPredicate<>("are not listed as writers") {
                    @Override
                    public boolean test(JavaClass found) {
                        var name = found.getName().replaceAll("\\$.*", "");
                        return !WRITERS.contains(name) && !WRITERS.contains(found.getPackageName());
                    }
                })
                .should()
                .dependOnClassesThat()
                .areAssignableTo(HostWriter.class));
    }

    @Test
    void packagesHaveNoCycles() {
        check(slices().matching("dev.paddock.(**)").should().beFreeOfCycles());
    }

    @Test
    void packagesAreSmall() {
        Map<String, Long> sizes = topLevel()
                .filter(type -> !type.getPackageName().equals("dev.paddock.bench"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));

        assertThat(sizes.entrySet())
                .filteredOn(size -> size.getValue() > MOST_TYPES_IN_A_PACKAGE)
                .isEmpty();
    }

    @Test
    void filesAreShort() throws IOException {
        assertThat(MainSources.all()).hasSizeGreaterThan(700).allSatisfy(source -> assertThat(
                        Files.readAllLines(source))
                .as(source.toString())
                .hasSizeLessThanOrEqualTo(MOST_LINES_IN_A_FILE));
    }

    @Test
    void noSimpleNameIsUsedTwice() {
        Map<String, List<String>> names = topLevel()
                .collect(Collectors.groupingBy(
                        JavaClass::getSimpleName, Collectors.mapping(JavaClass::getName, Collectors.toList())));

        assertThat(names.values()).filteredOn(types -> types.size() > 1).isEmpty();
    }

    @Test
    void typesAreNamedByNouns() {
        assertThat(topLevel().map(JavaClass::getSimpleName))
                .filteredOn(name -> name.endsWith("ing"))
                .isEmpty();
    }

    @Test
    void valuesDoNotDependOnTheClock() {
        check(noClasses()
                .that()
                .resideInAnyPackage(with(kinds(), "dev.paddock.api..", "dev.paddock.core..", "dev.paddock.reach.."))
                // Ends an expression that takes too long.
                .and()
                .doNotHaveFullyQualifiedName("dev.paddock.core.expression.Watchdog")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class));
    }

    @Test
    void onlyOneClassSleeps() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("dev.paddock.bench..", "dev.paddock.testkit..")
                .and()
                .doNotHaveFullyQualifiedName("dev.paddock.host.process.PollInterval")
                .should(new ArchCondition<>("call Thread.sleep") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        type.getMethodCallsFromSelf().stream()
                                .filter(call -> call.getTargetOwner().isEquivalentTo(Thread.class)
                                        && call.getName().equals("sleep"))
                                .forEach(call -> events.add(SimpleConditionEvent.satisfied(type, call.toString())));
                    }
                }));
    }

    @Test
    void everyPackageIsNullMarked() {
        var unmarked = ALL.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(found -> !found.getClasses().isEmpty())
                .filter(found -> !found.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .toList();

        assertThat(unmarked).isEmpty();
    }

    @Test
    void onlyOneClassWritesToTheStandardStreams() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("dev.paddock.bench..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err"));
    }

    @Test
    void noRandomUuidsAndNoJavaLogging() {
        check(noClasses()
                .should()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.logging.Logger"));
    }

    /** Return the packages of all kinds that the program is packaged with: {@code dev.paddock.network..}. */
    private static String[] kinds() {
        return ServiceLoader.load(Kind.class).stream()
                .map(kind -> kind.type().getPackageName().replaceAll("^(dev\\.paddock\\.\\w+).*", "$1.."))
                .distinct()
                .toArray(String[]::new);
    }

    private static String[] with(String[] some, String... others) {
        return Stream.concat(Stream.of(some), Stream.of(others)).toArray(String[]::new);
    }

    private static Stream<JavaClass> topLevel() {
        return ALL.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"));
    }

    private static void only(String library, String... where) {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(where)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library));
    }

    private static DescribedPredicate<JavaClass> outside(String... roots) {
        return new DescribedPredicate<>("outside of " + String.join(", ", roots)) {
            @Override
            public boolean test(JavaClass found) {
                var name = found.getBaseComponentType().getPackageName();
                if (found.getBaseComponentType().isPrimitive()) {
                    return false;
                }
                for (var root : roots) {
                    if (name.equals(root) || name.startsWith(root + ".")) {
                        return false;
                    }
                }
                return true;
            }
        };
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(false).check(ALL);
    }
}
