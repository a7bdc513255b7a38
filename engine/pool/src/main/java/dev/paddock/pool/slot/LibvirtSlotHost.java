package dev.paddock.pool.slot;

import dev.paddock.api.host.GuestHost;
import dev.paddock.api.host.GuestStatus;
import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.HostWriter;
import dev.paddock.api.host.Observed;
import dev.paddock.api.host.RestoreWay;
import dev.paddock.api.pool.PoolSlot;
import dev.paddock.api.pool.ResetMethod;
import dev.paddock.api.pool.SlotMark;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.host.guest.GuestAgent;
import dev.paddock.host.guest.GuestException;
import dev.paddock.host.libvirt.guest.GuestChannels;
import dev.paddock.host.workspace.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Manages the guests of pools by libvirt. */
public final class LibvirtSlotHost implements SlotHost {
    private static final String GUEST = "vm";
    private static final String POOL = "pool";
    private static final String CLEAN = "clean";
    private static final String FORK = "fork";
    private static final String STATES = "states";

    /** The time in which a restored guest has to respond. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    private final String uri;
    private final SlotActions actions;
    private final ReconnectingHost<HostReader> reader;
    private final ReconnectingHost<HostWriter> writer;
    private final ReconnectingHost<GuestHost> guests;

    private final SlotFolders folders;
    private final SlotVolumes volumes;
    private final SlotLinks links;
    private final SavedStates states;

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
        this.reader = new ReconnectingHost<>(() -> connector.reader(uri));
        this.writer = new ReconnectingHost<>(() -> connector.writer(uri));
        this.actions = new SlotActions(reader, this::perform, readiness);
        this.volumes = new SlotVolumes(actions::perform);
        this.links = new SlotLinks(actions::live, actions::perform);
        this.states = new SavedStates(folder.resolve(STATES));
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
        var isSaved = template.obstacleToCopies().isEmpty();
        var mark = new SlotMark(slot, incarnation, template.digest(), isSaved ? Optional.of(slot) : Optional.empty());
        var document = document(template, mark);
        volumes.create(document.volumes());
        var id = SlotActions.guest(slot);
        actions.perform(new Action.Define(id, XmlWriter.write(document.domain())));
        actions.perform(new Action.Start(id));
        actions.awaitReady(template, slot);
        if (template.spec().reset() != ResetMethod.RECREATE) {
            if (isSaved) {
                actions.awaitAddress(template, slot);
                links.pull(slot);
            }
            actions.perform(SlotActions.take(SlotActions.snapshot(slot, CLEAN)));
        }
    }

    private SlotDocument document(PoolTemplate template, SlotMark mark) {
        var size = template.spec().workspace();
        var workspace = size.isPresent()
                ? Optional.of(folders.create(mark.slot().name(), size.getAsLong()))
                : Optional.<Element>empty();
        return SlotDocument.of(template, mark, workspace);
    }

    @Override
    public Optional<SavedState> golden(String pool) {
        return states.golden(pool);
    }

    @Override
    public void saveGolden(PoolTemplate template, PoolSlot slot, long made) {
        var state = new SavedState(
                template.digest(),
                slot,
                made,
                Path.of(""),
                actions.snapshotDocument(SlotActions.snapshot(slot, CLEAN)));
        actions.suspended(slot, () -> states.saveGolden(state, SlotVolumes.files(state.domain(), slot)));
    }

    /** The snapshot is of a suspended guest, so the copies stay suspended until they are unplugged. */
    @Override
    public SavedFork saveFork(PoolTemplate template, PoolSlot slot, String name) {
        List<SavedState> saved = new ArrayList<>();
        var fork = SlotActions.snapshot(slot, FORK);
        actions.perform(new Action.Undefine(fork));
        try {
            var nanos = actions.suspended(slot, () -> {
                actions.perform(SlotActions.take(fork));
                var state = new SavedState(template.digest(), slot, 0, Path.of(""), actions.snapshotDocument(fork));
                saved.add(states.saveFork(state, name, SlotVolumes.files(state.domain(), slot)));
            });
            return new SavedFork(saved.getFirst(), nanos);
        } finally {
            actions.perform(new Action.Undefine(fork));
        }
    }

