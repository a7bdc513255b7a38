package dev.paddock.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Runs paddock and the floors as programs, on a real libvirt, and prints one table. */
public final class BenchmarkPrograms {
    private static final int MANY = 1_000;
    private static final int SOME = 200;
    private static final int FEW = 20;
    private static final int ROUNDS = 11;
    /** Slow ones are as sure after fewer rounds. */
    private static final int ROUNDS_OF_SLOW_ONES = 3;

    private static final String SMALL = """
            - name: Two networks and a filter
              hosts: local
              networks:
                - name: small-nat
                  state: inactive
                  forward: {mode: nat, ports: 1024-65535}
                  address: 192.168.101.1/24
                  dhcp: 192.168.101.10-192.168.101.254
                - name: small-isolated
                  state: inactive
                  address: 192.168.100.1/24
                  dhcp: 192.168.100.10-192.168.100.254
              nwfilters:
                - name: small-filter
                  chain: root
                  rules:
                    - {action: accept, direction: out, udp: {dstport: 53}}
                    - {action: accept, direction: out, tcp: {dstport: 443}}
                    - {action: accept, direction: out, tcp: {dstport: 22}}
                    - {action: accept, direction: in, all: {state: "ESTABLISHED,RELATED"}}
                    - {action: drop, direction: inout, priority: 1000, all: {}}
            """;

    private static final String GUEST = "bench-inside";
    private static final String LARGE = "/tmp/large";
    private static final String INSIDE = """
            - vms:
                - name: bench-inside
                  image: tiny
                  memory: 384 MiB
                  channels: [{name: dev.paddock.agent.0}, {name: dev.paddock.agent.1}]
                  shutdown: {timeout: 1, force: true}
                  ready: {agent: yes, timeout: 300}
            """;

    private final String launcher;
    private final Path floors;
    private final String uri;
    private final Path work;
    private final ResultTable table = new ResultTable("what", "paddock ms", "floor ms", "ratio", "floor");

    private BenchmarkPrograms(String launcher, Path floors, String uri, Path work) {
        this.launcher = launcher;
        this.floors = floors;
        this.uri = uri;
        this.work = work;
    }

    /**
     * The arguments: paddock's launcher, the folder of the floors, a libvirt to use up, a folder to write to, and one with
     * the kernel and initrd of a guest.
     */
    public static void main(String[] arguments) throws IOException {
        var programs = new BenchmarkPrograms(arguments[0], Path.of(arguments[1]), arguments[2], Path.of(arguments[3]));
        programs.startUp();
        programs.reading();
        programs.writing();
        programs.ansible();
        programs.guests();
        programs.inside();
        programs.snapshots(128, Path.of(arguments[4]));
        programs.snapshots(512, Path.of(arguments[4]));
        System.out.print(programs.table);
    }

    private void startUp() throws IOException {
        var netList = program("virsh", "-r", "-c", uri, "net-list");
        var small = file("small.yaml", SMALL);
        paddock("apply", "--auto-approve", small).run();
        hold(ROUNDS, "--version", program(launcher, "--version"), "virsh net-list", netList);
        hold(ROUNDS, "plan of 2 networks and a filter", paddock("plan", small), "virsh net-list", netList);
    }

    private void reading() throws IOException {
        var networks = new Networks("bench-", 0, MANY);
        var playbook = file("many.yaml", networks.playbook());
        paddock("apply", "--auto-approve", playbook).run();
        hold(ROUNDS, "plan of 1,000 networks", paddock("plan", playbook), "C: list, read each", floor("read"));
        remove().run();
    }

    private void writing() throws IOException {
        var networks = new Networks("bench-", 0, SOME);
        var playbook = file("some.yaml", networks.playbook());
        var folder = Files.createDirectories(work.resolve("documents"));
        List<String> files = new ArrayList<>();
        for (var document : networks.documents()) {
            files.add(Files.writeString(folder.resolve(files.size() + ".xml"), document)
                    .toString());
        }
        hold(
                ROUNDS,
                "apply of 200 new networks",
                paddock("apply", "--auto-approve", playbook),
                "C: virNetworkDefineXML",
                floor("define", files.toArray(String[]::new)),
                remove());
    }

    private void ansible() throws IOException {
        // Neither may touch what the other made, so each has networks of its own.
        var playbook = file("few.yaml", new Networks("bench-", 0, FEW).playbook());
        var others = new Networks("bench-ansible-", FEW, FEW);
        var ansible = program("ansible-playbook", file("ansible.yaml", others.ansiblePlaybook(uri)));
        var apply = paddock("apply", "--auto-approve", playbook);
        hold(ROUNDS_OF_SLOW_ONES, "apply of 20 new networks", apply, "ansible-playbook", ansible, remove());
        hold(ROUNDS_OF_SLOW_ONES, "apply of 20 networks, again", apply, "ansible-playbook", ansible);
        remove().run();
    }

    private void guests() throws IOException {
        var many = file("guests.yaml", new Guests("bench-", MANY).playbook("stopped"));
        paddock("apply", "--auto-approve", many).run();
        hold(ROUNDS, "plan of 1,000 guests", paddock("plan", many), "C: read both documents", floor("read-guests"));
        floor("clear-guests", "bench-", "remove").run();
        var few = new Guests("bench-", FEW);
        paddock("apply", "--auto-approve", file("stopped.yaml", few.playbook("stopped")))
                .run();
        hold(
                ROUNDS_OF_SLOW_ONES,
                "start of 20 guests",
                paddock("apply", "--auto-approve", file("running.yaml", few.playbook("running"))),
                "C: virDomainCreate",
                floor("start-guests", "bench-"),
                floor("clear-guests", "bench-", "stop"));
        floor("clear-guests", "bench-", "remove").run();
    }

