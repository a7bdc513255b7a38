package dev.paddock.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.change.Change;
import dev.paddock.api.change.Cost;
import dev.paddock.api.host.Observed;
import dev.paddock.api.resource.DesiredResource;
import dev.paddock.api.resource.DesiredState;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoragePoolKindTest {
    private static final ResourceId ID = new ResourceId("storage", "p");
    private final StoragePoolKind kind = new StoragePoolKind();

    @Test
    void permissionsThatWereReadFromTheFolderAreNoDrift() {
        assertThat(kind.matters(change("target/permissions/mode", Change.Action.REMOVE), observed("dir", "7")))
                .isFalse();
        assertThat(kind.matters(change("target/permissions/mode", Change.Action.REMOVE), observed("dir", "0")))
                .isTrue();
    }

    @Test
    void permissionsThatAreDeclaredHaveToBeTheFoldersButNotTheMounts() {
        assertThat(kind.matters(change("target/permissions/mode", Change.Action.CHANGE), observed("dir", "7")))
                .isTrue();
        assertThat(kind.matters(change("target/permissions/mode", Change.Action.CHANGE), observed("netfs", "7")))
                .isFalse();
    }

    @Test
    void permissionsOfDevicesAreTheDefinitions() {
        assertThat(kind.matters(change("target/permissions/mode", Change.Action.REMOVE), observed("disk", "7")))
                .isTrue();
    }

    @Test
    void folderIsBuiltWherePermissionsAreDeclared() {
        assertThat(kind.create(desired("<permissions><mode>0700</mode></permissions>")))
                .extracting(action -> action.getClass().getSimpleName())
                .containsExactly("Define", "Build", "Start");
        assertThat(kind.create(desired("")))
                .extracting(action -> action.getClass().getSimpleName())
                .containsExactly("Define", "Start");
    }

    @Test
    void removingAnActivePoolStopsAndUndefinesIt() {
        assertThat(kind.delete(ID, observed("dir", "7"))).containsExactly(new Action.Stop(ID), new Action.Undefine(ID));
    }

    @Test
    void uuidComesBeforeTheOptionsOfAMount() {
        var pool = StorageDocumentFiles.of("<pool type='fs' xmlns:fs='" + NormalizedStoragePool.FS
                + "'><name>p</name><fs:mount_opts><fs:option name='ro'/></fs:mount_opts></pool>");
        assertThat(kind.identified(pool, "u").children().getFirst().is("uuid")).isTrue();
    }

    private static DesiredResource desired(String permissions) {
        return new DesiredResource(
                ID,
                StorageDocumentFiles.of(
                        "<pool type='dir'><name>p</name><target><path>/a</path>" + permissions + "</target></pool>"),
                DesiredState.ACTIVE,
                Optional.empty());
    }

    private static Change change(String path, Change.Action action) {
        return new Change(
                path, path, action, Optional.of("0711"), Optional.empty(), Change.Extent.DEFINED, Cost.RESTART, "");
    }

    private static Observed.Present observed(String type, String capacity) {
        var document = StorageDocumentFiles.of("<pool type='" + type + "'><name>p</name><capacity unit='bytes'>"
                + capacity + "</capacity><target><path>/a</path></target></pool>");
        return new Observed.Present("u", document, Optional.of(document), true, true, false);
    }
}
