package dev.paddock.host.guest;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads frames from a guest. The guest is not trusted: anything that is not a frame ends the session. */
final class FrameReader {
    private static final byte[] GREETING = "\nPADDOCK\n".getBytes(StandardCharsets.US_ASCII);

    private final GuestPort port;
    private final byte[] buffer = new byte[256 * 1024];
    private int start;
    private int end;

    FrameReader(GuestPort port) {
        this.port = port;
    }

    /** Skip everything meant for earlier sessions, up to and including the greeting that answers a hello. */
    void seek(byte[] nonce) {
        var mark = Arrays.copyOf(GREETING, GREETING.length + nonce.length);
        System.arraycopy(nonce, 0, mark, GREETING.length, nonce.length);
        while (true) {
            for (; start + mark.length <= end; start++) {
                if (Arrays.equals(buffer, start, start + mark.length, mark, 0, mark.length)) {
                    start += mark.length;
                    return;
                }
            }
            fill();
        }
    }

    /** Wait for a frame. */
    AgentFrame next() {
        require(AgentFrame.HEADER);
        var length =
                ((buffer[start + 1] & 0xff) << 16) | ((buffer[start + 2] & 0xff) << 8) | (buffer[start + 3] & 0xff);
        if (length > AgentFrame.MOST_FROM_GUEST) {
            throw garbled("a frame of " + length + " bytes");
        }
        require(AgentFrame.HEADER + length + 1);
        if (buffer[start + AgentFrame.HEADER + length] != AgentFrame.END_MARK) {
            throw garbled("a frame without an end");
        }
        var frame = new AgentFrame(buffer[start], buffer, start + AgentFrame.HEADER, length);
        start += AgentFrame.HEADER + length + 1;
        return frame;
    }

    static GuestException garbled(String what) {
        return new GuestException(Diagnostic.error(
                Code.GUEST_GARBLED,
                "The guest's agent sends what makes no sense: " + what + ".",
                "See what runs in the guest in the agent's place, and that its image was built by this paddock."));
    }

    private void require(int bytes) {
        while (end - start < bytes) {
            fill();
        }
    }

    private void fill() {
        if (start > buffer.length / 2 || start == end) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        var read = port.read(buffer, end, buffer.length - end);
        if (read <= 0) {
            throw GuestException.gone();
        }
        end += read;
    }
}
