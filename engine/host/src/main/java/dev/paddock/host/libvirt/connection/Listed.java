package dev.paddock.host.libvirt.connection;

import com.sun.jna.Pointer;

/** An object in a listing. The handle belongs to one connection, and must be freed. */
public record Listed(
        Pointer handle,
        String name,
        String uuid,
        boolean active,
        boolean persistent,
        boolean autostart,
        boolean paused) {}
