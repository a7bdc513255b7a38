package dev.paddock.core.expression;

import freemarker.core.Environment;
import freemarker.core.TemplateNumberFormat;
import freemarker.core.TemplateNumberFormatFactory;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateNumberModel;
import java.math.BigDecimal;
import java.util.Locale;

/** Prints numbers as they were written, and computed ones for machines: no grouping, no exponent. */
final class NumberText extends TemplateNumberFormat {
    static final String NAME = "paddock";
    static final NumberText FORMAT = new NumberText();

    /** Beyond this a number is no size, port or count, and its digits would fill the memory. */
    private static final int LONGEST = 1_000;

    private NumberText() {}

    static TemplateNumberFormatFactory factory() {
        return new TemplateNumberFormatFactory() {
            @Override
            public TemplateNumberFormat get(String parameters, Locale locale, Environment environment) {
                return FORMAT;
            }
        };
    }

    @Override
    public String formatToPlainText(TemplateNumberModel model) throws TemplateModelException {
        if (model instanceof NodeTemplateModel.Figure written) {
            return written.getAsString();
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new TemplateModelException("It takes too long.");
        }
        var number = model.getAsNumber();
        if (!Double.isFinite(number.doubleValue())) {
            throw new TemplateModelException("The number is not finite.");
        }
        var decimal = number instanceof BigDecimal exact ? exact : new BigDecimal(number.toString());
        if (decimal.precision() > LONGEST || Math.abs((long) decimal.scale()) > LONGEST) {
            throw new TemplateModelException("The number has more than " + LONGEST + " digits.");
        }
        return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
    }

    @Override
    public boolean isLocaleBound() {
        return false;
    }

    @Override
    public String getDescription() {
        return NAME;
    }
}
