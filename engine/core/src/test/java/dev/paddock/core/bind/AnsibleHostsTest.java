package dev.paddock.core.bind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.core.resource.InventoryHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Playbooks with inventories of Ansible: which hosts, which URIs, and what is wrong where. */
final class AnsibleHostsTest {
    private static final String PLAY = "- {hosts: all, boxes: [{name: b, size: \"${size!0}\"}]}\n";

    /** Made by {@code ansible-vault encrypt_string}: the text 'prod-inline', and the label prod. */
    private static final Path VAULT = Path.of("src", "test", "resources", "inventories", "vault", "hosts.yml");

    @TempDir
    private Path folder;

    private Playground playground = new Playground(Path.of("."));

    @BeforeEach
    void makePlayground() {
        playground = new Playground(folder);
    }

    private List<String> uris(String inventory) {
        playground.file("hosts", inventory).sources("hosts");
        return playground.bind(PLAY).hosts().stream().map(InventoryHost::uri).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "h1 | qemu+ssh://h1/system",
                "h1:2222 | qemu+ssh://h1:2222/system",
                "h1 ansible_host=10.0.0.1 ansible_user=root | qemu+ssh://root@10.0.0.1/system",
                "h1 ansible_host=2001:db8::1 ansible_port=22 | qemu+ssh://[2001:db8::1]:22/system",
                "h1 ansible_ssh_private_key_file=\"/a b\" | qemu+ssh://h1/system?keyfile=%2Fa%20b",
                "h1 ansible_user=a@b | qemu+ssh://a%40b@h1/system",
                "h1 ansible_connection=local | qemu:///system",
                "h1 libvirt_uri=test:///default | test:///default",
            })
    void theConnectionBecomesAUri(String line, String uri) {
        assertThat(uris(line + "\n")).containsExactly(uri);
    }

    @Test
    void variablesOfTheInventoryAreThoseOfThePlays() {
        playground
                .file("hosts", "[web]\nh1 size=1\nh2\n[web:vars]\nsize=2\n")
                .file("group_vars/web.yml", "size: 3\n")
                .sources("hosts");

        assertThat(playground.documents(playground.bind(PLAY)))
                .containsExactly("<box><name>b</name><size>1</size></box>", "<box><name>b</name><size>3</size></box>");
    }

    @Test
    void thisMachineNeedsNoEntry() {
        playground.sources("h1,");

        assertThat(playground.bind("- {hosts: localhost, boxes: [{name: b}]}").hosts())
                .containsExactly(new InventoryHost("localhost", "qemu:///system"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hosts | [web]\\nh1 x | INVENTORY_UNREADABLE hosts:2:4 After the name of a host",
                "hosts | [web]\\nh1 a='b | INVENTORY_UNREADABLE hosts:2:6 The line cannot be split",
                "hosts | [a b]\\nh1 | INVENTORY_UNREADABLE hosts:1:1 This is no section",
                "hosts | [web:hots]\\nh1 | INVENTORY_UNREADABLE hosts:1:6 A section is of hosts",
                "hosts | [web:vars]\\na=1 | INVENTORY_UNREADABLE hosts:1:1 The group 'web' is not declared",
                "hosts | [web:children]\\ndb | INVENTORY_UNREADABLE hosts:2:1 The group 'db' is not declared",
                "hosts | [a:children]\\nb\\n[b:children]\\na | INVENTORY_UNREADABLE hosts:1:1 The group 'a' contains",
                "hosts | [web:vars]\\na\\n[web] | INVENTORY_UNREADABLE hosts:2:1 A section of vars",
                "hosts | h[3:1] | INVENTORY_UNREADABLE hosts:1:1 This names no hosts: a range begins",
                "hosts | h[01:100] | INVENTORY_UNREADABLE hosts:1:1 This names no hosts: with a leading 0",
                "hosts | #!/bin/sh | INVENTORY_UNSUPPORTED hosts:1:1 The inventory",
                "h.yml | all: {hosts: [h1]} | INVENTORY_UNREADABLE h.yml:1:14 The hosts of a group are a mapping",
                "h.yml | all: {host: {h1: }} | INVENTORY_UNREADABLE h.yml:1:7 The group 'all' has a key",
                "h.yml | all: 1 | INVENTORY_UNREADABLE h.yml:1:6 The group 'all' is a mapping",
                "h.yml | plugin: x | INVENTORY_UNSUPPORTED h.yml:1:1 The inventory",
                "h.yml | all: {hosts: {h1: {a: 1, a: 2}}} | YAML_DUPLICATE_KEY h.yml:1:26 The key 'a'",
            })
    void whatAnsibleOnlyWarnsOfIsAnErrorWithItsPlace(String file, String text, String error) {
        playground.file(file, text.replace("\\n", "\n") + "\n").sources(file);

        assertThat(playground.mistakes(PLAY))
                .anySatisfy(told -> assertThat(told).startsWith(error));
    }

    @Test
    void anUnknownTemplateIsAnErrorOnlyWhereItIsUsed() {
        playground.file("hosts", "h1 size=\"{{ x | int }}\"\n").sources("hosts");

        assertThat(playground.mistakes("- {hosts: all, boxes: [{name: b}]}")).isEmpty();
        assertThat(playground.mistakes(PLAY)).singleElement().asString().startsWith("TEMPLATE_UNSUPPORTED hosts:1:9 ");
    }

    @Test
    void aVaultedValueIsASecretAndNeedsAPasswordOnlyWhereItIsUsed() throws Exception {
        playground.file("hosts.yml", Files.readString(VAULT)).sources("hosts.yml");
        var play = "- {hosts: h1, boxes: [{name: \"${inline}\"}]}\n";

        assertThat(playground.mistakes("- {hosts: all, boxes: [{name: b}]}")).isEmpty();
        assertThat(playground.mistakes(play))
                .singleElement()
                .asString()
                .startsWith("VAULT_LOCKED hosts.yml:5:15 The vault of the id 'prod' cannot be opened: no password");

        playground.vaultPassword("default", "another");
        assertThat(playground.mistakes(play)).singleElement().asString().contains("none of the passwords given fits");

        playground.vaultPassword("default", "prodüction secret");
        var bound = playground.bind(play);
        assertThat(playground.documents(bound)).containsExactly("<box><name>prod-inline</name></box>");
        assertThat(bound.secrets()).containsExactly("prod-inline");
    }

    @Test
    void aVaultedValueWorksInAPlaybookToo() throws Exception {
        var sealed = Files.readString(VAULT).lines().skip(5).takeWhile(line -> line.startsWith("          "));
        playground.vaultPassword("prod", "prodüction secret");

        assertThat(playground.document("- vars:\n    v: !vault |\n" + String.join("\n", sealed.toList())
                        + "\n  boxes: [{name: \"${v}\"}]\n"))
                .isEqualTo("<box><name>prod-inline</name></box>");
    }

    @Test
    void aDamagedVaultIsAnError() {
        playground.file("hosts.yml", """
                all:
                  hosts:
                    h1:
                      size: !vault |
                        $ANSIBLE_VAULT;1.1;AES256
                        6162
                """).sources("hosts.yml");

        assertThat(playground.mistakes(PLAY))
                .singleElement()
                .asString()
                .startsWith("VAULT_DAMAGED hosts.yml:4:13 The encrypted text cannot be read: it is cut off");
    }

    @Test
    void hostsAreChangedInTheBatchesOfTheirPlays() {
        playground.sources("h1,h2,h3,h4,h5,h6");

        var rollout = playground.bind("""
                - {hosts: all, boxes: [{name: a}]}
                - {hosts: '*,!h6', serial: [1, 50%], max_failures: 2, boxes: [{name: b}]}
                """).rollout();

        assertThat(rollout.batches())
                .map(batch -> batch.hosts().stream().map(InventoryHost::name).toList())
                .containsExactly(List.of("h6"), List.of("h1"), List.of("h2", "h3"), List.of("h4", "h5"));
        assertThat(rollout.maxFailures()).hasValue(2);
        assertThat(playground.mistakes("- {hosts: all, serial: 0, max_failures: x, boxes: [{name: a}]}\n"))
                .containsExactly(
                        "BAD_VALUE play.yaml:1:24 '0' is no number of hosts. | Write a number from 1, a percentage such"
                                + " as 30%, or a list of them, such as [1, 5, 100%].",
                        "BAD_VALUE play.yaml:1:41 'x' is no number of hosts. | Write how many hosts may fail before no"
                                + " other is begun, from 0.");
    }
}
