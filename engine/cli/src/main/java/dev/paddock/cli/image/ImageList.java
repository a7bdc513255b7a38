package dev.paddock.cli.image;

import dev.paddock.api.host.HostConnector;
import dev.paddock.cli.console.ExitCode;
import dev.paddock.cli.console.Format;
import dev.paddock.cli.console.Invocation;
import dev.paddock.cli.console.TextTable;
import dev.paddock.core.report.PlanReport;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Lists the images of a host. */
final class ImageList {
    private ImageList() {}

    static int run(Invocation invocation, HostConnector hosts, String uri, Clock clock) {
        try (var reader = hosts.reader(uri)) {
            var images = StoredImage.all(reader);
            if (invocation.globals().output() == Format.JSON) {
                Map<String, Object> report = new LinkedHashMap<>();
                report.put("format_version", PlanReport.FORMAT);
                report.put("uri", uri);
                report.put("images", images.stream().map(StoredImage::report).toList());
                invocation.console().printJson(report);
            } else {
                table(images, clock.instant()).forEach(invocation.console()::print);
            }
            return ExitCode.OK;
        }
    }

    static List<String> table(List<StoredImage> images, Instant now) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("IMAGE", "SIZE", "AGE", "USED BY"));
        for (var image : images) {
            rows.add(List.of(image.name(), StoredImage.size(image.bytes()), image.age(now), users(image)));
        }
        return TextTable.of(rows);
    }

    private static String users(StoredImage image) {
        if (image.isUsed()) {
            return image.users().stream()
                    .map(user -> user.by().toString())
                    .distinct()
                    .collect(Collectors.joining(", "));
        }
        return image.isWhole() ? "-" : "- (unfinished)";
    }
}
