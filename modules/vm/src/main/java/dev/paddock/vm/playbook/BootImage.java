package dev.paddock.vm.playbook;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.Suggestion;
import dev.paddock.api.image.ImageFile;
import dev.paddock.api.image.ImageFileRole;
import dev.paddock.api.image.ImageRecipe;
import dev.paddock.api.image.ImageSource;
import dev.paddock.api.image.ImageSpec;
import dev.paddock.api.image.ImageStore;
import dev.paddock.api.kind.DerivedResource;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.value.Value;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The image that a VM starts from.
 *
 * @param spec absent if it cannot be determined; a diagnostic says why
 * @param derived the image, if the play does not declare it
 */
public record BootImage(Optional<ImageSpec> spec, List<DerivedResource> derived, List<Diagnostic> mistakes) {
    public static Optional<BootImage> of(Value.Mapping guest, Function<ResourceId, Optional<Value.Mapping>> declared) {
        return PlaybookValues.mapping(guest, "image").map(image -> named(image, declared));
    }

    private static BootImage named(Value.Mapping image, Function<ResourceId, Optional<Value.Mapping>> declared) {
        var name = image.text("name");
        var elsewhere = name.flatMap(text -> declared.apply(new ResourceId("image", text)));
        if (elsewhere.isPresent()) {
            return new BootImage(ImageSyntax.spec(name.get(), elsewhere.get()), List.of(), List.of());
        }
        var build = image.text("build")
                .or(() -> name.filter(text -> ImageRecipe.of(text).isPresent()));
        if (build.isPresent() && image.text("url").isEmpty()) {
            var revision = Integer.parseInt(image.text("revision").orElse("1"));
            return made(image, new ImageSpec(build.get(), new ImageSource.Build(build.get(), revision), "qcow2"));
        }
        var url = image.text("url");
        var sha256 = image.text("sha256");
        if (build.isEmpty() && url.isPresent() && sha256.isPresent()) {
            var source = new ImageSource.Download(URI.create(url.get()), sha256.get());
            return made(
                    image,
                    new ImageSpec(stem(url.get()), source, image.text("format").orElse("qcow2")));
        }
        return wrong(
                image,
                name.isPresent() && build.isEmpty() && url.isEmpty()
                        ? "There is no image '" + name.get() + "'"
                                + Suggestion.nearest(name.get(), ImageRecipe.words())
                                        .map(near -> "; did you mean '" + near + "'?")
                                        .orElse(".")
                        : "An image is either a build, or has a url and its sha256.",
                "Write 'image: tiny', declare the image below 'images', or give url and sha256.");
    }

    private static BootImage made(Value.Mapping image, ImageSpec spec) {
        return new BootImage(Optional.of(spec), List.of(ImageSyntax.derived(spec, image.place())), List.of());
    }

    private static BootImage wrong(Value.Mapping image, String detail, String fix) {
        return new BootImage(
                Optional.empty(),
                List.of(),
                List.of(Diagnostic.error(Code.CONFLICTING_KEYS, image.place(), detail, fix)));
    }

    /** Return the last part of a path, as far as it can be a name, without the extension of a compression. */
    private static String stem(String url) {
        var path = Optional.ofNullable(URI.create(url).getPath()).orElse("");
        var last = path.substring(path.lastIndexOf('/') + 1).replaceAll("\\.(xz|gz|zst|qcow2|img|raw)\\b", "");
        var fits = last.replaceAll("[^A-Za-z0-9._-]", "-").replaceAll("^[^A-Za-z0-9]+", "");
        return fits.isEmpty() ? "image" : fits.substring(0, Math.min(fits.length(), 64));
    }

    public Optional<ImageFile> disk() {
        return file(ImageFileRole.DISK);
    }

    private Optional<ImageFile> file(ImageFileRole role) {
        return spec.flatMap(image ->
                image.files().stream().filter(file -> file.role() == role).findFirst());
    }

    /** Return the fields of the VM, completed with the kernel to boot. The VM's own fields take precedence. */
    Value.Mapping on(Value.Mapping guest) {
        var kernel = file(ImageFileRole.KERNEL);
        if (kernel.isEmpty()) {
            return guest;
        }
        var boot = PlaybookValues.mapping(guest.place(), "kernel", ImageStore.path(kernel.get()));
        boot = file(ImageFileRole.INITRD)
                .map(ImageStore::path)
                .map(withText(boot, "initrd"))
                .orElse(boot);
        boot = spec.flatMap(ImageSpec::cmdline).map(withText(boot, "cmdline")).orElse(boot);
        return guest.with("boot", PlaybookValues.under(boot, guest, "boot"));
    }

    private static Function<String, Value.Mapping> withText(Value.Mapping mapping, String key) {
        return text -> PlaybookValues.with(mapping, key, text);
    }
}
