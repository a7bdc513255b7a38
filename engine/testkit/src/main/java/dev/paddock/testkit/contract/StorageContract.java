package dev.paddock.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.HostWriter;
import dev.paddock.api.host.Observed;
import dev.paddock.api.host.VolumeUsage;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every host with storage pools has to keep, in a folder of its own. All its pools start with {@code contract}. */
@SuppressWarnings("NullAway.Init") // The connections are opened before each test.
public abstract class StorageContract {
    private static final String POOL = "contract-pool";
    private static final String UUID = "7c3f0b9e-0000-5000-8000-000000000011";
    private static final String OTHER_UUID = "7c3f0b9e-0000-5000-8000-000000000012";
    private static final long MIB = 1 << 20;

    private HostReader reader;
    private HostWriter writer;

    protected abstract HostConnector connector();

    protected abstract String uri();

    /** Return a folder in which there is nothing. */
    protected abstract String folder();

    @BeforeEach
    final void open() {
        writer = connector().writer(uri());
        reader = connector().reader(uri());
        removeAll();
    }

    @AfterEach
    final void close() {
        removeAll();
        writer.close();
        reader.close();
    }

    private void removeAll() {
        reader.read("storage", Optional.empty()).keySet().stream()
                .filter(name -> name.startsWith("contract"))
                .forEach(name -> {
                    writer.perform(new Action.Stop(pool(name)));
                    writer.perform(new Action.Undefine(pool(name)));
                });
    }

    @Test
    void definedPoolIsInactiveAndAsDeclared() {
        define("0750");
        var pool = present();
        assertThat(pool.active()).isFalse();
        assertThat(pool.persistent()).isTrue();
        assertThat(pool.autostart()).isFalse();
        assertThat(pool.live()).isEmpty();
        assertThat(pool.uuid()).isEqualTo(UUID);
        assertThat(pool.defined().childText("capacity")).contains("0");
        assertThat(mode(pool.defined())).contains("0750");
    }

    @Test
    void pathIsWrittenBackWithoutNeedlessSlashes() {
        perform(new Action.Define(pool(POOL), xml(UUID, "//" + folder() + "///pool/", "")));
        assertThat(present().defined().child("target").orElseThrow().childText("path"))
                .contains(folder() + "/pool");
    }

    @Test
    void poolOfAMissingFolderIsStartedAndMeasured() {
        define("0750");
        perform(new Action.Start(pool(POOL)));
        perform(new Action.Start(pool(POOL)));
        var pool = present();
        assertThat(pool.active()).isTrue();
        assertThat(pool.live()).isPresent();
        assertThat(pool.defined().childText("capacity").orElseThrow()).isNotEqualTo("0");
        assertThat(mode(pool.defined())).contains("0750");
    }

    @Test
    void permissionsComeFromTheFolderUntilItIsBuiltAnew() {
        define("0750");
        perform(new Action.Start(pool(POOL)));
        define("0711");
        assertThat(mode(present().defined())).contains("0711");
        assertThat(mode(present().live().orElseThrow())).contains("0750");
        perform(new Action.Stop(pool(POOL)));
        perform(new Action.Build(pool(POOL)));
        perform(new Action.Start(pool(POOL)));
        assertThat(mode(present().live().orElseThrow())).contains("0711");
    }

    @Test
    void definitionOfAnActivePoolWaitsForItsNextStart() {
        define("0750");
        perform(new Action.Start(pool(POOL)));
        perform(new Action.Define(pool(POOL), xml(UUID, folder() + "/elsewhere", "")));
        assertThat(present().live().orElseThrow().child("target").orElseThrow().childText("path"))
                .contains(folder() + "/pool");
        perform(new Action.Stop(pool(POOL)));
        perform(new Action.Start(pool(POOL)));
        assertThat(present().live().orElseThrow().child("target").orElseThrow().childText("path"))
                .contains(folder() + "/elsewhere");
    }

    @Test
    void autostartIsSetAndTakenBack() {
        define("0750");
        perform(new Action.SetAutostart(pool(POOL), true));
        assertThat(present().autostart()).isTrue();
        perform(new Action.SetAutostart(pool(POOL), false));
        assertThat(present().autostart()).isFalse();
    }

    @Test
    void activePoolIsNotUndefined() {
        define("0750");
        perform(new Action.Start(pool(POOL)));
        assertRefused(55, new Action.Undefine(pool(POOL)));
        perform(new Action.Stop(pool(POOL)));
        perform(new Action.Stop(pool(POOL)));
        perform(new Action.Undefine(pool(POOL)));
        perform(new Action.Undefine(pool(POOL)));
        assertThat(reader.read("storage", Optional.of(Set.of(POOL)))).containsValue(new Observed.Absent());
    }

    @Test
    void poolOfTheSameNameOrTargetIsAConflict() {
        define("0750");
        assertRefused(9, new Action.Define(pool(POOL), xml(OTHER_UUID, folder() + "/other", "")));
        assertRefused(
                9,
                new Action.Define(
                        pool("contract-other"),
                        xml(OTHER_UUID, folder() + "/pool", "").replace(POOL, "contract-other")));
    }

    @Test
    void startingWhatIsNotThereIsRefused() {
        assertRefused(49, new Action.Start(pool(POOL)));
    }

