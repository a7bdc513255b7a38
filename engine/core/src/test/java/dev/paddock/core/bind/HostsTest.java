package dev.paddock.core.bind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.core.resource.InventoryHost;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HostsTest {
    private static final String INVENTORY = """
            hosts:
              local: {uri: "qemu:///system"}
              web1: {uri: "qemu+ssh://root@web1/system", vars: {size: 1}}
              web2: qemu+ssh://root@web2/system
              db1: {uri: "qemu+tls://db1/system"}
            groups:
              web: {hosts: [web1, web2]}
              db: {hosts: db1}
              remote: {groups: [web, db], vars: {size: 2}}
            """;

    @TempDir
    private Path folder;

    private Playground playground = new Playground(Path.of("."));

    @BeforeEach
    void makePlayground() {
        playground = new Playground(folder);
    }

    private String boundHosts(BindResult bound) {
        assertThat(playground.told(bound)).isEmpty();
        return String.join(" ", bound.hosts().stream().map(InventoryHost::name).toList());
    }

    @Test
    void withoutAnInventoryThereIsThisMachine() {
        assertThat(playground.bind("boxes: [{name: b}]").hosts())
                .containsExactly(new InventoryHost("local", "qemu:///system"));
    }

    @Test
    void connectReplacesTheUriOfThisMachineOnly() {
        playground.inventory(INVENTORY).connect("test:///default");

        assertThat(playground
                        .bind("- {hosts: [local, web2], boxes: [{name: b}]}")
                        .hosts())
                .containsExactly(
                        new InventoryHost("local", "test:///default"),
                        new InventoryHost("web2", "qemu+ssh://root@web2/system"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "web1 | web1",
                "web | web1 web2",
                "remote | web1 web2 db1",
                "all | local web1 web2 db1",
                "[web2, db] | web2 db1",
                "'web2, db' | web2 db1",
                "'web*' | web1 web2",
                "\"*1,!db1\" | web1",
                "'remote,!web' | db1",
                "['!web'] | local db1",
                "local | local",
            })
    void patternsNameHosts(String pattern, String hosts) {
        playground.inventory(INVENTORY);

        assertThat(boundHosts(playground.bind("- hosts: " + pattern + "\n  boxes: [{name: b}]\n")))
                .isEqualTo(hosts);
    }

    @Test
    void limitLeavesSomeOfTheHosts() {
        playground.inventory(INVENTORY).limit("db,web1,local");

        assertThat(boundHosts(playground.bind("- hosts: remote\n  boxes: [{name: b}]\n")))
                .isEqualTo("web1 db1");
    }

    @Test
    void aLimitThatLeavesNothingIsAMistake() {
        playground.inventory(INVENTORY).limit("db");

        assertThat(playground.mistakes("- hosts: web\n  boxes: [{name: b}]\n"))
                .singleElement()
                .asString()
                .startsWith("NOTHING_SELECTED No play applies to a host that --limit leaves.");
    }

    @Test
    void unknownHostsAreToldWithTheNearest() {
        playground.inventory(INVENTORY).limit("wbe");

        assertThat(playground.mistakes("- hosts: remtoe\n  boxes: [{name: b}]\n"))
                .containsExactly(
                        "UNKNOWN_HOST There is no host or group 'wbe', which --limit names. | There are: db, db1, local,"
                                + " remote, web, web1, web2.",
                        "UNKNOWN_HOST play.yaml:1:10 There is no host or group 'remtoe'; did you mean 'remote'? | Write"
                                + " 'remote'.");
    }

    @Test
    void eachHostHasItsOwnVariables() {
        playground.inventory(INVENTORY);

        assertThat(playground.documents(playground.bind("- {hosts: web, boxes: [{name: b, size: \"${size}\"}]}")))
                .containsExactly("<box><name>b</name><size>1</size></box>", "<box><name>b</name><size>2</size></box>");
    }

    @Test
    void theSameNameOnTwoHostsIsNoDuplicateButOnTwoNamesOfOneHostItIs() {
        playground.inventory(INVENTORY);
        assertThat(playground.resources(playground.bind("- {hosts: web, boxes: [{name: b}]}")))
                .containsExactly("box/b@web1", "box/b@web2");

        playground.inventory("hosts: {a: {uri: 'test:///x'}, b: {uri: 'test:///x'}}");
        assertThat(playground.mistakes("- {hosts: a, boxes: [{name: b}]}\n- {hosts: b, boxes: [{name: b}]}\n"))
                .singleElement()
                .asString()
                .startsWith("DUPLICATE_RESOURCE play.yaml:2:22 ");
    }

    @Test
    void mistakesInAnInventoryAreToldAtOnce() {
        playground.inventory("""
                hosts:
                  web1: {url: "qemu:///system"}
                  web2: {uri: "not a uri"}
                  "a b": {uri: "qemu:///system"}
                groups:
                  web: {hosts: [web3], groups: [wbe]}
                  a: {groups: [b]}
                  b: {groups: [a]}
                  web1: {hosts: []}
                gruops: {}
                """);

        assertThat(playground.mistakes("- {hosts: web2, boxes: [{name: b}]}"))
                .extracting(text -> text.split(" ", 3)[0] + " " + text.split(" ", 3)[1])
                .containsExactlyInAnyOrder(
                        "UNKNOWN_KEY hosts.yaml:10:1",
                        "UNKNOWN_KEY hosts.yaml:2:10",
                        "MISSING_KEY hosts.yaml:2:3",
                        "BAD_VALUE hosts.yaml:3:15",
                        "BAD_VALUE hosts.yaml:4:3",
                        "UNKNOWN_HOST hosts.yaml:6:17",
                        "UNKNOWN_HOST hosts.yaml:6:33",
                        "BAD_VALUE hosts.yaml:7:3",
                        "BAD_VALUE hosts.yaml:8:3",
                        "CONFLICTING_KEYS hosts.yaml:9:3");
    }
}
