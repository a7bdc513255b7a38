package dev.paddock.core.bind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.api.diagnostic.Code;
import dev.paddock.core.source.DiagnosticSink;
import dev.paddock.core.vault.VaultPassword;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Inventories give the values that Ansible gives. What it gives was recorded, and is asked again where it is installed:
 * {@code -Dpaddock.ansible=FOLDER} names the folder of the program, and {@code -Dpaddock.record} records.
 */
final class AnsibleInventoryTest {
    private static final Path FOLDER =
            Path.of("src", "test", "resources", "inventories").toAbsolutePath();
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** The ids of vaults and their passwords, which ansible-vault had when it made the files. */
    private static final List<VaultPassword> PASSWORDS =
            List.of(new VaultPassword("default", "development"), new VaultPassword("prod", "prodüction secret"));

    @TempDir
    private Path scratch;

    /** An inventory: its sources, and the folder of the playbook. */
    enum Case {
        INI("", "ini/hosts.ini"),
        YAML("", "yaml/hosts.yml"),
        FOLDER_OF_BOTH("folder", "folder/inv"),
        SEVERAL("", "several/a/hosts", "several/b/hosts"),
        LIST_OF_HOSTS("", "h1,h2.lan,h4:22"),
        TEMPLATES("", "templates/hosts"),
        VAULT("", "vault/hosts.yml"),
        VAULTED_FILE("", "vault/encrypted.ini");

        private final String playbookFolder;
        private final String names;

        Case(String playbookFolder, String... names) {
            this.playbookFolder = playbookFolder;
            this.names = String.join(" ", names);
        }

        List<String> sources() {
            return Stream.of(names.split(" "))
                    .map(name ->
                            name.contains(",") ? name : FOLDER.resolve(name).toString())
                    .toList();
        }

        Optional<Path> folder() {
            return playbookFolder.isEmpty() ? Optional.empty() : Optional.of(FOLDER.resolve(playbookFolder));
        }

        Path recorded() {
            return FOLDER.resolve("expected")
                    .resolve(name().toLowerCase(Locale.ROOT).replace('_', '-') + ".json");
        }
    }

    @ParameterizedTest
    @EnumSource
    void valuesAreThoseThatAnsibleGave(Case inventory) throws IOException {
        assertThat(pretty(values(inventory))).isEqualTo(Files.readString(inventory.recorded()));
    }

    @ParameterizedTest
    @EnumSource
    void valuesAreThoseOfAnsible(Case inventory) throws Exception {
        var ansible = AnsibleReference.find();
        assumeTrue(
                ansible.isPresent(), "ansible-core 2.19 is not installed, so only its recorded values are compared.");
        var values = values(inventory);
        var theirs = withoutRoot(
                ansible.get().values(inventory.sources(), vaultIds(), inventory.folder(), names(values), scratch));
        if (System.getProperty("paddock.record") != null) {
            Files.createDirectories(inventory.recorded().getParent());
            Files.writeString(inventory.recorded(), pretty(theirs));
        }
        assertThat(pretty(values)).isEqualTo(pretty(theirs));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void generatedInventoriesGiveTheValuesOfAnsible(long seed) throws Exception {
        var ansible = AnsibleReference.find();
        assumeTrue(ansible.isPresent(), "ansible-core 2.19 is not installed, so nothing is compared.");
        var inventory = new GeneratedInventory(scratch.resolve("inventory"), seed);
        inventory.write();
        var folder = Optional.of(inventory.playbookFolder());
        var diagnostics = new DiagnosticSink();
        var all = InventoryValues.of(inventory.sources(), List.of(), folder, diagnostics);
        assertThat(diagnostics.list()).isEmpty();
        all.forEach(host -> ((ObjectNode) host).retain(GeneratedInventory.names()));

        assertThat(pretty(all))
                .as("seed %d", seed)
                .isEqualTo(pretty(ansible.get()
                        .values(inventory.sources(), List.of(), folder, GeneratedInventory.names(), scratch)));
    }

    static LongStream seeds() {
        var first = Long.getLong("paddock.seed", 1);
        return LongStream.range(first, first + Integer.getInteger("paddock.documents", 3));
    }

    private static JsonNode values(Case inventory) throws IOException {
        var diagnostics = new DiagnosticSink();
        var values = InventoryValues.of(inventory.sources(), PASSWORDS, inventory.folder(), diagnostics);
        assertThat(diagnostics.list())
                .allSatisfy(found -> assertThat(found.code()).isEqualTo(Code.VAULT_LOCKED));
        assertThat(diagnostics.list()).hasSize(inventory == Case.VAULT ? 1 : 0);
        return withoutRoot(values);
    }

    private List<String> vaultIds() throws IOException {
        List<String> ids = new ArrayList<>();
        for (var password : PASSWORDS) {
            var file = Files.writeString(scratch.resolve(password.label()), password.password());
            ids.add(password.label() + "@" + file);
        }
        return ids;
    }

    private static Set<String> names(JsonNode values) {
        var names = new TreeSet<String>();
        values.forEach(host -> host.fieldNames().forEachRemaining(names::add));
        return names;
    }

    private static JsonNode withoutRoot(ObjectNode values) throws IOException {
        return JSON.readTree(JSON.writeValueAsString(values).replace(FOLDER.toString(), "<folder>"));
    }

    private static String pretty(JsonNode values) throws IOException {
        return JSON.writeValueAsString(sorted(values)) + "\n";
    }

    private static JsonNode sorted(JsonNode node) {
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        var names = new TreeSet<String>();
        object.fieldNames().forEachRemaining(names::add);
        var sorted = JSON.createObjectNode();
        names.forEach(name -> sorted.set(name, sorted(object.get(name))));
        return sorted;
    }
}
