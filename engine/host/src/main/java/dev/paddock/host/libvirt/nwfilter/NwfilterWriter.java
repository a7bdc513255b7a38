package dev.paddock.host.libvirt.nwfilter;

import dev.paddock.api.host.HostException;
import dev.paddock.api.host.ProgressListener;
import dev.paddock.api.step.Action;
import dev.paddock.host.libvirt.binding.LibvirtError;
import dev.paddock.host.libvirt.binding.ReadCalls;
import dev.paddock.host.libvirt.binding.WriteCalls;
import dev.paddock.host.libvirt.connection.WritableKind;
import dev.paddock.host.libvirt.connection.WriteConnection;
import dev.paddock.host.validate.FilterSlices;
import dev.paddock.host.validate.SchemaVerdict;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Changes network filters, one at a time: libvirt's driver holds a lock while it rebuilds the rules of running VMs, and
 * waiting calls would occupy the daemon's workers.
 */
public final class NwfilterWriter implements WritableKind {
    /** virNWFilterDefineFlags: VIR_NWFILTER_DEFINE_VALIDATE. */
    private static final int VALIDATE = 1;

    private final Lock oneAtATime = new ReentrantLock();

    @Override
    public void define(WriteConnection connection, Action.Define define) {
        oneAtATime.lock();
        try {
            if (!connection.validates()) {
                connection.call(
                        () -> connection.networkFilterDefineXML(define.xml()).free());
                return;
            }
            var flags = define.validate() && !isChecked(connection, define.xml()) ? VALIDATE : 0;
            var filter = WriteCalls.virNWFilterDefineXMLFlags(connection.pointer(), define.xml(), flags);
            if (filter == null) {
                var error = LibvirtError.take();
                throw error.whenDefining(connection.failure(error));
            }
            ReadCalls.virNWFilterFree(filter);
        } finally {
            oneAtATime.unlock();
        }
    }

    /** Check here what would block libvirtd; it checks all other documents itself. */
    private static boolean isChecked(WriteConnection connection, String xml) {
        return FilterSlices.of(xml).isPresent()
                && switch (connection.schemas().check("nwfilter.rng", xml)) {
                    case SchemaVerdict.NotChecked unchecked -> false;
                    case SchemaVerdict.Checked checked -> {
                        if (!checked.problems().isEmpty()) {
                            throw new HostException(
                                    HostException.Failure.REFUSED,
                                    LibvirtError.INVALID_SCHEMA,
                                    0,
                                    String.join(" ", checked.problems()));
                        }
                        yield true;
                    }
                };
    }

    @Override
    public void undefine(WriteConnection connection, String name) {
        oneAtATime.lock();
        try {
            var filter = WriteCalls.virNWFilterLookupByName(connection.pointer(), name);
            if (filter == null) {
                tolerateAbsence(connection);
                return;
            }
            try {
                if (WriteCalls.virNWFilterUndefine(filter) < 0) {
                    tolerateAbsence(connection);
                }
            } finally {
                ReadCalls.virNWFilterFree(filter);
            }
        } finally {
            oneAtATime.unlock();
        }
    }

    private static void tolerateAbsence(WriteConnection connection) {
        var error = LibvirtError.take();
        if (!error.isAbsence()) {
            throw connection.failure(error);
        }
    }

    @Override
    public void start(WriteConnection connection, String name) {
        throw stateless(name);
    }

    @Override
    public void stop(WriteConnection connection, String name) {
        throw stateless(name);
    }

    @Override
    public void autostart(WriteConnection connection, String name, boolean enabled) {
        throw stateless(name);
    }

    @Override
    public void update(WriteConnection connection, Action.UpdateNetwork update) {
        throw stateless(update.target().name());
    }

    @Override
    public void replug(WriteConnection connection, String name, ProgressListener progress) {
        throw stateless(name);
    }

    private static IllegalArgumentException stateless(String name) {
        return new IllegalArgumentException(
                "The filter " + name + " can only be defined and undefined. This is a bug in this tool.");
    }
}
