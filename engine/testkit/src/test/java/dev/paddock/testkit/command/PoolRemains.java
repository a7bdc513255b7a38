package dev.paddock.testkit.command;

import dev.paddock.host.lab.LabException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What there is of the guests of a pool on its host. */
final class PoolRemains {
    private PoolRemains() {}

    private static Map<String, String> scripts(String pool) {
        Map<String, String> scripts = new LinkedHashMap<>();
        scripts.put("running", "virsh -q list --name | sed '/^$/d'");
        scripts.put("defined", "virsh -q list --all --name | sed '/^$/d' | grep -vx POOL");
        scripts.put("disk", "ls /var/lib/libvirt/images/paddock | sed -n 's/^\\(POOL-[0-9]*\\)-.*/\\1/p'");
        scripts.put("folder", "ls /var/lib/libvirt/paddock/workspaces");
        scripts.put("mount", "sed -n 's|^[^ ]* [^ ]*/workspaces/\\([^/]*\\)/share .*|\\1|p' /proc/mounts");
        scripts.put("process", """
                for process in /proc/[0-9]*; do
                  { tr '\\0' ' ' <$process/cmdline 2>/dev/null; echo; } | sed -n 's/^[^ ]*qemu[^ ]* -name guest=\\([^, ]*\\).*/\\1/p'
                done""");
        scripts.put("filter", """
                virsh -q nwfilter-binding-list | while read -r port filter; do
                  virsh nwfilter-binding-dumpxml $port | sed -n 's|.*<name>\\(.*\\)</name>.*|\\1|p'
                done""");
        scripts.replaceAll((kind, script) -> script.replace("POOL", pool));
        return scripts;
    }

    /** Return what there is too much or too little of, when these are the guests that should be there. */
    static List<String> amiss(PoolLab lab, String pool, Set<String> guests) throws LabException {
        var amiss = new ArrayList<String>();
        for (var script : scripts(pool).entrySet()) {
            var kind = script.getKey();
            var found = new ArrayList<>(lab.inside(script.getValue()).lines().toList());
            for (var guest : guests) {
                if (!found.remove(guest)) {
                    amiss.add("no " + kind + " of " + guest);
                }
            }
            found.forEach(other -> amiss.add("a " + kind + " of " + other));
        }
        return amiss;
    }
}
