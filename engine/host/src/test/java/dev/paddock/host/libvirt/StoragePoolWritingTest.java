package dev.paddock.host.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StoragePoolWritingTest {
    @Test
    void thePackageOfAMissingBackendIsNamed() {
        assertThat(StoragePoolWriting.missingBackend("internal error: missing backend for pool type 3 (logical)"))
                .hasValueSatisfying(way -> assertThat(way)
                        .contains("pools of type logical", "install", "libvirt-daemon-driver-storage-logical"));
        assertThat(StoragePoolWriting.missingBackend("internal error: missing backend for pool type 12 (iscsi-direct)"))
                .hasValueSatisfying(way -> assertThat(way).contains("libvirt-daemon-driver-storage-iscsi-direct"));
        assertThat(StoragePoolWriting.missingBackend("pool 'a' already exists")).isEmpty();
    }
}
