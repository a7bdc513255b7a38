package dev.paddock.host.libvirt.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StoragePoolWriterTest {
    @Test
    void thePackageOfAMissingBackendIsNamed() {
        assertThat(StoragePoolWriter.missingBackend("internal error: missing backend for pool type 3 (logical)"))
                .hasValueSatisfying(way -> assertThat(way)
                        .contains("pools of type logical", "install", "libvirt-daemon-driver-storage-logical"));
        assertThat(StoragePoolWriter.missingBackend("internal error: missing backend for pool type 12 (iscsi-direct)"))
                .hasValueSatisfying(way -> assertThat(way).contains("libvirt-daemon-driver-storage-iscsi-direct"));
        assertThat(StoragePoolWriter.missingBackend("pool 'a' already exists")).isEmpty();
    }
}
