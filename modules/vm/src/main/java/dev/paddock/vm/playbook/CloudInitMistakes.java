package dev.paddock.vm.playbook;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.image.ImageRecipe;
import dev.paddock.api.image.ImageSource;
import dev.paddock.api.image.ImageSpec;
import dev.paddock.api.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What the first boot of a VM would ignore without a word. */
final class CloudInitMistakes {
    /** How cloud-init recognizes user-data, in any case ({@code INCLUSION_TYPES_MAP} in its {@code handlers}). */
    private static final List<String> HEADS = List.of(
            "#!",
            "#cloud-config",
            "#include",
            "#cloud-boothook",
            "#part-handler",
            "#upstart-job",
            "## template: jinja");

    private CloudInitMistakes() {}

    static List<Diagnostic> of(Value.Mapping guest, Optional<ImageSpec> image) {
        return PlaybookValues.mapping(guest, "cloud_init").stream()
                .flatMap(said -> Stream.of(unread(said, image), userData(said), mapping(said, "meta_data"))
                        .flatMap(List::stream))
                .toList();
    }

    private static List<Diagnostic> unread(Value.Mapping said, Optional<ImageSpec> image) {
        return image
                .map(ImageSpec::source)
                .filter(source -> source instanceof ImageSource.Build build
                        && build.recipe().equals(ImageRecipe.TINY.word()))
                .map(source -> Diagnostic.error(
                        Code.FIRST_BOOT_UNREAD,
                        said.place(),
                        "The image tiny has no cloud-init, so nothing in it reads 'cloud_init'.",
                        "Leave 'cloud_init' out, or use an image that has cloud-init, such as 'image: debian'."))
                .stream()
                .toList();
    }

    private static List<Diagnostic> userData(Value.Mapping said) {
        var whole = said.text("user_data");
        if (whole.isEmpty()) {
            return mapping(said, "user_data");
        }
        List<Diagnostic> mistakes = new ArrayList<>();
        var place = said.get("user_data").orElseThrow().place();
        if (!isRecognized(whole.get())) {
            mistakes.add(Diagnostic.error(
                    Code.FIRST_BOOT_UNREAD,
                    place,
                    "cloud-init ignores a text that starts neither with '#cloud-config' nor with '#!'.",
                    "Start a configuration with the line '#cloud-config' and a script with '#!', or write user_data as"
                            + " a mapping."));
        }
        for (var key : List.of("hostname", "ssh_authorized_keys", "packages")) {
            said.get(key)
                    .ifPresent(value -> mistakes.add(Diagnostic.error(
                            Code.CONFLICTING_KEYS,
                            value.place(),
                            "'user_data' is a whole text here, so '" + key + "' has no effect beside it.",
                            "Say it in the text, or write user_data as a mapping.")));
        }
        return mistakes;
    }

    private static boolean isRecognized(String text) {
        var start = text.stripLeading().toLowerCase(Locale.ROOT);
        return HEADS.stream().anyMatch(start::startsWith)
                || text.substring(0, Math.min(text.length(), 4096))
                        .toLowerCase(Locale.ROOT)
                        .contains("mime-version:");
    }

    private static List<Diagnostic> mapping(Value.Mapping said, String key) {
        return said
                .get(key)
                .filter(value -> !(value instanceof Value.Mapping))
                .filter(value -> !(value instanceof Value.Scalar scalar && scalar.absent()))
                .map(value -> Diagnostic.error(
                        Code.WRONG_SHAPE, value.place(), "'" + key + "' is a mapping.", "Write 'key: value' lines."))
                .stream()
                .toList();
    }
}
