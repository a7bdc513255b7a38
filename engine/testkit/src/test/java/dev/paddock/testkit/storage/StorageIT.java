package dev.paddock.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.change.Cost;
import dev.paddock.api.host.Observed;
import dev.paddock.api.step.Action;
import dev.paddock.core.plan.HostPlan;
import dev.paddock.core.plan.Operation;
import dev.paddock.core.plan.PlanOptions;
import dev.paddock.host.process.ProcessResult;
import dev.paddock.nwfilter.NwfilterKind;
import dev.paddock.testkit.lab.Labs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pools and volumes that change, are changed by others, and go, on a real libvirtd. */
@SuppressWarnings("NullAway.Init") // The lab is asked before each test.
class StorageIT {
    private static final String POOL = "it-images";
    private static final String GUEST = "it-guest";
    private static final long MIB = 1 << 20;

    @TempDir
    private Path folder;

    private StorageLab lab;

    @BeforeEach
    void open() throws Exception {
        // QEMU runs as another user, who has to get in.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        lab = new StorageLab(Labs.uri());
    }

    @AfterEach
    void close() throws Exception {
        Labs.shared().capture(List.of("virsh", "destroy", GUEST));
        Labs.shared().capture(List.of("virsh", "undefine", GUEST));
        lab.remove(POOL);
        lab.writer.perform(new Action.Undefine(NwfilterKind.LEDGER));
        lab.close();
    }

    private String pool(String more) {
        return """
                storage:
                  - {name: %s, type: dir, target: {path: %s/pool}%s}
                """.formatted(POOL, folder, more);
    }

    private String volumes(String... items) {
        return pool("") + "volumes:\n"
                + String.join(
                        "",
                        Stream.of(items)
                                .map(item -> "  - {pool: " + POOL + ", " + item + "}\n")
                                .toList());
    }

    private String base() {
        return "name: base.qcow2, capacity: 8 MiB, format: qcow2";
    }

    private String overlay(String capacity) {
        return "name: top.qcow2, capacity: " + capacity + ", format: qcow2, backing: {path: " + folder
                + "/pool/base.qcow2, format: qcow2}";
    }

    // Pools.

    @Test
    void poolIsMadeStartedAndQuiet() {
        var playbook = pool(", autostart: true");
        assertThat(lab.apply(playbook)).isEmpty();
        assertThat(present()).satisfies(pool -> {
            assertThat(pool.active()).isTrue();
            assertThat(pool.autostart()).isTrue();
        });
        assertThat(lab.plan(playbook).isEmpty()).isTrue();
        assertThat(folder.resolve("pool")).isDirectory();
    }

