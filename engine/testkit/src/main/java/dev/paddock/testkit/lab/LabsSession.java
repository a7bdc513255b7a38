package dev.paddock.testkit.lab;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Ends the labs when the last test has run, however it went. Found by the JUnit platform as a service. */
public final class LabsSession implements LauncherSessionListener {
    @Override
    public void launcherSessionClosed(LauncherSession session) {
        Labs.stopAll();
    }
}
