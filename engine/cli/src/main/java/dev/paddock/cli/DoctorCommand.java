package dev.paddock.cli;

import dev.paddock.api.host.HostConnector;
import dev.paddock.host.machine.BridgeFiltering;
import dev.paddock.host.machine.Finding;
import dev.paddock.host.machine.Finding.Verdict;
import dev.paddock.host.machine.KvmFacts;
import dev.paddock.host.machine.KvmJudgement;
import dev.paddock.host.machine.LibvirtChecks;
import dev.paddock.host.machine.Membership;
import dev.paddock.host.machine.PackageChecks;
import dev.paddock.host.packages.Purpose;
import dev.paddock.host.process.CurrentUser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** {@code paddock doctor}: looks at all that paddock needs, and tells cause and cure of what is missing. */
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
        return Finding.isEnough(findings) ? ExitCode.OK : ExitCode.FAILURE;
    }

    private List<Finding> look(String uri) {
        var findings = new ArrayList<Finding>();
        var client = PackageChecks.of(Purpose.CLIENT);
        findings.add(client);
        if (client.verdict() == Verdict.OK) {
            findings.addAll(LibvirtChecks.of(hosts, uri));
        }
        // The rest is about this machine, and says nothing of a remote one.
        if (uri.startsWith("qemu:///")) {
            var user = CurrentUser.read();
            if (uri.equals(Invocation.SYSTEM)) {
                findings.add(Membership.read(user).finding(user));
            }
            BridgeFiltering.at(uri).map(BridgeFiltering::finding).ifPresent(findings::add);
            findings.addAll(KvmJudgement.of(KvmFacts.read(), user.name()));
        }
        return findings;
    }

    private static void show(List<Finding> findings, Console console) {
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

    private static String painted(Verdict verdict, String text, Paint paint) {
        return switch (verdict) {
            case OK -> paint.green(text);
            case WARNING -> paint.yellow(text);
            case MISSING -> paint.red(text);
            case SKIPPED -> paint.dim(text);
        };
    }

    private static Map<String, Object> facts(String uri, List<Finding> findings) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("uri", uri);
        facts.put("ok", Finding.isEnough(findings));
        facts.put("checks", findings.stream().map(DoctorCommand::facts).toList());
        return facts;
    }

    private static Map<String, Object> facts(Finding finding) {
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
