package dev.paddock.core.load;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/** Writes maps, lists and texts as YAML that reads back as the same texts. */
public final class YamlText {
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

    private YamlText() {}

    public static String of(Object value) {
        var options = new DumperOptions();
        options.setDefaultFlowStyle(FlowStyle.BLOCK);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        options.setSplitLines(false);
        options.setWidth(120);
        return new Yaml(new TextRepresenter(options), options).dump(value);
    }

    /** Writes texts without quotes where they read back the same, and texts of several lines as blocks. */
    private static final class TextRepresenter extends Representer {
        TextRepresenter(DumperOptions options) {
            super(options);
            representers.put(String.class, data -> text((String) data));
        }

        private Node text(String text) {
            if (NUMBER.matcher(text).matches()) {
                return representScalar(Tag.INT, text, ScalarStyle.PLAIN);
            }
            if (text.equals("true") || text.equals("false")) {
                return representScalar(Tag.BOOL, text, ScalarStyle.PLAIN);
            }
            var style = text.contains("\n") ? ScalarStyle.LITERAL : ScalarStyle.PLAIN;
            return representScalar(Tag.STR, text, style);
        }
    }
}
