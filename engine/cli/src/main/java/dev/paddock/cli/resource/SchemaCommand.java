package dev.paddock.cli.resource;

import dev.paddock.cli.console.ExitCode;
import dev.paddock.cli.console.Invocation;
import dev.paddock.cli.console.Subcommand;
import dev.paddock.core.jsonschema.JsonSchema;
import dev.paddock.session.Kinds;
import picocli.CommandLine.Model.CommandSpec;

/** {@code paddock schema}: prints the JSON Schema of playbooks, for editors to complete and validate with. */
public final class SchemaCommand implements Subcommand {
    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.create();
        spec.usageMessage().description("Print the JSON Schema of playbooks, for editors.");
        return spec;
    }

    @Override
    public int run(Invocation invocation) {
        invocation.console().print(JsonSchema.of(Kinds.all()));
        return ExitCode.OK;
    }
}
