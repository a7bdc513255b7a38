package dev.paddock.core.vault;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** Opens what ansible-vault has encrypted: PBKDF2 and HMAC with SHA-256, AES in counter mode, padding of PKCS 7. */
final class VaultCipher {
    private static final int ITERATIONS = 10_000;
    private static final int KEY_LENGTH = 32;
    private static final int BLOCK_LENGTH = 16;

    private VaultCipher() {}

    /** Return the text; empty if this is not its password. */
    static Optional<String> open(VaultEnvelope envelope, String password) throws VaultEnvelope.DamagedException {
        if (envelope.salt().length == 0) {
            throw new VaultEnvelope.DamagedException("it has no salt");
        }
        try {
            var spec = new PBEKeySpec(
                    password.toCharArray(), envelope.salt(), ITERATIONS, (2 * KEY_LENGTH + BLOCK_LENGTH) * Byte.SIZE);
            var keys = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Arrays.copyOfRange(keys, KEY_LENGTH, 2 * KEY_LENGTH), "HmacSHA256"));
            if (!MessageDigest.isEqual(mac.doFinal(envelope.content()), envelope.seal())) {
                return Optional.empty();
            }
            var cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(Arrays.copyOf(keys, KEY_LENGTH), "AES"),
                    new IvParameterSpec(Arrays.copyOfRange(keys, 2 * KEY_LENGTH, keys.length)));
            return Optional.of(text(cipher.doFinal(envelope.content())));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("This Java lacks a cipher of its standard.", impossible);
        }
    }

    private static String text(byte[] padded) throws VaultEnvelope.DamagedException {
        var padding = padded.length == 0 ? 0 : padded[padded.length - 1];
        if (padding < 1 || padding > BLOCK_LENGTH || padding > padded.length) {
            throw new VaultEnvelope.DamagedException("its padding is wrong");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(padded, 0, padded.length - padding))
                    .toString();
        } catch (CharacterCodingException binary) {
            throw new VaultEnvelope.DamagedException("it holds no text in UTF-8");
        }
    }
}