    @Test
    void permissionsOfAFolderThatIsThereAreSet() throws Exception {
        Files.createDirectory(folder.resolve("pool"));
        Files.setPosixFilePermissions(folder.resolve("pool"), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(lab.apply(permissions("0750"))).isEmpty();
        assertThat(mode()).isEqualTo("rwxr-x---");
    }

    @Test
    void permissionsThatSomebodyChangedAreToldAndSetAgain() throws Exception {
        assertThat(lab.apply(permissions("0750"))).isEmpty();
        Files.setPosixFilePermissions(folder.resolve("pool"), PosixFilePermissions.fromString("rwx------"));
        virsh("pool-refresh", POOL);
        assertThat(paths(lab.plan(permissions("0750")))).contains("target/permissions/mode");
        assertThat(lab.apply(permissions("0750"))).isEmpty();
        assertThat(mode()).isEqualTo("rwxr-x---");
    }

    @Test
    void permissionsThatAreDeclaredOtherwiseAreSet() throws Exception {
        assertThat(lab.apply(permissions("0750"))).isEmpty();
        assertThat(paths(lab.plan(permissions("0711")))).containsOnly("target/permissions/mode");
        assertThat(lab.apply(permissions("0711"))).isEmpty();
        assertThat(mode()).isEqualTo("rwx--x--x");
    }

    @Test
    void redefinedPoolKeepsItsIdentityAndItsData() throws Exception {
        assertThat(lab.apply(pool(""))).isEmpty();
        var before = present();
        Files.writeString(folder.resolve("pool/data"), "precious");
        var elsewhere = pool("").replace("/pool}", "/elsewhere}");
        var plan = lab.plan(elsewhere);
        assertThat(paths(plan)).containsExactly("target/path");
        assertThat(plan.work().getFirst().cost()).isEqualTo(Cost.RESTART);
        assertThat(lab.apply(elsewhere)).isEmpty();
        assertThat(present().uuid()).isEqualTo(before.uuid());
        assertThat(folder.resolve("pool/data")).hasContent("precious");
        assertThat(folder.resolve("elsewhere")).isDirectory();
    }

    @Test
    void prunedPoolLeavesItsData() throws Exception {
        assertThat(lab.apply(pool(""))).isEmpty();
        Files.writeString(folder.resolve("pool/data"), "precious");
        assertThat(lab.apply("networks: []", StorageLab.PRUNE)).isEmpty();
        assertThat(lab.pool(POOL)).isEmpty();
        assertThat(folder.resolve("pool/data")).hasContent("precious");
    }

    @Test
    void poolThatSomebodyStoppedAndTookFromAutostartIsBroughtBack() throws Exception {
        var playbook = pool(", autostart: true");
        assertThat(lab.apply(playbook)).isEmpty();
        virsh("pool-destroy", POOL);
        virsh("pool-autostart", POOL, "--disable");
        assertThat(paths(lab.plan(playbook))).containsExactlyInAnyOrder("state", "autostart");
        assertThat(lab.apply(playbook)).isEmpty();
        assertThat(present().active()).isTrue();
    }

    @Test
    void poolOfSomebodyElseIsAdoptedOnlyWhenAsked() throws Exception {
        Files.createDirectory(folder.resolve("pool"));
        virsh("pool-define-as", POOL, "dir", "--target", folder.resolve("pool").toString());
        var uuid = present().uuid();
        assertThat(StorageLab.errors(lab.plan(pool("")))).hasSize(1);
        assertThat(lab.apply(pool(""), new PlanOptions(true, false, false, Set.of())))
                .isEmpty();
        assertThat(present().uuid()).isEqualTo(uuid);
        assertThat(lab.plan(pool("")).isEmpty()).isTrue();
        assertThat(StorageLab.errors(lab.plan(pool("")))).isEmpty();
    }

    @Test
    void protectedPoolStaysUntilItIsNoLonger() {
        assertThat(lab.apply(pool(", protect: true"))).isEmpty();
        assertThat(lab.plan(pool(", protect: true")).isEmpty()).isTrue();
        assertThat(lab.plan("networks: []", StorageLab.PRUNE).hasErrors()).isTrue();
        assertThat(lab.apply(pool(""))).isEmpty();
        assertThat(lab.plan("networks: []", StorageLab.PRUNE).hasErrors()).isFalse();
    }

    // Volumes.

    @Test
    void volumesAreMadeAfterWhatBacksThem() {
        var playbook = volumes(overlay("16 MiB"), base(), "name: data.raw, capacity: 1 MiB");
        assertThat(lab.apply(playbook)).isEmpty();
        assertThat(lab.plan(playbook).isEmpty()).isTrue();
        assertThat(capacity("top.qcow2")).isEqualTo(16 * MIB);
        assertThat(folder.resolve("pool/data.raw")).hasSize(MIB);
    }

    @Test
    void volumeGrowsInPlace() throws Exception {
        assertThat(lab.apply(volumes("name: data.raw, capacity: 1 MiB"))).isEmpty();
        Files.writeString(folder.resolve("pool/data.raw"), "precious");
        var larger = volumes("name: data.raw, capacity: 3 MiB");
        var plan = lab.plan(larger);
        assertThat(paths(plan)).containsExactly("capacity");
        assertThat(plan.work().getFirst().cost()).isEqualTo(Cost.LIVE);
        assertThat(lab.apply(larger)).isEmpty();
        assertThat(folder.resolve("pool/data.raw")).hasSize(3 * MIB);
        assertThat(Files.readString(folder.resolve("pool/data.raw"))).startsWith("precious");
    }

    @Test
    void volumeShrinksOnlyWithConsent() {
        assertThat(lab.apply(volumes("name: data.raw, capacity: 3 MiB"))).isEmpty();
        var smaller = volumes("name: data.raw, capacity: 1 MiB");
        assertThat(StorageLab.errors(lab.plan(smaller)))
                .singleElement()
                .asString()
                .contains("loses its data");
        assertThat(folder.resolve("pool/data.raw")).hasSize(3 * MIB);
        assertThat(lab.apply(smaller, StorageLab.DATA_LOSS)).isEmpty();
        assertThat(folder.resolve("pool/data.raw")).hasSize(MIB);
    }

    @Test
    void volumeOfAnotherFormatIsMadeAnewOnlyWithConsent() {
        assertThat(lab.apply(volumes("name: data, capacity: 3 MiB, format: raw")))
                .isEmpty();
        var other = volumes("name: data, capacity: 3 MiB, format: qcow2");
        assertThat(lab.plan(other).hasErrors()).isTrue();
        var plan = lab.plan(other, StorageLab.DATA_LOSS);
        assertThat(plan.work()).singleElement().satisfies(step -> assertThat(step.operation())
                .isEqualTo(Operation.REPLACE));
        assertThat(lab.apply(other, StorageLab.DATA_LOSS)).isEmpty();
    }

    @Test
    void sizeThatSomebodyChangedIsToldAndNeverShrunkBack() throws Exception {
        var playbook = volumes("name: data.raw, capacity: 1 MiB");
        assertThat(lab.apply(playbook)).isEmpty();
        virsh("vol-resize", "data.raw", "2M", "--pool", POOL);
        assertThat(paths(lab.plan(playbook))).containsExactly("capacity");
        assertThat(lab.plan(playbook).hasErrors()).isTrue();
        virsh("vol-resize", "data.raw", "512K", "--pool", POOL, "--shrink");
        assertThat(lab.apply(playbook)).isEmpty();
        assertThat(capacity("data.raw")).isEqualTo(MIB);
    }

    @Test
    void volumeThatSomebodyDeletedIsMadeAgain() throws Exception {
        var playbook = volumes("name: data.raw, capacity: 1 MiB");
        assertThat(lab.apply(playbook)).isEmpty();
        virsh("vol-delete", "data.raw", "--pool", POOL);
        assertThat(lab.plan(playbook).work()).singleElement().satisfies(step -> assertThat(step.operation())
                .isEqualTo(Operation.CREATE));
        assertThat(lab.apply(playbook)).isEmpty();
    }

    @Test
    void fileThatCameByOtherWaysIsNotWrittenOver() throws Exception {
        assertThat(lab.apply(pool(""))).isEmpty();
        Files.writeString(folder.resolve("pool/data.raw"), "precious");
        // libvirt has not looked yet, so that the plan cannot know.
        assertThat(lab.apply(volumes("name: data.raw, capacity: 1 MiB"))).isNotEmpty();
        assertThat(folder.resolve("pool/data.raw")).hasContent("precious");
    }

    @Test
    void backingFileIsNotDeletedUnderItsOverlay() {
        assertThat(lab.apply(volumes(base(), overlay("16 MiB")))).isEmpty();
        var without = volumes("name: base.qcow2, state: absent", overlay("16 MiB"));
        assertThat(StorageLab.errors(lab.plan(without, StorageLab.DATA_LOSS)))
                .singleElement()
                .asString()
                .contains("used by volume/" + POOL + "/top.qcow2 (backing file)");
        var both = volumes("name: base.qcow2, state: absent", "name: top.qcow2, state: absent");
        assertThat(lab.apply(both)).isNotEmpty();
        assertThat(lab.apply(both, StorageLab.DATA_LOSS)).isEmpty();
        assertThat(folder.resolve("pool")).isEmptyDirectory();
    }

    @Test
    void diskOfAGuestIsNotDeletedNorShrunk() throws Exception {
        assertThat(lab.apply(volumes("name: data.raw, capacity: 2 MiB"))).isEmpty();
        define("<source file='" + folder + "/pool/data.raw'/>");
        var gone = volumes("name: data.raw, state: absent");
        assertThat(StorageLab.errors(lab.plan(gone, StorageLab.DATA_LOSS)))
                .singleElement()
                .asString()
                .contains("used by vm/" + GUEST + " (disk vda)");
        virsh("undefine", GUEST);
        define("<source pool='" + POOL + "' volume='data.raw'/>");
        var smaller = volumes("name: data.raw, capacity: 1 MiB");
        assertThat(StorageLab.errors(lab.plan(smaller, StorageLab.DATA_LOSS)))
                .singleElement()
                .asString()
                .contains("used by vm/" + GUEST + " (disk vda)");
    }

    @Test
    void diskOfARunningGuestGrowsUnderIt() throws Exception {
        assertThat(lab.apply(volumes("name: data.qcow2, capacity: 2 MiB, format: qcow2")))
                .isEmpty();
        define("<source file='" + folder + "/pool/data.qcow2'/>");
        virsh("start", GUEST);
        var larger = volumes("name: data.qcow2, capacity: 4 MiB, format: qcow2");
        assertThat(lab.apply(larger)).isEmpty();
        assertThat(virsh("domblkinfo", GUEST, "vda")).containsPattern("Capacity: +" + 4 * MIB);
        assertThat(virsh("domstate", GUEST)).startsWith("running");
        assertThat(lab.plan(larger).isEmpty()).isTrue();
    }

    @Test
    void destroyKeepsDataUnlessItMayGo() {
        var playbook = volumes("name: data.raw, capacity: 1 MiB");
        assertThat(lab.apply(playbook)).isEmpty();
        assertThat(lab.apply(playbook, StorageLab.DESTROY)).isEmpty();
        assertThat(lab.pool(POOL)).isEmpty();
        assertThat(folder.resolve("pool/data.raw")).hasSize(MIB);
        assertThat(lab.apply(playbook)).isEmpty();
        assertThat(lab.apply(playbook, StorageLab.DESTROY_ALL)).isEmpty();
        assertThat(folder.resolve("pool/data.raw")).doesNotExist();
    }

    @Test
    void protectedVolumeStays() {
        var playbook = volumes("name: data.raw, capacity: 1 MiB, protect: true");
        assertThat(lab.apply(playbook)).isEmpty();
        assertThat(lab.plan(playbook).isEmpty()).isTrue();
        assertThat(lab.apply(playbook, StorageLab.DESTROY_ALL)).isNotEmpty();
        assertThat(folder.resolve("pool/data.raw")).hasSize(MIB);
    }

    private String permissions(String mode) {
        return """
                storage:
                  - {name: %s, type: dir, target: {path: %s/pool, permissions: {mode: "%s"}}}
                """.formatted(POOL, folder, mode);
    }

    private String mode() throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("pool")));
    }

    private Observed.Present present() {
        return lab.pool(POOL).orElseThrow();
    }

    private long capacity(String name) {
        return Long.parseLong(lab.volume(POOL + "/" + name)
                .orElseThrow()
                .defined()
                .childText("capacity")
                .orElseThrow());
    }

    private static List<String> paths(HostPlan plan) {
        return plan.work().stream()
                .flatMap(step -> step.changes().stream())
                .map(change -> change.path())
                .distinct()
                .toList();
    }

    private void define(String source) throws Exception {
        var type = source.contains("pool=") ? "volume" : "file";
        var format = source.contains("qcow2") ? "qcow2" : "raw";
        var file = Files.writeString(folder.resolve("guest.xml"), """
                <domain type='qemu'>
                  <name>%s</name>
                  <memory unit='MiB'>64</memory>
                  <os><type arch='x86_64' machine='pc'>hvm</type></os>
                  <devices>
                    <disk type='%s' device='disk'>
                      <driver name='qemu' type='%s'/>
                      %s
                      <target dev='vda' bus='virtio'/>
                    </disk>
                    <memballoon model='none'/>
                  </devices>
                </domain>""".formatted(GUEST, type, format, source));
        virsh("define", file.toString());
    }

    private static String virsh(String... arguments) throws Exception {
        var outcome = Labs.shared()
                .capture(Stream.concat(Stream.of("virsh"), Stream.of(arguments)).toList());
        assertThat(outcome.isSuccess()).as(outcome.explanation()).isTrue();
        return outcome instanceof ProcessResult.Ended ended ? ended.output() : "";
    }
}