    @Test
    void volumesOfAPoolThatIsNotActiveAreNotKnown() {
        running();
        volume("data", "raw", 1, "");
        perform(new Action.Stop(pool(POOL)));
        assertThat(reader.read("volume", Optional.of(Set.of(POOL + "/data")))).containsValue(new Observed.Absent());
        assertRefused(55, define("data", "raw", 1, ""));
        perform(new Action.Start(pool(POOL)));
        assertThat(capacity("data")).isEqualTo(MIB);
    }

    @Test
    void volumeOfNoPoolIsRefused() {
        assertRefused(49, define("data", "raw", 1, ""));
    }

    @Test
    void volumeIsWrittenBackWithItsPlace() {
        running();
        volume("data", "raw", 1, "");
        var volume = present("volume", POOL + "/data");
        assertThat(volume.defined().childText("name")).contains("data");
        assertThat(volume.defined().attribute("type")).contains("file");
        assertThat(volume.defined().child("target").orElseThrow().childText("path"))
                .contains(folder() + "/pool/data");
        assertThat(volume.live()).isEmpty();
    }

    @Test
    void volumeThatIsThereIsNotWrittenOver() {
        running();
        volume("data", "raw", 1, "");
        volume("data", "raw", 5, "");
        assertThat(capacity("data")).isEqualTo(MIB);
    }

    @Test
    void volumeShrinksOnlyWhenTold() {
        running();
        volume("data", "raw", 1, "");
        var id = new ResourceId("volume", POOL + "/data");
        perform(new Action.Resize(id, 3 * MIB, false));
        assertThat(capacity("data")).isEqualTo(3 * MIB);
        assertRefused(8, new Action.Resize(id, MIB, false));
        perform(new Action.Resize(id, MIB, true));
        assertThat(capacity("data")).isEqualTo(MIB);
    }

    @Test
    void resizingWhatIsNotThereIsRefused() {
        running();
        assertRefused(50, new Action.Resize(new ResourceId("volume", POOL + "/data"), MIB, false));
    }

    @Test
    void deletingAVolumeTwiceIsNoFailure() {
        running();
        volume("data", "raw", 1, "");
        perform(new Action.Undefine(new ResourceId("volume", POOL + "/data")));
        perform(new Action.Undefine(new ResourceId("volume", POOL + "/data")));
        assertThat(reader.read("volume", Optional.empty())).doesNotContainKey(POOL + "/data");
    }

    @Test
    void backingFileIsUsedByItsOverlay() {
        running();
        volume("base", "qcow2", 1, "");
        volume(
                "top",
                "qcow2",
                2,
                "<backingStore><path>" + folder() + "/pool/base</path><format type='qcow2'/></backingStore>");
        assertThat(reader.users(new ResourceId("volume", POOL + "/base")))
                .containsExactly(new VolumeUsage(new ResourceId("volume", POOL + "/top"), "backing file"));
        assertThat(reader.users(new ResourceId("volume", POOL + "/top"))).isEmpty();
        assertThat(reader.users(new ResourceId("volume", POOL + "/none"))).isEmpty();
        perform(new Action.Undefine(new ResourceId("volume", POOL + "/top")));
        perform(new Action.Undefine(new ResourceId("volume", POOL + "/base")));
    }

    @Test
    void volumesOutliveTheirPool() {
        running();
        volume("data", "raw", 1, "");
        perform(new Action.Stop(pool(POOL)));
        perform(new Action.Undefine(pool(POOL)));
        running();
        assertThat(capacity("data")).isEqualTo(MIB);
    }

    private void define(String mode) {
        perform(new Action.Define(
                pool(POOL), xml(UUID, folder() + "/pool", "<permissions><mode>" + mode + "</mode></permissions>")));
    }

    private void running() {
        define("0750");
        perform(new Action.Start(pool(POOL)));
    }

    private static String xml(String uuid, String path, String permissions) {
        return "<pool type='dir'><name>" + POOL + "</name><uuid>" + uuid + "</uuid><target><path>" + path + "</path>"
                + permissions + "</target></pool>";
    }

    private void volume(String name, String format, int mebibytes, String more) {
        perform(define(name, format, mebibytes, more));
    }

    private static Action define(String name, String format, int mebibytes, String more) {
        return new Action.Define(
                new ResourceId("volume", POOL + "/" + name),
                "<volume><name>" + name + "</name><capacity>" + mebibytes * MIB
                        + "</capacity><allocation>0</allocation><target><format type='" + format + "'/></target>"
                        + more + "</volume>");
    }

    private long capacity(String name) {
        return Long.parseLong(present("volume", POOL + "/" + name)
                .defined()
                .childText("capacity")
                .orElseThrow());
    }

    private static Optional<String> mode(dev.paddock.api.xml.Element pool) {
        return pool.child("target")
                .flatMap(target -> target.child("permissions"))
                .flatMap(permissions -> permissions.childText("mode"));
    }

    private void perform(Action action) {
        writer.perform(action);
    }

    private void assertRefused(int code, Action action) {
        assertThatThrownBy(() -> perform(action))
                .isInstanceOfSatisfying(HostException.class, failure -> assertThat(failure.code())
                        .as(failure.reason())
                        .isEqualTo(code));
    }

    private Observed.Present present() {
        return present("storage", POOL);
    }

    private Observed.Present present(String kind, String name) {
        var observed = reader.read(kind, Optional.of(Set.of(name))).get(name);
        assertThat(observed).isInstanceOf(Observed.Present.class);
        return (Observed.Present) java.util.Objects.requireNonNull(observed);
    }

    private static ResourceId pool(String name) {
        return new ResourceId("storage", name);
    }
}
