package dev.paddock.host.libvirt.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.host.libvirt.binding.ClientLibrary;
import dev.paddock.host.libvirt.binding.QemuCalls;
import dev.paddock.host.libvirt.connection.WriteConnection;
import java.util.Map;

/** The monitor of a running QEMU, reached through libvirt, which marks the VM as tainted by that. */
final class Monitor {
    private static final JsonMapper JSON = new JsonMapper();

    private final WriteConnection connection;
    private final Pointer guest;

    Monitor(WriteConnection connection, Pointer guest) {
        this.connection = connection;
        this.guest = guest;
    }

    JsonNode ask(String command) {
        return ask(command, Map.of());
    }

    /**
     * Return the result of a QMP command.
     *
     * @throws HostException if QEMU refuses it, with QEMU's reason, or no longer runs
     */
    JsonNode ask(String command, Map<String, ?> arguments) {
        var request = JSON.createObjectNode();
        request.put("execute", command);
        if (!arguments.isEmpty()) {
            request.set("arguments", JSON.valueToTree(arguments));
        }
        var result = new PointerByReference();
        if (QemuCalls.virDomainQemuMonitorCommand(guest, request.toString(), result, 0) < 0) {
            throw connection.failure();
        }
        try {
            var answer = JSON.readTree(ClientLibrary.take(result.getValue()));
            if (answer.has("error")) {
                throw new HostException(
                        Failure.REFUSED, 0, 0, answer.path("error").path("desc").asText("QEMU gives no reason."));
            }
            return answer.path("return");
        } catch (JsonProcessingException malformed) {
            throw new IllegalStateException("QEMU's answer is no JSON.", malformed);
        }
    }
}
