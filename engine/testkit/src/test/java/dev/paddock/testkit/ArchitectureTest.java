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
import com.tngtech.archunit.lang.ArchRule;
import dev.paddock.api.host.HostWriter;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The arrows of the house, as tests. */
class ArchitectureTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.paddock");

    @Test
    void theWholeHouseIsLookedAt() {
        assertThat(ALL).hasSizeGreaterThan(250);
    }

    @Test
    void theApiKnowsNothingOfTheRest() {
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
    void oneClassKnowsWhoReadsXml() {
        check(noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.paddock.api.xml.XmlReading")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.fasterxml.aalto..", "org.codehaus.stax2.."));
    }

    @Test
    void theCoreKnowsNoKindNoHostAndNoCommand() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.paddock.core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.paddock.host..", "dev.paddock.cli..", "dev.paddock.network..", "dev.paddock.nwfilter.."));
    }

    @Test
    void kindsKnowOnlyTheApi() {
        for (var kind : new String[] {"image", "network", "nwfilter"}) {
            check(noClasses()
                    .that()
                    .resideInAPackage("dev.paddock." + kind + "..")
                    .should()
                    .dependOnClassesThat(outside("dev.paddock.api", "dev.paddock." + kind, "java", "org.jspecify")));
        }
    }

    @Test
    void theHostKnowsOnlyTheApi() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.paddock.host..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.paddock.core..", "dev.paddock.cli.."));
    }

    @Test
    void librariesStayWhereTheyBelong() {
        only("org.libvirt..", "dev.paddock.host.libvirt..");
        only("com.sun.jna..", "dev.paddock.host..");
        only("org.apache.commons.exec..", "dev.paddock.host.process..");
        only("org.apache.commons.compress..", "dev.paddock.host.image..", "dev.paddock.host.guest..");
        only("org.tukaani..", "dev.paddock.host.image..");
        only("org.yaml.snakeyaml..", "dev.paddock.core.load..");
        only("freemarker..", "dev.paddock.core.bind..");
        only(
                "com.fasterxml.jackson..",
                "dev.paddock.core.report..",
                "dev.paddock.core.planfile..",
                "dev.paddock.core.bind..",
                "dev.paddock.host.libvirt..",
                "dev.paddock.keeper.http..",
                "dev.paddock.cli.pool..",
                "dev.paddock.bench..");
        only("org.eclipse.jetty..", "dev.paddock.keeper.http..");
        only("org.sqlite..", "dev.paddock.keeper.lease..");
        only("io.prometheus..", "dev.paddock.keeper");
        only("picocli..", "dev.paddock.cli..", "picocli..");
    }

    @Test
    void theKeeperKnowsNoPlaybooks() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.paddock.keeper..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.paddock.core..", "dev.paddock.cli..", "dev.paddock.vm.."));
    }

    @Test
    void onlyAppliersHoldAWriter() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.paddock.api.host..",
                        "dev.paddock.core.apply..",
                        "dev.paddock.host..",
                        "dev.paddock.keeper.slot..",
                        "dev.paddock.testkit..",
                        "dev.paddock.bench..",
                        "dev.paddock.cli..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(HostWriter.class));
    }

    @Test
    void packagesHaveNoCycles() {
        check(slices().matching("dev.paddock.(api|core|host|keeper).(**)")
                .should()
                .beFreeOfCycles());
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
    void thereIsOneWayToTheStandardStreams() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("dev.paddock.bench..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err"));
    }

    @Test
    void nothingIsRandomOrGeneric() {
        check(noClasses()
                .should()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.logging.Logger"));
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
