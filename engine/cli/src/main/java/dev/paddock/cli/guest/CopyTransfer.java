package dev.paddock.cli.guest;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.poolclient.GuestName;
import dev.paddock.host.guest.ExitStatus;
import dev.paddock.host.guest.GuestAgent;
import dev.paddock.host.guest.GuestException;
import dev.paddock.host.guest.TarExtractor;
import dev.paddock.host.guest.TarPacker;
import dev.paddock.host.libvirt.guest.GuestChannels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Copies files and folders between this machine and a guest. */
public final class CopyTransfer {
    private static final int MOST_COMPLAINTS = 10;

    private final String uri;
    private final Optional<String> user;
    private final Duration wait;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final List<String> complaints = new ArrayList<>();

    /**
     * Create a transfer.
     *
     * @param user who reads or writes in the guest; root if absent
     * @param wait how long to wait for a VM that boots
     */
    public CopyTransfer(String uri, Optional<String> user, Duration wait) {
        this.uri = uri;
        this.user = user;
        this.wait = wait;
    }

    /** The copying itself. */
    @FunctionalInterface
    private interface Work {
        ExitStatus with(GuestAgent guest) throws IOException;
    }

    /** Copy out of a guest: into an existing folder, or over anything else at that path. */
    public void get(GuestName guest, String from, Path to) throws CommandException {
        copy(guest, open -> get(open, new GuestPath(guest.name(), from), to));
    }

    /** Copy into a guest, in the same way. */
    public void put(Path from, GuestName guest, String to) throws CommandException {
        copy(guest, open -> put(open, from, to));
    }

    private void copy(GuestName guest, Work work) throws CommandException {
        try (var open = GuestChannels.open(uri, guest.name(), wait, guest.lease())) {
            var ending = work.with(open);
            plain(said).lines().forEach(complaints::add);
            if (ending instanceof ExitStatus.NotStarted notStarted) {
                complaints.add(notStarted.reason());
            } else if (!ending.equals(new ExitStatus.Exited(0)) && complaints.isEmpty()) {
                complaints.add("the guest did not finish: exit code " + ending.exitCode());
            }
        } catch (GuestException failure) {
            throw CommandException.failure(failure.diagnostic());
        } catch (IOException failure) {
            complaints.add(String.valueOf(failure.getMessage()));
        }
        if (!complaints.isEmpty()) {
            throw failed(complaints);
        }
    }

    private ExitStatus get(GuestAgent guest, GuestPath from, Path to) throws IOException {
        var target = Files.isDirectory(to) ? to.toRealPath().resolve(from.name()) : to.toAbsolutePath();
        return guest.get(from.path(), user, archive -> complaints.addAll(TarExtractor.unpack(archive, target)), said);
    }

    private ExitStatus put(GuestAgent guest, Path from, String to) throws IOException {
        // Fails before the first request to the guest.
        var name = String.valueOf(from.toRealPath().getFileName());
        List<String> unread = new ArrayList<>();
        var ending = guest.put(to, name, user, archive -> unread.addAll(TarPacker.pack(from, archive)), said);
        complaints.addAll(unread);
        return ending;
    }

    /** Return the messages of the guest, without control characters for the terminal. */
    private static String plain(ByteArrayOutputStream said) {
        return said.toString(StandardCharsets.UTF_8).replaceAll("[\\p{Cntrl}&&[^\\n]]", "?");
    }

    private static CommandException failed(List<String> complaints) {
        var shown = complaints.stream().limit(MOST_COMPLAINTS).toList();
        var more = complaints.size() - shown.size();
        return CommandException.failure(Diagnostic.error(
                Code.COPY_FAILED,
                "Not all was copied:\n  " + String.join("\n  ", shown) + (more > 0 ? "\n  and " + more + " more" : ""),
                "Everything else was copied. Fix the cause, and copy again."));
    }
}
