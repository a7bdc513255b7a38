package dev.paddock.host.libvirt.binding;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.Map;
import java.util.Optional;

/**
 * An array of virTypedParameter: a name of 80 bytes, a type, and a value of 8 bytes, aligned to 8.
 *
 * @param held the memory of the array and its texts
 */
public record TypedParameters(Memory held, Optional<Memory> text, int count) implements AutoCloseable {
    private static final int SIZE = 96;
    private static final int TYPE = 80;
    private static final int VALUE = 88;

    /** virTypedParameterType: VIR_TYPED_PARAM_ULLONG, VIR_TYPED_PARAM_STRING. */
    private static final int UNSIGNED_LONG = 4;

    private static final int STRING = 7;

    public static TypedParameters of(Map<String, Long> numbers, Optional<String> group) {
        var count = numbers.size() + (group.isPresent() ? 1 : 0);
        var memory = new Memory((long) SIZE * Math.max(1, count));
        memory.clear();
        var at = 0L;
        for (var number : numbers.entrySet()) {
            memory.setString(at, number.getKey(), "US-ASCII");
            memory.setInt(at + TYPE, UNSIGNED_LONG);
            memory.setLong(at + VALUE, number.getValue());
            at += SIZE;
        }
        var text = Optional.<Memory>empty();
        if (group.isPresent()) {
            var bytes = group.get().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            var copy = new Memory(bytes.length + 1L);
            copy.setString(0, group.get(), "UTF-8");
            memory.setString(at, "group_name", "US-ASCII");
            memory.setInt(at + TYPE, STRING);
            memory.setPointer(at + VALUE, copy);
            text = Optional.of(copy);
        }
        return new TypedParameters(memory, text, count);
    }

    public Pointer pointer() {
        return held;
    }

    @Override
    public void close() {
        held.close();
        text.ifPresent(Memory::close);
    }
}
