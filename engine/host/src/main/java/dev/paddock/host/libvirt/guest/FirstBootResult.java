package dev.paddock.host.libvirt.guest;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** What cloud-init writes when it has finished: {@code {"v1": {"datasource": ..., "errors": [...]}}}. */
final class FirstBootResult {
    private static final int LONGEST = 300;
    private static final ObjectMapper JSON = new ObjectMapper();

    private FirstBootResult() {}

    /** Return the errors in the file, each in one line. The guest chooses what it contains. */
    static List<String> errors(String base64) {
        List<String> errors = new ArrayList<>();
        try {
            for (var error :
                    JSON.readTree(Base64.getDecoder().decode(base64)).path("v1").path("errors")) {
                var line =
                        error.asText("").replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ").strip();
                errors.add(line.substring(0, Math.min(line.length(), LONGEST)));
            }
        } catch (IOException | IllegalArgumentException garbled) {
            return List.of();
        }
        return errors;
    }
}
