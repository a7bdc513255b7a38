package dev.paddock.testkit.vm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.host.HostException;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlReading;
import dev.paddock.api.xml.XmlWriting;
import dev.paddock.core.plan.HostPlan;
import dev.paddock.testkit.lab.Labs;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a newer libvirt writes into a definition by itself is told of by no plan; what somebody makes of it is. What the
 * lab's libvirt derives is read from what it makes of a document, so that each test holds for every release.
 */
class ImpliedIT {
    private static final ResourceId GUEST = new ResourceId("vm", "implied");

    /** A path names the model where there is more than one, as on hosts that add the chipset's. */
    private static final String WATCHDOG = "devices/watchdog(\\[@model='i6300esb'])?";

    private final VmLab lab = new VmLab(Labs.uri());
    private String yaml = "";

    @AfterEach
    void isRemoved() {
        assertThat(lab.destroy(yaml)).isEmpty();
        assertThat(lab.observed("implied")).isEmpty();
        lab.close();
    }

    private static String playbook(String devices) {
        return playbook("", "", devices);
    }

    private static String playbook(String attribute, String firmware, String devices) {
        var document = """
                <domain type='qemu'><name>implied</name><memory unit='MiB'>64</memory>
                <os%s><type arch='x86_64' machine='q35'>hvm</type>%s</os>
                <features><acpi/></features><devices>%s</devices></domain>
                """.formatted(attribute, firmware, devices);
        return "- vms:\n    - state: stopped\n      xml: |\n" + document.indent(10);
    }

    private Element defined() {
        return lab.observed("implied").orElseThrow().defined();
    }

    private List<String> watchdogs() {
        return defined().child("devices").orElseThrow().children("watchdog").stream()
                .map(each -> each.attribute("model").orElse("") + " "
                        + each.attribute("action").orElse(""))
                .toList();
    }

    /** Define the guest by hand, in a document of libvirt's own with another text in it; false where libvirt refuses. */
    private boolean byHand(String before, String after) throws Exception {
        var text = XmlWriting.write(defined());
        var changed = text.replaceFirst(before, after);
        assertThat(changed).isNotEqualTo(text);
        try {
            lab.writer()
                    .perform(new Action.Define(GUEST, XmlWriting.write(XmlReading.read(changed))).withoutValidation());
            return true;
        } catch (HostException refused) {
            return false;
        }
    }

    private List<String> told(HostPlan plan) {
        return plan.work().stream()
                .flatMap(step -> step.changes().stream())
                .map(change -> change.action() + " " + change.path())
                .toList();
    }

