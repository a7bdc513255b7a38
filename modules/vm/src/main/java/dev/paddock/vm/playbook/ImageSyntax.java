package dev.paddock.vm.playbook;

import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.image.ImageDocument;
import dev.paddock.api.image.ImageSource;
import dev.paddock.api.image.ImageSpec;
import dev.paddock.api.kind.DerivedResource;
import dev.paddock.api.value.Value;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Converts images from and to the fields of a playbook. */
final class ImageSyntax {
    private ImageSyntax() {}

    /** Return the declared image; absent if the declaration is incomplete, which the kind of images reports. */
    static Optional<ImageSpec> spec(String name, Value.Mapping said) {
        var format = said.text("format").orElse("qcow2");
        var sha256 = said.text("sha256");
        return said.text("build")
                .<ImageSource>map(recipe -> new ImageSource.Build(
                        recipe, Integer.parseInt(said.text("revision").orElse("1"))))
                .or(() -> said.text("url")
                        .flatMap(url -> sha256.map(sum -> new ImageSource.Download(URI.create(url), sum))))
                .or(() ->
                        said.text("path").flatMap(path -> sha256.map(sum -> new ImageSource.Local(Path.of(path), sum))))
                .map(source -> new ImageSpec(name, source, format));
    }

    static DerivedResource derived(ImageSpec image, SourceLocation place) {
        var said = PlaybookValues.mapping(place, "name", image.name(), "format", image.format());
        var spec =
                switch (image.source()) {
                    case ImageSource.Build build ->
                        PlaybookValues.with(
                                PlaybookValues.with(said, "build", build.recipe()),
                                "revision",
                                Integer.toString(build.revision()));
                    case ImageSource.Download download ->
                        PlaybookValues.with(
                                PlaybookValues.with(said, "url", download.url().toString()),
                                "sha256",
                                download.sha256());
                    case ImageSource.Local local ->
                        PlaybookValues.with(
                                PlaybookValues.with(said, "path", local.file().toString()), "sha256", local.sha256());
                    case ImageSource.Seed seed -> said.with("seed", files(seed, place));
                };
        return new DerivedResource("image", image.name(), Optional.empty(), spec, true);
    }

    private static Value.Mapping files(ImageSource.Seed seed, SourceLocation place) {
        Map<String, Value.Entry> entries = new LinkedHashMap<>();
        seed.files()
                .forEach((name, text) ->
                        entries.put(name, new Value.Entry(place, Value.Scalar.of(place, ImageDocument.encoded(text)))));
        return new Value.Mapping(place, entries);
    }
}
