package dev.paddock.core.expression;

import freemarker.core.Environment;
import freemarker.core.TemplateNumberFormat;
import freemarker.core.TemplateNumberFormatFactory;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateNumberModel;
import java.math.BigDecimal;
import java.util.Locale;

/** Formats numbers as they were written, and computed ones without grouping and exponent. */
final class NumberText extends TemplateNumberFormat {
    static final String NAME = "paddock";
    static final NumberText FORMAT = new NumberText();

    /** In digits. No size, port or count is longer, and the digits of an exponent would fill the memory. */
    private static final int MAX_LENGTH = 1_000;

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
        if (model instanceof NodeTemplateModel.NumberModel written) {
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
        if (decimal.precision() > MAX_LENGTH || Math.abs((long) decimal.scale()) > MAX_LENGTH) {
            throw new TemplateModelException("The number has more than " + MAX_LENGTH + " digits.");
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
