package dev.paddock.core.bind;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What resources inherit from where they stand.
 *
 * @param tags of the play and of what includes it
 * @param files those that we are in, outermost first, as real paths
 */
record Setting(
        Target host,
        String project,
        Layers layers,
        Variables variables,
        List<String> tags,
        Templates templates,
        List<Path> files) {

    Setting withTags(Collection<String> more) {
        if (more.isEmpty()) {
            return this;
        }
        List<String> all = new ArrayList<>(tags);
        all.addAll(more);
        return new Setting(host, project, layers, variables, all, templates, files);
    }

    Setting within(Layers newLayers, Variables newVariables) {
        return new Setting(host, project, newLayers, newVariables, tags, templates, files);
    }

    Setting in(Path file) {
        List<Path> all = new ArrayList<>(files);
        all.add(file);
        return new Setting(host, project, layers, variables, tags, templates, all);
    }
}
