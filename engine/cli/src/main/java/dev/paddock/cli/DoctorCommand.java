package dev.paddock.cli;

import dev.paddock.api.host.HostConnector;
import dev.paddock.cli.console.AnsiStyle;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.Console;
import dev.paddock.cli.console.DiagnosticText;
import dev.paddock.cli.console.ExitCode;
import dev.paddock.cli.console.Invocation;
import dev.paddock.cli.console.Subcommand;
import dev.paddock.host.machine.BridgeNetfilter;
import dev.paddock.host.machine.CheckResult;
import dev.paddock.host.machine.CheckResult.Verdict;
import dev.paddock.host.machine.KvmFacts;
import dev.paddock.host.machine.KvmVerdict;
import dev.paddock.host.machine.LibvirtChecks;
import dev.paddock.host.machine.LibvirtGroup;
import dev.paddock.host.machine.PackageChecks;
import dev.paddock.host.packages.PackagePurpose;
import dev.paddock.host.process.CurrentUser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** {@code paddock doctor}: checks everything that Paddock needs, and reports the cause and the fix of each problem. */
final class DoctorCommand implements Subcommand {

    private final Supplier<HostConnector> hosts;

    DoctorCommand(Supplier<HostConnector> hosts) {
        this.hosts = hosts;
    }

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Look at all that paddock needs on this machine and at the libvirt it is to use. What is missing is "
                                + "told with its cause and what to do about it.")
                .footer(
                        "",
                        "The exit code is 0 when all that is required is there; a machine without KVM is slow, not wrong.");
        return spec;
    }

    @Override
    public int run(Invocation invocation) throws CommandException {
        var uri = invocation.hostUri();
        var findings = look(uri);
        switch (invocation.globals().output()) {
            case JSON -> invocation.console().printJson(facts(uri, findings));
            case TEXT -> show(findings, invocation.console());
        }
        return CheckResult.isEnough(findings) ? ExitCode.OK : ExitCode.FAILURE;
    }

    private List<CheckResult> look(String uri) {
        var findings = new ArrayList<CheckResult>();
        var client = PackageChecks.of(PackagePurpose.CLIENT);
        findings.add(client);
        if (client.verdict() == Verdict.OK) {
            findings.addAll(LibvirtChecks.of(hosts, uri));
        }
        // All other checks are about this machine, and do not apply to a remote one.
        if (uri.startsWith("qemu:///")) {
            var user = CurrentUser.read();
            if (uri.equals(Invocation.SYSTEM)) {
                findings.add(LibvirtGroup.read(user).finding(user));
            }
            BridgeNetfilter.at(uri).map(BridgeNetfilter::finding).ifPresent(findings::add);
            findings.addAll(KvmVerdict.of(KvmFacts.read(), user.name()));
        }
        return findings;
    }

    private static void show(List<CheckResult> findings, Console console) {
        var paint = console.outputPaint();
        for (var finding : findings) {
            console.print("%s %-30s %s"
                    .formatted(
                            painted(
                                    finding.verdict(),
                                    "%-8s".formatted(finding.verdict().label()),
                                    paint),
                            finding.check(),
                            finding.detail()));
        }
        for (var finding : findings) {
            finding.diagnostic().ifPresent(diagnostic -> {
                console.print("");
                console.write(DiagnosticText.of(diagnostic, paint, text -> text));
            });
        }
    }

    private static String painted(Verdict verdict, String text, AnsiStyle paint) {
        return switch (verdict) {
            case OK -> paint.green(text);
            case WARNING -> paint.yellow(text);
            case MISSING -> paint.red(text);
            case SKIPPED -> paint.dim(text);
        };
    }

    private static Map<String, Object> facts(String uri, List<CheckResult> findings) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("uri", uri);
        facts.put("ok", CheckResult.isEnough(findings));
        facts.put("checks", findings.stream().map(DoctorCommand::facts).toList());
        return facts;
    }

    private static Map<String, Object> facts(CheckResult finding) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("check", finding.check());
        facts.put("verdict", finding.verdict().label());
        facts.put("found", finding.detail());
        finding.diagnostic().ifPresent(diagnostic -> {
            facts.put("code", diagnostic.code().id());
            facts.put("summary", diagnostic.code().summary());
            facts.put("detail", diagnostic.detail());
            diagnostic.fix().ifPresent(fix -> facts.put("fix", fix));
        });
        return facts;
    }
}
