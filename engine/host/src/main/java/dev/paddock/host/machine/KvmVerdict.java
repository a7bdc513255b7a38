package dev.paddock.host.machine;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import java.util.List;

/**
 * Decides whether VMs can run with KVM. Without KVM a machine still works, because QEMU emulates the CPU: apart from a
 * missing emulator, nothing here is more than a warning.
 */
public final class KvmVerdict {
    private static final String SLOW = " Guests run under emulation instead, many times slower.";

    private KvmVerdict() {}

    /** Return the results in the order in which to fix them. */
    public static List<CheckResult> of(KvmFacts facts, String user) {
        return List.of(emulator(facts), cpu(facts), modules(facts), device(facts, user), guest(facts));
    }

    private static CheckResult emulator(KvmFacts facts) {
        var check = "QEMU";
        return facts.emulator()
                .map(path -> CheckResult.ok(check, path.toString()))
                .orElseGet(() -> CheckResult.of(
                        check,
                        "not installed",
                        Diagnostic.warning(
                                Code.PACKAGE_MISSING,
                                "There is no QEMU on this machine. Networks and filters work without, guests do not.",
                                "apt-get install --no-install-recommends qemu-system-x86")));
    }

    private static CheckResult cpu(KvmFacts facts) {
        var check = "CPU virtualization";
        if (!facts.applicable()) {
            return CheckResult.skipped(check, "this CPU has no flag that tells");
        }
        return facts.extension()
                .map(extension -> CheckResult.ok(check, extension))
                .orElseGet(() -> unavailable(
                        check,
                        "neither vmx nor svm",
                        "The CPU shows neither vmx nor svm, so KVM cannot run guests, even where /dev/kvm opens.",
                        "Switch on VT-x or AMD-V in the firmware's setup, or, when this machine is virtual itself, nested "
                                + "virtualization on its host."));
    }

    private static CheckResult modules(KvmFacts facts) {
        var check = "KVM modules";
        var specific = facts.extension().map(extension -> extension.equals("vmx") ? "kvm_intel" : "kvm_amd");
        var wanted = facts.applicable() ? specific.orElse("kvm_intel or kvm_amd") : "kvm";
        if (specific.isEmpty() && facts.applicable()) {
            return CheckResult.skipped(check, "of no use without virtualization in the CPU");
        }
        return facts.modules().contains(wanted)
                ? CheckResult.ok(check, wanted)
                : unavailable(
                        check,
                        "%s not loaded".formatted(wanted),
                        "The kernel's module %s is not loaded.".formatted(wanted),
                        "modprobe " + wanted);
    }

    private static CheckResult device(KvmFacts facts, String user) {
        var check = "/dev/kvm";
        return switch (facts.device()) {
            case OPENS -> CheckResult.ok(check, "opens for reading and writing");
            case ABSENT ->
                unavailable(
                        check,
                        "does not exist",
                        "There is no /dev/kvm: the kernel has no KVM, or a container was not given it.",
                        "Load the module of KVM, or pass the device into the container.");
            case DENIED ->
                unavailable(
                        check,
                        "access denied",
                        "/dev/kvm is there, and %s may not open it.".formatted(user),
                        "usermod -a -G kvm %s, then log in again.".formatted(user));
        };
    }

    private static CheckResult guest(KvmFacts facts) {
        var check = "KVM guest";
        return switch (facts.trial()) {
            case RAN -> CheckResult.ok(check, "a trial guest ran");
            case NOT_TRIED -> CheckResult.skipped(check, "not tried, as something before it is missing");
            case FAILED ->
                unavailable(
                        check,
                        "a trial guest did not run",
                        "A guest of three instructions did not come to its end with KVM, although all it needs is there.",
                        "Look for KVM's messages in the kernel's log (dmesg); another hypervisor may hold the CPU's "
                                + "extensions.");
        };
    }

    private static CheckResult unavailable(String check, String detail, String cause, String fix) {
        return CheckResult.of(check, detail, Diagnostic.warning(Code.KVM_UNAVAILABLE, cause + SLOW, fix));
    }
}
