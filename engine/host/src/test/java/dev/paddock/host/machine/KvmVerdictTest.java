package dev.paddock.host.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.host.machine.CheckResult.Verdict;
import dev.paddock.host.machine.KvmFacts.Device;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KvmVerdictTest {
    private static final Optional<Path> QEMU = Optional.of(Path.of("/usr/bin/qemu-system-x86_64"));
    private static final KvmFacts GOOD =
            new KvmFacts(true, Optional.of("vmx"), Set.of("kvm", "kvm_intel"), Device.OPENS, QEMU, KvmTrial.RAN);

    @Test
    void aMachineWithAllOfItHasNothingToMend() {
        assertThat(KvmVerdict.of(GOOD, "ann")).allMatch(finding -> finding.verdict() == Verdict.OK);
    }

    @Test
    void aDeviceThatOpensOnACpuWithoutExtensionsIsNotTakenForKvm() {
        var facts = new KvmFacts(true, Optional.empty(), Set.of("kvm"), Device.OPENS, QEMU, KvmTrial.NOT_TRIED);
        var findings = KvmVerdict.of(facts, "ann");

        assertThat(finding(findings, "CPU virtualization").verdict()).isEqualTo(Verdict.WARNING);
        assertThat(finding(findings, "CPU virtualization")
                        .diagnostic()
                        .orElseThrow()
                        .code())
                .isEqualTo(Code.KVM_UNAVAILABLE);
        assertThat(finding(findings, "KVM guest").verdict()).isEqualTo(Verdict.SKIPPED);
    }

    @Test
    void aMachineWithoutKvmIsStillEnough() {
        var facts = new KvmFacts(true, Optional.empty(), Set.of(), Device.ABSENT, QEMU, KvmTrial.NOT_TRIED);

        assertThat(CheckResult.isEnough(KvmVerdict.of(facts, "ann"))).isTrue();
    }

    @Test
    void theMissingModuleIsTheOneForTheCpu() {
        var facts = new KvmFacts(true, Optional.of("svm"), Set.of("kvm"), Device.ABSENT, QEMU, KvmTrial.NOT_TRIED);

        assertThat(finding(KvmVerdict.of(facts, "ann"), "KVM modules")
                        .diagnostic()
                        .orElseThrow()
                        .fix())
                .contains("modprobe kvm_amd");
    }

    @Test
    void aDeviceThatTheUserMayNotOpenIsAMatterOfAGroup() {
        var facts =
                new KvmFacts(true, Optional.of("vmx"), Set.of("kvm_intel"), Device.DENIED, QEMU, KvmTrial.NOT_TRIED);

        assertThat(finding(KvmVerdict.of(facts, "ann"), "/dev/kvm")
                        .diagnostic()
                        .orElseThrow()
                        .fix()
                        .orElse(""))
                .contains("usermod -a -G kvm ann");
    }

    @Test
    void aTrialThatFailsIsAWarningEvenWhenAllElseIsThere() {
        var facts = new KvmFacts(true, Optional.of("vmx"), Set.of("kvm_intel"), Device.OPENS, QEMU, KvmTrial.FAILED);

        assertThat(finding(KvmVerdict.of(facts, "ann"), "KVM guest").verdict()).isEqualTo(Verdict.WARNING);
    }

    private static CheckResult finding(Iterable<CheckResult> findings, String check) {
        for (var finding : findings) {
            if (finding.check().equals(check)) {
                return finding;
            }
        }
        throw new AssertionError("No finding on " + check);
    }
}
