package dev.paddock.pool.slot;

import dev.paddock.api.host.GuestHost;
import dev.paddock.api.host.GuestStatus;
import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.HostWriter;
import dev.paddock.api.host.Observed;
import dev.paddock.api.host.RestoreWay;
import dev.paddock.api.image.ImageStore;
import dev.paddock.api.pool.PoolSlot;
import dev.paddock.api.pool.ResetMethod;
import dev.paddock.api.pool.SlotDisk;
import dev.paddock.api.pool.SlotMark;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.api.step.Readiness;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.host.guest.GuestAgent;
import dev.paddock.host.guest.GuestException;
import dev.paddock.host.libvirt.guest.GuestChannels;
import dev.paddock.host.workspace.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Manages the guests of pools by libvirt. */
public final class LibvirtSlotHost implements SlotHost {
    private static final String GUEST = "vm";
    private static final String POOL = "pool";
    private static final String CLEAN = "clean";
    private static final Duration BOOT_TIMEOUT = Duration.ofMinutes(5);

    /** The time in which a restored guest has to respond. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    private final String uri;
    private final Function<Element, List<Action>> readiness;
    private final ReconnectingHost<HostReader> reader;
    private final ReconnectingHost<HostWriter> writer;
    private final ReconnectingHost<GuestHost> guests;

    private final SlotFolders folders;
    private final Object disks = new Object();

    /** The UUIDs of guests that belong to no pool: their documents are read once. */
    private final Set<String> foreign = new HashSet<>();

    /**
     * @param folder for the folders that guests share with the host
     * @param readiness returns the steps that wait until a guest is ready, from the metadata of its document
     */
    public LibvirtSlotHost(
            String uri, HostConnector connector, Path folder, Function<Element, List<Action>> readiness) {
        this.uri = uri;
        this.folders = new SlotFolders(uri, folder);
        this.readiness = readiness;
        this.reader = new ReconnectingHost<>(() -> connector.reader(uri));
        this.writer = new ReconnectingHost<>(() -> connector.writer(uri));
        this.guests = new ReconnectingHost<>(() -> connector.guests(uri));
    }

    @Override
    public List<PoolTemplate> templates() {
        List<PoolTemplate> templates = new ArrayList<>();
        reader.use(connection -> connection.read(POOL, Optional.empty()))
                .values()
                .forEach(found -> {
                    if (found instanceof Observed.Present present) {
                        PoolTemplate.of(present.defined()).ifPresent(templates::add);
                    }
                });
        return templates;
    }

    /** Return the guests of pools. Reading a document costs more than listing, so guests known as foreign are skipped. */
    @Override
    public synchronized List<ObservedSlot> guests() {
        var all = guests.use(GuestHost::list);
        foreign.retainAll(all.stream().map(GuestStatus::uuid).toList());
        var names = new HashSet<String>();
        all.stream().filter(guest -> !foreign.contains(guest.uuid())).forEach(guest -> names.add(guest.name()));
        List<ObservedSlot> marked = new ArrayList<>();
        reader.use(connection -> connection.read(GUEST, Optional.of(names)))
                .values()
                .forEach(found -> {
                    if (found instanceof Observed.Present present) {
                        var mark = SlotMark.of(present.defined());
                        mark.ifPresent(each -> marked.add(new ObservedSlot(each, present.active())));
                        if (mark.isEmpty()) {
                            foreign.add(present.uuid());
                        }
                    }
                });
        return marked;
    }