    @Override
    public void fork(SavedState state, PoolTemplate template, SlotMark mark, ClaimRequest claim) {
        var slot = mark.slot();
        create(state, template, mark, SlotActions.snapshot(slot, FORK));
        links.pull(slot);
        actions.perform(new Action.Resume(SlotActions.guest(slot)));
        try (var session = new AgentGuestSession(channel(slot))) {
            session.claimFork(claim.withMacAddresses(links.macAddresses(state.origin(), slot)));
            links.plug(slot);
            session.settle();
        }
    }

    @Override
    public void keep(SavedState state, String name, String owner, String lease) {
        states.keep(state, name, owner, lease);
    }

    @Override
    public List<KeptState> kept(String pool) {
        return states.kept(pool);
    }

    @Override
    public void delete(SavedState state) {
        SavedStates.delete(state.folder());
    }

    @Override
    public void retainStates(Set<String> pools) {
        states.retain(pools);
    }

    @Override
    public void copy(SavedState state, PoolTemplate template, PoolSlot slot, String incarnation) {
        var mark = new SlotMark(slot, incarnation, state.digest(), Optional.of(state.origin()));
        create(state, template, mark, SlotActions.snapshot(slot, CLEAN));
    }

    private void create(SavedState state, PoolTemplate template, SlotMark mark, ResourceId snapshot) {
        var slot = mark.slot();
        destroy(slot);
        var document = document(template, mark);
        volumes.create(document.volumes());
        states.copyTo(state, SlotVolumes.files(document.domain(), slot));
        actions.perform(new Action.Define(SlotActions.guest(slot), XmlWriter.write(document.domain())));
        var saved = SavedDocument.of(state.snapshot(), document.domain());
        actions.perform(new Action.Define(snapshot, XmlWriter.write(saved)));
        writer.use(connection -> connection.restore(snapshot, Optional.of(RestoreWay.LIBVIRT)));
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
        // Of a server that was killed while it forked.
        actions.perform(new Action.Undefine(SlotActions.snapshot(slot, FORK)));
        if (actions.origin(slot).isPresent()) {
            links.pull(slot);
        }
        writer.use(connection -> connection.restore(SlotActions.snapshot(slot, CLEAN), method));
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
        actions.perform(new Action.Suspend(SlotActions.guest(slot)));
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
            actions.perform(new Action.Resume(SlotActions.guest(slot)));
        } catch (SlotException ignored) {
            // The guest is recreated then; its results are complete.
            return;
        }
    }

    /**
     * Open a session with a guest, and claim it for a trial. This shows that it can be claimed, and runs what is slow the
     * first time after a restore before a user waits for it. A guest whose memory is that of another gets its own identity
     * before it can reach any network.
     */
    @Override
    public GuestSession open(PoolTemplate template, PoolSlot slot) {
        var session = new AgentGuestSession(channel(slot));
        var ready = false;
        try {
            var claim = ClaimRequest.NOTHING.withWorkspace(
                    template.spec().workspace().isPresent());
            var origin = actions.origin(slot);
            if (origin.isEmpty()) {
                session.claim(claim);
            } else {
                var addresses = links.macAddresses(origin.get(), slot);
                session.claim(claim.withIdentity(slot, addresses));
                links.plug(slot);
                if (addresses.isEmpty()) {
                    actions.awaitReady(template, slot);
                } else {
                    session.settle();
                }
            }
            ready = true;
            return session;
        } finally {
            if (!ready) {
                session.close();
            }
        }
    }

    private GuestAgent channel(PoolSlot slot) {
        try {
            return GuestChannels.open(uri, slot.name(), ANSWER_TIMEOUT);
        } catch (GuestException failure) {
            throw new SlotException(failure.diagnostic().detail(), failure);
        } catch (HostException failure) {
            throw new SlotException(failure.reason(), failure);
        }
    }

    /** Remove the disks first: as long as the domain exists, a later attempt finds them. */
    @Override
    public void destroy(PoolSlot slot) {
        var id = SlotActions.guest(slot);
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
                actions.perform(new Action.Stop(id));
                volumes.delete(SlotVolumes.files(present.defined(), slot).values());
                if (hasWorkspace(present.defined())) {
                    folders.remove(slot.name());
                }
                actions.perform(new Action.Undefine(id));
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

    private void perform(Action action) {
        writer.use(connection -> {
            connection.perform(action);
            return true;
        });
    }

    @Override
    public void close() {
        guests.close();
        reader.close();
        writer.close();
    }
}