    private void isQuiet() {
        var plan = lab.plan(yaml);
        assertThat(plan.hasErrors()).as(VmLab.text(plan)).isFalse();
        assertThat(plan.isEmpty()).as(VmLab.text(plan)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<watchdog model='i6300esb' action='poweroff'/>",
                "<graphics type='vnc'/>",
                "<video><model type='virtio'/></video>",
                "<video><model type='virtio'/></video><video><model type='virtio'/></video>"
            })
    void isNoNoise(String devices) {
        yaml = playbook(devices);
        assertThat(lab.apply(yaml)).isEmpty();
        isQuiet();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pmu", "pvspinlock", "smm", "vmport"})
    void aFeatureThatIsNamedAloneIsOn(String feature) {
        yaml = playbook("").replace("<acpi/>", "<acpi/><" + feature + "/>");
        assertThat(lab.apply(yaml)).isEmpty();
        assertThat(defined().child("features").orElseThrow().child(feature).orElseThrow().attribute("state"))
                .contains("on");
        isQuiet();
    }

    @Test
    void aWatchdogThatIsDeclaredIsMissedWhenItIsTakenAway() throws Exception {
        yaml = playbook("<watchdog model='i6300esb' action='poweroff'/>");
        assertThat(lab.apply(yaml)).isEmpty();
        var kept = watchdogs();
        assertThat(byHand("(?s)<watchdog model=.i6300esb.*?</watchdog>", "")).isTrue();

        assertThat(told(lab.plan(yaml))).anyMatch(change -> change.matches("ADD " + WATCHDOG));
        assertThat(lab.apply(yaml)).isEmpty();
        assertThat(watchdogs()).isEqualTo(kept);
        isQuiet();
    }

    @Test
    void aWatchdogThatSomebodyAddsIsSeen() throws Exception {
        yaml = playbook("<memballoon model='virtio'/>");
        assertThat(lab.apply(yaml)).isEmpty();
        var kept = watchdogs();
        assertThat(byHand("</devices>", "<watchdog model='i6300esb' action='reset'/></devices>"))
                .isTrue();

        assertThat(told(lab.plan(yaml))).singleElement().asString().matches("REMOVE " + WATCHDOG);
        assertThat(lab.apply(yaml)).isEmpty();
        assertThat(watchdogs()).isEqualTo(kept);
        isQuiet();
    }

    @Test
    void whatTheWatchdogOfTheChipsetDoesIsPutRight() throws Exception {
        yaml = playbook("");
        assertThat(lab.apply(yaml)).isEmpty();
        var kept = watchdogs();
        var isThere = !kept.isEmpty();
        var taken = isThere
                ? byHand("model=.itco. action=.reset.", "model='itco' action='poweroff'")
                : byHand("</devices>", "<watchdog model='itco' action='poweroff'/></devices>");
        // A libvirt that does not imply it does not know it either.
        assertThat(taken).isEqualTo(isThere);
        assertThat(told(lab.plan(yaml))).isEqualTo(isThere ? List.of("CHANGE devices/watchdog/@action") : List.of());

        assertThat(lab.apply(yaml)).isEmpty();
        assertThat(watchdogs()).isEqualTo(kept);
        isQuiet();
    }

    @Test
    void theActionOfAllWatchdogsChangesAtOnce() {
        yaml = playbook("<watchdog model='i6300esb' action='poweroff'/>");
        assertThat(lab.apply(yaml)).isEmpty();
        yaml = playbook("<watchdog model='i6300esb' action='reset'/>");
        assertThat(lab.apply(yaml)).isEmpty();
        assertThat(watchdogs()).contains("i6300esb reset").noneMatch(each -> each.endsWith("poweroff"));
        isQuiet();
    }

    @Test
    void theDeviceOfADisplayIsPutRight() throws Exception {
        yaml = playbook("<video><model type='virtio'/></video>");
        assertThat(lab.apply(yaml)).isEmpty();
        var isWritten = XmlWriting.write(defined()).contains("virtio-vga");
        if (isWritten) {
            assertThat(byHand("virtio-vga", "virtio-gpu")).isTrue();
            assertThat(told(lab.plan(yaml))).containsExactly("CHANGE devices/video/model/@device");
            assertThat(lab.apply(yaml)).isEmpty();
            assertThat(XmlWriting.write(defined())).contains("virtio-vga");
        } else {
            // Where it is not written, libvirt drops it.
            byHand("<model type=.virtio.", "<model type='virtio' device='virtio-gpu'");
            assertThat(XmlWriting.write(defined())).doesNotContain("virtio-gpu");
        }
        isQuiet();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    firmware='efi' | <firmware><feature enabled='no' name='secure-boot'/></firmware>
                    firmware='efi' | <firmware><feature enabled='yes' name='secure-boot'/></firmware>
                    firmware='efi' | ""
                    ""             | <loader readonly='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE_4M.fd</loader>
                    ""             | <loader readonly='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE_4M.fd</loader><nvram>/var/tmp/implied.fd</nvram>
                    """)
    void firmwareIsChosenOnceAndDriftOfItIsSeen(String attribute, String firmware) throws Exception {
        yaml = playbook(" " + attribute, firmware, "");
        assertThat(lab.apply(yaml)).isEmpty();
        isQuiet();
        var chosen = XmlWriting.write(defined());

        // A change of something else chooses no other firmware.
        yaml = yaml.replace("'MiB'>64<", "'MiB'>72<");
        assertThat(lab.apply(yaml)).isEmpty();
        assertThat(loader(XmlWriting.write(defined()))).isEqualTo(loader(chosen));
        isQuiet();

        if (!chosen.contains("<smm ")) {
            assertThat(byHand("<acpi/>", "<acpi/><smm state='on'/>")).isTrue();
            assertThat(told(lab.plan(yaml))).containsExactly("REMOVE features/smm");
            assertThat(lab.apply(yaml)).isEmpty();
            isQuiet();
        }
        if (chosen.contains("firmware=") && byHand(" firmware=.efi.", "")) {
            // Where libvirt finds the firmware by its file, nothing has changed.
            var isFound = XmlWriting.write(defined()).contains("firmware=");
            assertThat(lab.plan(yaml).isEmpty()).as(VmLab.text(lab.plan(yaml))).isEqualTo(isFound);
            assertThat(lab.apply(yaml)).isEmpty();
            isQuiet();
        }
    }

    private static String loader(String document) {
        var start = document.indexOf("<loader");
        return start < 0 ? "" : document.substring(start, document.indexOf('>', document.indexOf("</loader")));
    }
}
