package dev.paddock.bench;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Networks in the words of each of those that are compared. They are defined and not started: the floors do no more.
 *
 * @param start what all the names start with
 * @param first the number of the first; no two sets on one host may overlap
 */
record Networks(String start, int first, int count) {
    private static final int OCTET = 250;

    /** One of them. The bridge is named as libvirt itself finds names for 256 bridges and no more. */
    private record One(String name, String bridge, String prefix) {}

    private List<One> all() {
        return IntStream.range(first, first + count)
                .mapToObj(i -> new One(start + i, "pdb" + i, "10.%d.%d".formatted(i / OCTET, i % OCTET)))
                .toList();
    }

    String playbook() {
        return all().stream()
                .map(one -> """
                            - name: %1$s
                              state: inactive
                              forward: {mode: nat}
                              bridge: {name: %2$s}
                              address: %3$s.1/24
                              dhcp: %3$s.10-%3$s.254
                        """.formatted(one.name(), one.bridge(), one.prefix()))
                .collect(Collectors.joining("", "- name: Benchmark\n  hosts: local\n  networks:\n", ""));
    }

    String ansiblePlaybook(String uri) {
        return all().stream()
                .map(one -> "        - name: %s\n          xml: \"%s\"\n"
                        .formatted(one.name(), document(one).replace("\n", " ")))
                .collect(Collectors.joining("", """
                        - hosts: localhost
                          connection: local
                          gather_facts: false
                          tasks:
                            - community.libvirt.virt_net:
                                command: define
                                name: "{{ item.name }}"
                                xml: "{{ item.xml }}"
                                uri: "%s"
                              loop:
                        """.formatted(uri), ""));
    }

    List<String> documents() {
        return all().stream().map(Networks::document).toList();
    }

    /** Return the documents as libvirt gives them back, with paddock's mark. */
    List<String> observed() {
        return all().stream()
                .map(one -> document(one)
                        .replace("</name>", """
                                </name>
                                  <uuid>00000000-0000-4000-8000-000000000000</uuid>
                                  <metadata>
                                    <paddock:resource xmlns:paddock='https://paddock.dev/xmlns/libvirt/1' project='default'>
                                      <paddock:declared path='bridge/@name'/>
                                    </paddock:resource>
                                  </metadata>""")
                        .replace("'/>\n  <ip ", "' stp='on' delay='0'/>\n  <mac address='52:54:00:00:00:01'/>\n  <ip "))
                .toList();
    }

    private static String document(One one) {
        return """
                <network>
                  <name>%1$s</name>
                  <forward mode='nat'/>
                  <bridge name='%2$s'/>
                  <ip address='%3$s.1' netmask='255.255.255.0'>
                    <dhcp>
                      <range start='%3$s.10' end='%3$s.254'/>
                    </dhcp>
                  </ip>
                </network>
                """.formatted(one.name(), one.bridge(), one.prefix());
    }
}