    private void inside() throws IOException {
        paddock("apply", "--auto-approve", file("inside.yaml", INSIDE)).run();
        hold(
                ROUNDS_OF_SLOW_ONES,
                "boot of a guest to its agent",
                paddock("vm", "start", GUEST, "--wait"),
                "virsh start, and look",
                program("sh", "-c", booting()),
                floor("clear-guests", GUEST, "stop"));
        paddock("exec", GUEST, "--", "dd", "if=/dev/urandom", "of=" + LARGE, "bs=1M", "count=32")
                .run();
        var floorIs = "C: the agent's protocol";
        hold(ROUNDS, "exec of true", paddock("exec", GUEST, "--", "true"), floorIs, floor("exec", GUEST, "true"));
        var cat = floor("exec", GUEST, "cat", LARGE);
        hold(ROUNDS, "exec, 32 MiB out", paddock("exec", GUEST, "--", "cat", LARGE), floorIs, cat);
        var copy = work.resolve("copy").toString();
        hold(ROUNDS, "cp of 32 MiB out", paddock("cp", GUEST + ":" + LARGE, copy), floorIs, cat);
        hold(ROUNDS, "cp of 32 MiB in", paddock("cp", copy, GUEST + ":" + LARGE), floorIs + ", out", cat);
        paddock("destroy", "--auto-approve", file("inside.yaml", INSIDE)).run();
    }

    /** Start the guest, and look until somebody in it has opened a channel. */
    private String booting() {
        var virsh = "virsh -q -c '" + uri + "' ";
        return virsh + "start " + GUEST + " && until " + virsh + "dumpxml " + GUEST
                + " | grep -q \"state='connected'\"; do sleep 0.05; done";
    }

    private void snapshots(int mebibytes, Path guest) throws IOException {
        var snapped = new SnappedGuest(mebibytes, guest, work);
        var name = snapped.name();
        program("qemu-img", "create", "-q", "-f", "qcow2", snapped.disk().toString(), "64M")
                .run();
        virsh("define", file(name + ".xml", snapped.document())).run();
        virsh("start", name).run();
        program("sh", "-c", "until grep -q filled " + snapped.log() + "; do sleep 0.1; done")
                .run();
        virsh("snapshot-create-as", name, "kept").run();
        virsh("snapshot-create-as", name, "taken").run();
        var of = " of " + mebibytes + " MiB";
        var revert = virsh("snapshot-revert", name, "kept");
        hold(
                ROUNDS_OF_SLOW_ONES,
                "snapshot create" + of,
                paddock("snapshot", "create", name, "taken"),
                "virsh snapshot-create-as",
                virsh("snapshot-create-as", name, "taken"),
                virsh("snapshot-delete", name, "taken"));
        hold(
                ROUNDS_OF_SLOW_ONES,
                "snapshot restore" + of,
                paddock("snapshot", "restore", name, "kept", "--way", "loadvm"),
                "virsh snapshot-revert",
                revert);
        hold(
                ROUNDS_OF_SLOW_ONES,
                "the same, --way libvirt",
                paddock("snapshot", "restore", name, "kept", "--way", "libvirt"),
                "virsh snapshot-revert",
                revert);
        SnapshotWays.main(new String[] {uri, name});
        virsh("destroy", name).run();
        virsh("undefine", name, "--snapshots-metadata").run();
    }

    private BenchmarkProgram virsh(String command, String... rest) {
        List<String> words = new ArrayList<>(List.of("virsh", "-q", "-c", uri, command));
        words.addAll(List.of(rest));
        return program(words.toArray(String[]::new));
    }

    private void hold(
            int rounds,
            String what,
            BenchmarkProgram ours,
            String floorIs,
            BenchmarkProgram floor,
            BenchmarkProgram... before) {
        System.err.println(what + " ...");
        var result = new Comparison(ours, floor, List.of(before)).hold(rounds);
        // The table comes at the end, which a run that fails does not reach.
        System.err.printf(Locale.ROOT, "    %.0f ms, floor %.0f ms%n", result.ours(), result.floor());
        table.row(
                what,
                String.format(Locale.ROOT, "%.0f", result.ours()),
                String.format(Locale.ROOT, "%.0f", result.floor()),
                String.format(Locale.ROOT, "%.2f", result.ratio()),
                floorIs);
    }

    private BenchmarkProgram paddock(String command, String... rest) {
        List<String> words = new ArrayList<>(List.of(launcher, "-c", uri, command));
        words.addAll(List.of(rest));
        return program(words.toArray(String[]::new));
    }

    /** Return one of the programs in C, on the libvirt that is used up. */
    private BenchmarkProgram floor(String name, String... rest) {
        List<String> words = new ArrayList<>(List.of(floors.resolve(name).toString(), uri));
        words.addAll(List.of(rest));
        return program(words.toArray(String[]::new));
    }

    private BenchmarkProgram remove() {
        return floor("remove", "bench-");
    }

    private BenchmarkProgram program(String... words) {
        return new BenchmarkProgram(work.resolve("log"), Arrays.asList(words));
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(work.resolve(name), text).toString();
    }
}