    @Override
    public void make(PoolTemplate template, PoolSlot slot, String incarnation) {
        destroy(slot);
        var size = template.spec().workspace();
        var workspace = size.isPresent()
                ? Optional.of(folders.create(slot.name(), size.getAsLong()))
                : Optional.<Element>empty();
        var document = SlotDocument.of(template, slot, incarnation, workspace);
        makeDisks(document);
        var id = guest(slot);
        perform(new Action.Define(id, XmlWriter.write(document.domain())));
        perform(new Action.Start(id));
        var steps = readiness.apply(template.domain());
        steps.forEach(step -> perform(forGuest(id, step)));
        if (steps.isEmpty()) {
            perform(new Action.AwaitReady(id, new Readiness(true, false, false, List.of(), false, BOOT_TIMEOUT)));
        }
        if (template.spec().reset() != ResetMethod.RECREATE) {
            var snapshot = Element.of("domainsnapshot")
                    .withChildren(List.of(Element.of("name").withText(CLEAN)));
            perform(new Action.Define(snapshot(slot), XmlWriter.write(snapshot)));
        }
    }

    /** One at a time: libvirt refuses some operations on a storage pool while a volume is created in it. */
    private void makeDisks(SlotDocument document) {
        synchronized (disks) {
            document.volumes().forEach((file, disk) -> {
                perform(new Action.Undefine(volume(file)));
                perform(new Action.Define(volume(file), XmlWriter.write(volume(file, disk))));
            });
        }
    }

    private static Action forGuest(ResourceId guest, Action step) {
        return step instanceof Action.AwaitReady ready ? new Action.AwaitReady(guest, ready.wanted()) : step;
    }

    private static Element volume(String file, SlotDisk disk) {
        List<Element> parts = new ArrayList<>();
        parts.add(Element.of("name").withText(file));
        disk.capacity()
                .ifPresent(bytes -> parts.add(
                        Element.of("capacity").withAttribute("unit", "bytes").withText(Long.toString(bytes))));
        parts.add(Element.of("allocation").withText("0"));
        parts.add(Element.of("target").withChildren(List.of(format("qcow2"))));
        disk.backing()
                .ifPresent(backing -> parts.add(Element.of("backingStore")
                        .withChildren(List.of(Element.of("path").withText(backing.path()), format(backing.format())))));
        return Element.of("volume").withChildren(parts);
    }

    private static Element format(String type) {
        return Element.of("format").withAttribute("type", type);
    }

    @Override
    public void reset(PoolTemplate template, PoolSlot slot) {
        Optional<RestoreWay> method =
                switch (template.spec().reset()) {
                    case RESTORE -> Optional.empty();
                    case REVERT -> Optional.of(RestoreWay.LIBVIRT);
                    case RECREATE ->
                        throw new SlotException("VMs of this pool are recreated, and have no clean state.");
                };
        hangUp(slot);
        writer.use(connection -> connection.restore(snapshot(slot), method));
        if (template.spec().workspace().isPresent()) {
            folders.empty(slot.name());
        }
    }

    /** Close the channel of a guest: its user would otherwise talk to the guest of the next. */
    private void hangUp(PoolSlot slot) {
        try {
            GuestChannels.hangUp(uri, slot.name());
        } catch (HostException failure) {
            throw new SlotException(failure.reason(), failure);
        }
    }

    /** Copy the results while the guest is suspended, so it cannot write. Its share is not cached, so no write is pending. */
    @Override
    public LeaseResults collect(PoolSlot slot, String lease, String owner) {
        var found = reader.use(connection -> connection.read(GUEST, Optional.of(Set.of(slot.name()))))
                .get(slot.name());
        if (!(found instanceof Observed.Present present) || !hasWorkspace(present.defined())) {
            return LeaseResults.NONE;
        }
        if (!present.active()) {
            return folders.collect(slot.name(), lease, owner);
        }
        perform(new Action.Suspend(guest(slot)));
        try {
            return folders.collect(slot.name(), lease, owner);
        } finally {
            resume(slot);
        }
    }

    @Override
    public LeaseResults results(String lease) {
        return folders.results(lease);
    }

    private void resume(PoolSlot slot) {
        try {
            perform(new Action.Resume(guest(slot)));
        } catch (SlotException ignored) {
            // The guest is recreated then; its results are complete.
            return;
        }
    }

