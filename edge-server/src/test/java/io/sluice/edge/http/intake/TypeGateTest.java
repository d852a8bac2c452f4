package io.sluice.edge.http.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.sluice.edge.http.problem.Problem;
import io.sluice.edge.http.problem.Refusal;
import io.sluice.model.Policy;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypeGateTest {
    private static final Policy PICTURES =
            new Policy("default", List.of("image/jpeg", "image/png", "text/plain"), 1);

    /** Lets the bytes pass, and as many more as make the gate judge them. */
    private static void pass(Policy policy, byte[]... reads) {
        TypeGate gate = new TypeGate(policy);
        for (byte[] read : reads) {
            gate.read(Unpooled.wrappedBuffer(read));
        }
        gate.read(Unpooled.wrappedBuffer(new byte[4096]));
        gate.read(Unpooled.wrappedBuffer(new byte[4096]));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "255044462d312e37",
                "504b0304140000000800",
                "7f454c4602010100",
                "1f8b0800",
                "474946383961",
                "cafebabe00000041"
            })
    void whatCannotBeLetThroughIsRefused(String hex) {
        assertThatThrownBy(() -> pass(PICTURES, HexFormat.of().parseHex(hex)))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal ->
                                assertThat(refusal.problem()).isEqualTo(Problem.TYPE_NOT_ALLOWED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ffd8ffe0", "89504e470d0a1a0a", "4d5a", "3c73766720", "00000000"})
    void whatIsAllowedOrDoubtfulGoesOn(String hex) {
        pass(PICTURES, HexFormat.of().parseHex(hex));
    }

    @Test
    void aSignatureIsFoundHoweverItsBytesArrive() {
        assertThatThrownBy(() -> pass(PICTURES, text("%"), text("PD"), text("F-1.7")))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void aFileThatIsThereAlreadyGoesOn() {
        TypeGate gate = new TypeGate(PICTURES);
        gate.read(Unpooled.wrappedBuffer(text("%PDF-1.7 and not much more")));
    }

    @Test
    void aContainerGoesOnWhereSomethingMadeOfItMayBeAllowed() {
        Policy documents =
                new Policy(
                        "documents",
                        List.of("application/vnd.oasis.opendocument.text", "image/*"),
                        1);
        pass(documents, HexFormat.of().parseHex("504b0304"));
        pass(documents, HexFormat.of().parseHex("474946383961"));
    }
}
