package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.host.HostConnector;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Passwords that a guest has, on the host or in a playbook, are told to nobody, and are not lost either. */
@Timeout(120)
abstract class HostSecrets {
    private static final List<String> FORMS = List.of("vncpw9", "vncpw8", "cookie99", "data99", "token99");
    private static final String GRAPHICS = "<graphics type='vnc' autoport='yes' passwd='vncpw9'/>";
    private static final String COOKIES = "<cookies><cookie name='session'>cookie99</cookie></cookies>";
    private static final String GUEST = """
            <domain type='qemu' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
              <name>vault</name>
              <uuid>6b1f3c59-7a3b-4f0e-9a57-0a3f7f0f4a01</uuid>
              <memory unit='KiB'>65536</memory>
              <currentMemory unit='KiB'>65536</currentMemory>
              <vcpu>1</vcpu>
              <os><type arch='x86_64' machine='pc'>hvm</type></os>
              <devices>
                <disk type='network' device='cdrom'>
                  <driver name='qemu' type='raw'/>
                  <source protocol='http' name='a.iso'><host name='192.0.2.1' port='80'/>%s</source>
                  <target dev='hda' bus='ide'/>
                  <readonly/>
                </disk>
                %s
              </devices>
              <qemu:commandline>
                <qemu:arg value='-object'/>
                <qemu:arg value='secret,id=s0,data=data99'/>
                <qemu:env name='TOKEN' value='token99'/>
              </qemu:commandline>
            </domain>
            """.formatted(COOKIES, GRAPHICS);

    @TempDir
    Path folder;

    abstract HostConnector host();

    abstract String uri();

    /** Return the definition of the guest with all that it holds. */
    abstract String definition() throws Exception;

    private Shell shell() {
        return new Shell(host(), folder);
    }

    private Shell.Result run(String... arguments) {
        var all = new ArrayList<>(List.of("-c", uri()));
        all.addAll(List.of(arguments));
        var result = shell().run(all.toArray(String[]::new));
        assertThat(result.all()).doesNotContain(FORMS);
        return result;
    }

    private String playbook(String guest) {
        return shell().file("a.yaml", "- vms:\n    - state: stopped\n      xml: |\n" + guest.indent(8));
    }

    private void onTheHost() {
        try (var writer = host().writer(uri())) {
            writer.perform(new Action.Define(new ResourceId("vm", "vault"), GUEST));
        }
    }

    private void isWhole() throws Exception {
        assertThat(definition()).contains("vncpw9", "cookie99", "data99", "token99");
    }

    @Test
    void whatIsMadeIsShownWithoutThem() throws Exception {
        var file = playbook(GUEST);
        assertThat(run("plan", file).output()).contains("passwd='(sensitive value)'");
        assertThat(run("-o", "json", "plan", file).json().toString()).contains("passwd='(sensitive value)'");
        run("plan", file, "--out", folder.resolve("saved").toString());
        assertThat(Files.readString(folder.resolve("saved"))).doesNotContain(FORMS);
        var apply = run("apply", file, "--auto-approve");
        assertThat(apply.exitCode()).as(apply.all()).isZero();
        isWhole();
    }

    @Test
    void whatTheHostHasIsShownWithoutThem() {
        onTheHost();
        assertThat(run("show", "vm/vault").output()).contains("passwd='(sensitive value)'");
        assertThat(run("-o", "json", "show").json().toString()).contains("passwd='(sensitive value)'");
    }

    @Test
    void changesAreShownWithoutThem() throws Exception {
        onTheHost();
        var file = playbook(GUEST.replace("vncpw9", "vncpw8")
                .replace("cookie99", "cookie1")
                .replace("data99", "data1")
                .replace("token99", "token1"));
        var plan = run("plan", file, "--adopt");
        assertThat(plan.output())
                .contains("@passwd: \"(sensitive value)\" -> \"(sensitive value)\"")
                .contains("cookie: \"(sensitive value)\" -> \"(sensitive value)\"");
        assertThat(plan.output().lines().filter(line -> line.contains("qemu:commandline/qemu:")))
                .isNotEmpty()
                .allMatch(line -> line.contains("(sensitive value)"));
        run("-o", "json", "plan", file, "--adopt").json();
        run("plan", file, "--adopt", "--out", folder.resolve("saved").toString());
        assertThat(Files.readString(folder.resolve("saved"))).doesNotContain(FORMS);
        assertThat(run("apply", file, "--adopt", "--auto-approve").exitCode()).isZero();
        assertThat(definition()).contains("vncpw8", "cookie1", "data1", "token1");
    }

    @Test
    void whatGoesIsShownWithoutThem() {
        onTheHost();
        assertThat(run("plan", playbook(GUEST.replace(GRAPHICS, "")), "--adopt").output())
                .contains("- devices/graphics: <graphics")
                .contains("passwd='(sensitive value)'");
    }

    @Test
    void anImportedPlaybookIsWithoutThemAndSaysSo() throws IOException {
        onTheHost();
        var imported =
                run("import", "vm/vault", "--out", folder.resolve("b.yaml").toString());
        assertThat(imported.exitCode()).as(imported.all()).isZero();
        assertThat(imported.messages())
                .contains("PD3009", "devices/graphics/@passwd", "devices/disk/source/cookies/cookie");
        assertThat(Files.readString(folder.resolve("b.yaml"))).doesNotContain(FORMS);
    }

    @Test
    void aDocumentWithoutThemTakesNoneAway() throws Exception {
        onTheHost();
        var bare = GUEST.replace(COOKIES, "").replace(" passwd='vncpw9'", "");
        var apply = run("apply", playbook(bare.replace("65536", "131072")), "--adopt", "--auto-approve");
        assertThat(apply.exitCode()).as(apply.all()).isZero();
        assertThat(definition()).contains("131072");
        isWhole();
        assertThat(run("plan", playbook(bare.replace("65536", "131072"))).output())
                .contains("No changes.");
    }

    @Test
    void oneThatIsDeclaredNoMoreGoes() throws Exception {
        assertThat(run("apply", playbook(GUEST), "--auto-approve").exitCode()).isZero();
        var bare = playbook(GUEST.replace(" passwd='vncpw9'", ""));
        assertThat(run("plan", bare).output()).contains("- devices/graphics/@passwd: \"(sensitive value)\"");
        var apply = run("apply", bare, "--auto-approve");
        assertThat(apply.exitCode()).as(apply.all()).isZero();
        assertThat(definition()).doesNotContain("vncpw9").contains("cookie99");
    }
}
