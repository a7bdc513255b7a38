package dev.paddock.core.bind;

import dev.paddock.core.expression.Variables;
import dev.paddock.core.inventory.VariableLayers;
import dev.paddock.core.resource.InventoryHost;
import dev.paddock.core.template.Templates;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What resources inherit from the play and files around them.
 *
 * @param tags the tags of the play and of the fragments and plays that include it
 * @param files the real paths of the playbook and the included files, outermost first
 */
record BindContext(
        InventoryHost host,
        String project,
        VariableLayers layers,
        Variables variables,
        List<String> tags,
        Templates templates,
        List<Path> files) {

    BindContext withProject(String newProject) {
        return new BindContext(host, newProject, layers, variables, tags, templates, files);
    }

    BindContext withTags(Collection<String> more) {
        if (more.isEmpty()) {
            return this;
        }
        List<String> all = new ArrayList<>(tags);
        all.addAll(more);
        return new BindContext(host, project, layers, variables, all, templates, files);
    }

    BindContext within(VariableLayers newLayers, Variables newVariables) {
        return new BindContext(host, project, newLayers, newVariables, tags, templates, files);
    }

    BindContext in(Path file) {
        List<Path> all = new ArrayList<>(files);
        all.add(file);
        return new BindContext(host, project, layers, variables, tags, templates, all);
    }
}
