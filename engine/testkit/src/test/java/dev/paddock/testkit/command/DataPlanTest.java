package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.testkit.memory.MemoryHost;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What plans say about data that nobody asked to lose. */
class DataPlanTest {
    private static final String MOVED = """
        - storage: [{name: p, type: dir, target: "/srv/${folder!'a'}"}]
          volumes:
            - {name: one.raw, pool: p, capacity: 1 MiB}
            - {name: two.qcow2, pool: p, capacity: 1 MiB, format: qcow2}
        """;

    private static final String BACKED = """
        - storage: [{name: p, type: dir, target: /srv/p}]
          volumes:
            - {name: base.qcow2, pool: p, capacity: 8 MiB, format: qcow2}
            - name: web.qcow2
              pool: p
              capacity: "${size}"
              format: qcow2
              backing: {path: /srv/p/base.qcow2, format: qcow2}
        """;

    private static final String FORMATS = """
        - storage: [{name: p, type: dir, target: /srv/p}]
          volumes:
            - {name: v, pool: p, capacity: 1 MiB, format: "${volume}"}
          vms:
            - {name: web, type: qemu, state: stopped, disks: [{pool: p, volume: v}]}
            - {name: other, type: qemu, state: stopped, disks: [{pool: p, volume: v, format: "${disk}"}]}
        """;

    private static final String RENEWED = """
        - images: [{name: os, url: "https://example.com/os.qcow2", sha256: "${sum}"}]
          vms:
            - {name: web, type: qemu, state: stopped, image: os, disks: [{size: "${size}"}]}
        """;

    @TempDir
    Path folder;

    private final MemoryHost host = new MemoryHost();
    private Shell shell = new Shell(host, Path.of("."));

    @BeforeEach
    void files() {
        shell = new Shell(host, folder);
    }

    @Test
    void aPoolThatMovesNamesWhatStaysBehindAndPlansTheRestAtOnce() {
        var file = shell.file("a.yaml", MOVED);
        shell.applied(file);

        var plan = shell.run("plan", file, "-e", "folder=b");
        assertThat(plan.output())
                .contains("volume/p/one.raw will be created")
                .contains("volume/p/two.qcow2 will be created");
        assertThat(plan.messages())
                .contains("PD2009")
                .contains("target/path from /srv/a to /srv/b")
                .contains("volume/p/one.raw, volume/p/two.qcow2 stay in the old place");
        shell.applied(file, "-e", "folder=b");
    }

    @ParameterizedTest
    @CsvSource({"8 MiB, 0", "9 MiB, 0", "7 MiB, 1", "1, 1", "8388607, 1"})
    void aDiskIsNeverSmallerThanWhatBacksIt(String size, int errors) {
        var plan = shell.run("plan", shell.file("a.yaml", BACKED), "-e", "size=" + size);

        assertThat(plan.messages().contains("PD2010")).as(plan.all()).isEqualTo(errors > 0);
        assertThat(plan.exitCode()).isEqualTo(errors);
    }

    @ParameterizedTest
    @CsvSource({"raw, qcow2, 1", "qcow2, raw, 1", "qcow2, qcow2, 0", "raw, raw, 0", "vmdk, qcow2, 1", "vmdk, vmdk, 0"})
    void aDiskHasTheFormatOfItsVolume(String volume, String disk, int errors) {
        var plan = shell.run("plan", shell.file("a.yaml", FORMATS), "-e", "volume=" + volume, "-e", "disk=" + disk);

        assertThat(plan.messages().contains("PD2011")).as(plan.all()).isEqualTo(errors > 0);
        assertThat(plan.messages()).doesNotContain("The disk vda of vm/web");
        assertThat(plan.output()).contains("<driver name='qemu' type='" + volume + "'/>");
    }

    @Test
    void aVolumeWithoutPoolIsInTheOneOfImages() {
        var plan = shell.run("plan", shell.file("a.yaml", "- vms: [{name: web, disks: [{volume: x.qcow2}]}]"));

        assertThat(plan.output()).contains("<source pool='paddock' volume='x.qcow2'/>");
    }

    @ParameterizedTest
    @CsvSource({"0, qcow2, 1", "0, raw, 0", "0, vmdk, 1", "1, qcow2, 0"})
    void anImageHasASize(String capacity, String format, int exitCode) {
        var volume = "- {name: v, pool: p, capacity: %s, format: %s}".formatted(capacity, format);
        var plan = shell.run("plan", shell.file("a.yaml", """
            - storage: [{name: p, type: dir, target: /srv/p}]
              volumes:
                %s
            """.formatted(volume)));

        assertThat(plan.exitCode()).as(plan.all()).isEqualTo(exitCode);
    }

    @Test
    void aDiskWhoseImageWasRenewedStillGrows() {
        var file = shell.file("a.yaml", RENEWED);
        var disk = new ResourceId("volume", "paddock/web-vda.qcow2");
        var made = shell.run("apply", file, "--auto-approve", "-e", "sum=" + "a".repeat(64), "-e", "size=1MiB");
        assertThat(made.exitCode()).as(made.all()).isZero();
        var grown = shell.run("apply", file, "--auto-approve", "-e", "sum=" + "b".repeat(64), "-e", "size=2MiB");
        assertThat(grown.exitCode()).as(grown.all()).isZero();

        assertThat(grown.output()).contains("keeps its data, and stays as it was made");
        assertThat(host.performed())
                .filteredOn(action -> action.target().equals(disk))
                .last()
                .isEqualTo(new Action.Resize(disk, 2 << 20, false));
    }
}
