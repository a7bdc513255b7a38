package dev.paddock.bench;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Guests in the words of a playbook. They have nothing to boot: how long a guest takes for that is its own affair.
 *
 * @param start what all the names start with
 */
record Guests(String start, int count) {
    String playbook(String state) {
        return IntStream.range(0, count)
                .mapToObj(i -> "    - {name: %s%d, template: bare, state: %s}\n".formatted(start, i, state))
                .collect(Collectors.joining("", """
                        - name: Benchmark
                          hosts: local
                          templates:
                            - name: bare
                              type: qemu
                              memory: 32 MiB
                              channels: [{name: org.qemu.guest_agent.0}]
                          vms:
                        """, ""));
    }
}
