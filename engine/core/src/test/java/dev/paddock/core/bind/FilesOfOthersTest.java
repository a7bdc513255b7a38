package dev.paddock.core.bind;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a playbook or an inventory of somebody else may not do without consent. */
@Timeout(60)
class FilesOfOthersTest {
    /** Every key that names a file whose content a plan or an error shows. */
    private static final List<String> KEYS = List.of(
            "- {vars_files: [FILE], boxes: []}",
            "- {boxes: [{name: a, xml: {file: FILE}}]}",
            "- {boxes: [{xml: FILE}]}",
            "- {boxes: [{name: a, template: FILE}]}");

    @TempDir
    Path base;

    private Path folder;
    private Playground playground;

    @BeforeEach
    void files() throws IOException {
        folder = Files.createDirectories(base.resolve("playbook"));
        Files.createDirectories(base.resolve("mine"));
        for (var at : List.of(base.resolve("mine"), folder)) {
            Files.writeString(at.resolve("file"), "content-of-it");
        }
        Files.createSymbolicLink(folder.resolve("link"), base.resolve("mine/file"));
        Files.createSymbolicLink(folder.resolve("folder"), base.resolve("mine"));
        Files.createSymbolicLink(folder.resolve("harmless"), Path.of("file"));
        playground = new Playground(folder);
    }

    @Test
    void filesOutsideTheFolderOfThePlaybookAreNotRead() {
        for (var key : KEYS) {
            for (var file : List.of(
                    base + "/mine/file",
                    "../mine/file",
                    "./sub/../../mine/file",
                    "link",
                    "folder/file",
                    "../mine/missing",
                    "/proc/self/environ")) {
                assertThat(playground.mistakes(key.replace("FILE", file)))
                        .as(key + " " + file)
                        .singleElement()
                        .asString()
                        .startsWith("FILE_OUTSIDE play.yaml:1:")
                        .doesNotContain("content-of-it");
            }
            for (var file : List.of("file", "harmless", "../playbook/file", folder + "/file")) {
                assertThat(playground.mistakes(key.replace("FILE", file)))
                        .as(key + " " + file)
                        .noneMatch(text -> text.startsWith("FILE_OUTSIDE"));
            }
        }
    }

    @Test
    void fragmentsMayBeBesideTheFolderOfThePlaybookAndNameFilesBesideThem() throws IOException {
        Files.writeString(base.resolve("mine/box.xml"), "<box><name>a</name></box>");
        Files.writeString(base.resolve("mine/out.yaml"), "boxes: [{xml: {file: ../box.xml}}]");
        Files.writeString(base.resolve("mine/good.yaml"), "boxes: [{xml: {file: box.xml}}]");
        assertThat(playground.mistakes("- {include: ../mine/good.yaml}")).isEmpty();
        for (var file : List.of("../mine/out.yaml", "/proc/self/environ", "../../any.yaml")) {
            assertThat(playground.mistakes("- {include: " + file + "}"))
                    .as(file)
                    .singleElement()
                    .asString()
                    .startsWith("FILE_OUTSIDE");
        }
    }

    @Test
    void anOverridingTemplateIsNoWayOut() throws IOException {
        Files.writeString(base.resolve("mine/box.xml.ftlx"), "<box>content-of-it</box>");
        Files.createSymbolicLink(folder.resolve("templates"), base.resolve("mine"));
        var told = playground.mistakes("- {boxes: [{name: a}]}");
        assertThat(told).anyMatch(text -> text.startsWith("FILE_OUTSIDE")).noneMatch(text -> text.contains("content"));
    }

    @Test
    void anOptionAllowsAFolder() {
        playground.consent(new BindRequest.Consent(List.of(base.resolve("mine")), false));
        for (var file : List.of(base + "/mine/file", "../mine/file", "link", "folder/file")) {
            assertThat(playground.mistakes("- {boxes: [{name: a, xml: {file: " + file + "}}]}"))
                    .as(file)
                    .noneMatch(text -> text.startsWith("FILE_OUTSIDE"));
        }
    }

    @Test
    void pipesAndDevicesAreNotOpened() throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();
        playground.consent(new BindRequest.Consent(List.of(Path.of("/dev")), false));
        for (var key : KEYS) {
            for (var file : List.of("pipe", "/dev/zero", "/dev/tty")) {
                assertThat(playground.mistakes(key.replace("FILE", file)))
                        .as(key + " " + file)
                        .singleElement()
                        .asString()
                        .startsWith("FILE_UNREADABLE play.yaml:1:")
                        .contains("is a pipe, a socket or a device");
            }
        }
    }

    @Test
    void urisThatStartProgramsNeedConsent() {
        var harmful = List.of(
                "qemu+ext://h/system",
                "qemu+EXT://h/system",
                "qemu+new://h/system",
                "qemu+ssh://h/system?command=/bin/true",
                "qemu+ssh://h/system?no_tty=1&Command=/bin/true",
                "qemu+ssh://h/system?no_tty=1;command=/bin/true",
                "qemu+ssh://h/system?c%6fmmand=/bin/true",
                "qemu+ssh://h/system?netcat=/bin/true",
                "qemu+ssh://-oX=y/system",
                "qemu:///embed?root=/tmp/r",
                "qemu:////embed",
                "qemu+unix:///system?name=qemu:///session",
                "qemu:///system?unheard=1");
        for (var uri : harmful) {
            assertThat(ofHost(uri)).as(uri).singleElement().asString().startsWith("URI_STARTS_PROGRAM hosts.yaml:1:");
        }
        for (var uri : List.of(
                "qemu:///system",
                "qemu+ssh://root@h:22/system?keyfile=/k&no_tty=1",
                "qemu+libssh2://h/system?known_hosts=/k",
                "qemu+unix:///system?socket=/run/s",
                "test:///default",
                "qemu+tls://h/session?no_verify=1",
                "esx://h/?vcenter=v&no_verify=1")) {
            assertThat(ofHost(uri)).as(uri).isEmpty();
        }
        playground.consent(new BindRequest.Consent(List.of(), true));
        assertThat(ofHost("qemu+ext://h/system?command=/bin/true")).isEmpty();
    }

    private List<String> ofHost(String uri) {
        return playground.inventory("hosts: {h: '" + uri + "'}\n").mistakes("- {hosts: h, boxes: [{name: a}]}");
    }
}
