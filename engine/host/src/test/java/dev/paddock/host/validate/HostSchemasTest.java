package dev.paddock.host.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.api.host.HostInfo.Version;
import dev.paddock.host.machine.LibvirtMachine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostSchemasTest {
    private static final String NOBODY = "qemu:///system?socket=/nonexistent/libvirt-sock";
    private static final String FAR = "qemu+tcp://far.example/system";
    private static final Version NEWER = new Version(99, 0, 0);
    private static final String NEW_ELEMENT = "<network><name>n</name><brandNew/></network>";

    /** A schema that takes nothing but a document that no other version knows. */
    private static final String NEWER_SCHEMA =
            "<element name='newer' xmlns='http://relaxng.org/ns/structure/1.0'><empty/></element>";

    @TempDir
    Path folder;

    private Version installed = NEWER;

    @BeforeEach
    void schemasAreInstalled() {
        assumeTrue(LibvirtSchemas.installedVersion().isPresent(), "libvirt's library (package libvirt0) is missing.");
        installed = LibvirtSchemas.installedVersion().orElseThrow();
    }

    @Test
    void sameVersionIsCheckedWithTheFilesOfThisMachine() {
        assertThat(of(NOBODY, installed).check("network.rng", NEW_ELEMENT)).isEqualTo(refused());
        assertThat(of(FAR, installed).check("network.rng", NEW_ELEMENT)).isEqualTo(refused());
    }

    @Test
    void otherVersionIsNotJudgedByTheFilesOfThisMachine() {
        assertThat(of(NOBODY, NEWER).check("network.rng", NEW_ELEMENT)).isInstanceOf(SchemaVerdict.NotChecked.class);
        assertThat(of(FAR, NEWER).check("network.rng", NEW_ELEMENT)).isInstanceOf(SchemaVerdict.NotChecked.class);
    }

    @Test
    void driverOfTheClientLibraryHasItsSchemas() {
        assertThat(of("test:///default", NEWER).check("network.rng", NEW_ELEMENT))
                .isEqualTo(refused());
    }

    @Test
    void schemasOfAnotherMachineAreFetchedAndKept() throws IOException {
        assertThat(far(installed).check("network.rng", NEW_ELEMENT)).isEqualTo(refused());
        assertThat(far(installed).check("nwfilter.rng", "<filter name='f'/>")).isEqualTo(accepted());
        assertThat(new SchemaCache(folder).find("box", installed)).isPresent();
    }

    @Test
    void keptSchemasAcceptWithoutAskingTheMachine() throws IOException {
        new SchemaCache(folder).keep("box", NEWER, newer());
        assertThat(far(NEWER).check("network.rng", "<newer/>")).isEqualTo(accepted());
    }

    @Test
    void keptSchemasAreFetchedAnewBeforeTheyRefuse() throws IOException {
        new SchemaCache(folder).keep("box", installed, newer());
        var network = "<network><name>n</name></network>";
        assertThat(far(installed).check("network.rng", network)).isEqualTo(accepted());
    }

    @Test
    void machineWhoseFilesAreOfAnotherVersionSaysSo() {
        assertThat(far(NEWER).check("network.rng", NEW_ELEMENT))
                .isInstanceOfSatisfying(SchemaVerdict.NotChecked.class, unchecked -> assertThat(unchecked.why())
                        .contains(installed.toString(), "99.0.0"));
    }

    private HostSchemas of(String uri, Version version) {
        return HostSchemas.of(uri, version, new SchemaCache(folder));
    }

    /** A machine on which programs are run, which is this one. */
    private RemoteSchemas far(Version version) {
        return RemoteSchemas.of(new LibvirtMachine.Here(), "box", version, new SchemaCache(folder));
    }

    private static FetchedSchemas newer() {
        return new FetchedSchemas(NEWER, Map.of("network.rng", NEWER_SCHEMA.getBytes(StandardCharsets.UTF_8)));
    }

    private static SchemaVerdict accepted() {
        return new SchemaVerdict.Checked(List.of());
    }

    private static SchemaVerdict refused() {
        return new SchemaVerdict.Checked(List.of("brandNew: <brandNew> is not accepted here."));
    }
}