    /**
     * Open a session with a guest, and claim it for a trial. This shows that it can be claimed, and runs what is slow the
     * first time after a restore before a user waits for it.
     */
    @Override
    public GuestSession open(PoolTemplate template, PoolSlot slot) {
        try {
            var session = new Session(GuestChannels.open(uri, slot.name(), ANSWER_TIMEOUT));
            session.claim(ClaimRequest.NOTHING.withWorkspace(
                    template.spec().workspace().isPresent()));
            return session;
        } catch (GuestException failure) {
            throw new SlotException(failure.diagnostic().detail(), failure);
        } catch (HostException failure) {
            throw new SlotException(failure.reason(), failure);
        }
    }

    /** Remove the disks first: as long as the domain exists, a later attempt finds them. */
    @Override
    public void destroy(PoolSlot slot) {
        var id = guest(slot);
        var found = reader.use(connection -> connection.read(GUEST, Optional.of(Set.of(slot.name()))));
        switch (found.getOrDefault(slot.name(), new Observed.Absent())) {
            case Observed.Absent absent -> {}
            case Observed.Unreadable unreadable ->
                throw new SlotException(unreadable.why().detail());
            case Observed.Present present -> {
                if (SlotMark.of(present.defined())
                        .filter(mark -> mark.slot().pool().equals(slot.pool()))
                        .isEmpty()) {
                    throw new SlotException("The guest \"" + slot.name()
                            + "\" is not the pool's, and has the name of one. Rename it, or the pool.");
                }
                perform(new Action.Stop(id));
                synchronized (disks) {
                    files(present.defined(), slot).forEach(file -> perform(new Action.Undefine(volume(file))));
                }
                if (hasWorkspace(present.defined())) {
                    folders.remove(slot.name());
                }
                perform(new Action.Undefine(id));
            }
        }
    }

    private static boolean hasWorkspace(Element domain) {
        return domain.child("devices").stream()
                .flatMap(devices -> devices.children("filesystem").stream())
                .flatMap(share -> share.child("target").stream())
                .anyMatch(target ->
                        target.attribute("dir").filter(Workspace.TAG::equals).isPresent());
    }

    private static List<String> files(Element domain, PoolSlot slot) {
        var own = ImageStore.FOLDER + "/" + slot.name() + "-";
        return domain.child("devices").stream()
                .flatMap(devices -> devices.children("disk").stream())
                .flatMap(disk -> disk.child("source").stream())
                .flatMap(source -> source.attribute("file").stream())
                .filter(file -> file.startsWith(own))
                .map(file -> file.substring(ImageStore.FOLDER.length() + 1))
                .toList();
    }

    private void perform(Action action) {
        writer.use(connection -> {
            connection.perform(action);
            return true;
        });
    }

    private static ResourceId guest(PoolSlot slot) {
        return new ResourceId(GUEST, slot.name());
    }

    private static ResourceId snapshot(PoolSlot slot) {
        return new ResourceId("snapshot", slot.name() + "/" + CLEAN);
    }

    private static ResourceId volume(String file) {
        return new ResourceId("volume", ImageStore.POOL + "/" + file);
    }

    @Override
    public void close() {
        guests.close();
        reader.close();
        writer.close();
    }

    /** A session with the agent of a guest. Only one thread at a time uses it. */
    private record Session(GuestAgent agent) implements GuestSession {
        @Override
        public void ping() {
            call(GuestAgent::ping);
        }

        @Override
        public void claim(ClaimRequest claim) {
            call(target -> target.claim(claim.toMessage(Instant.now())));
        }

        private void call(Consumer<GuestAgent> request) {
            synchronized (agent) {
                try {
                    request.accept(agent);
                } catch (GuestException failure) {
                    throw new SlotException(failure.diagnostic().detail(), failure);
                } catch (HostException failure) {
                    throw new SlotException(failure.reason(), failure);
                }
            }
        }

        @Override
        public void close() {
            agent.close();
        }
    }
}
