package dev.paddock.cli.pool;

/**
 * A systemd unit that runs the pool server.
 *
 * <p>It sets no option that creates a mount namespace, such as {@code ProtectHome}: QEMU has to see the workspaces that
 * the pool server mounts.
 */
final class SystemdUnit {
    private SystemdUnit() {}

    static String text(String program) {
        return """
                [Unit]
                Description=Pools of virtual machines, kept by Paddock
                After=libvirtd.service virtqemud.service
                Wants=libvirtd.service

                [Service]
                Type=notify
                ExecStart=%s serve
                Restart=on-failure
                RestartSec=1
                TimeoutStartSec=120
                TimeoutStopSec=90
                WatchdogSec=60
                NoNewPrivileges=yes
                RestrictRealtime=yes
                LockPersonality=yes

                [Install]
                WantedBy=multi-user.target
                """.formatted(program);
    }
}
