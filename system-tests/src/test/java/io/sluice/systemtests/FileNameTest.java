package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Shared.class)
class FileNameTest {
    private static final Pattern EXTENDED = Pattern.compile("filename\\*=UTF-8''([^; ]+)");
    private static final Pattern CLEAN = Pattern.compile("[^/\\\\\\p{Cntrl}]{1,255}");
    private static final Pattern STORED = Pattern.compile("[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f-]{36}");

    private final Sluice sluice;
    private final Api api;

    FileNameTest(Sluice sluice) {
        this.sluice = sluice;
        api = sluice.api();
    }

    static List<String> hostileNames() {
        return List.of(
                "../../../evil.txt",
                "/etc/evil.txt",
                "..\\..\\evil.txt",
                "evil\r\nX-Evil: 1\r\n\r\n.txt",
                "evil\"; filename=\"other.txt",
                "evil' % ; = , .txt",
                "evil-\ud83d\ude00-Ünïcödé.txt",
                "evil\u0000.txt",
                "evil\u202etxt.exe",
                "evil".repeat(75) + ".txt");
    }

    @ParameterizedTest
    @MethodSource("hostileNames")
    void staysHarmlessInAHeader(String name) throws Exception {
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        Answer posted =
                api.post(
                        TestFile.text(50, 60),
                        "text/plain",
                        "Content-Disposition",
                        "attachment; filename*=UTF-8''" + encoded,
                        "Prefer",
                        "wait=60");
        expectHarmless(Api.id(posted.isStatus(201)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../evil.txt",
                "evil%0D%0AX-Evil: 1.txt",
                "evil%22; filename=other.txt",
                "evil-\ud83d\ude00.txt"
            })
    void staysHarmlessInAForm(String name) throws Exception {
        byte[] body = new Form().file(name, "text/plain", TestFile.text(50, 61)).body();
        Answer posted = api.post(body, Form.TYPE, "Prefer", "wait=60").isStatus(201);
        expectHarmless(posted.json().get("uploads").get(0).get("id").asString());
    }

    private void expectHarmless(String id) throws Exception {
        Answer content;
        try (Wire wire = new Wire(sluice.base())) {
            wire.head(
                    "GET " + Api.UPLOADS + "/" + id + "/content HTTP/1.1",
                    "Authorization: Bearer " + api.key());
            content = wire.answer().isStatus(200);
        }
        assertThat(content.findHeader("x-evil")).isEmpty();
        String disposition = content.header("content-disposition");
        assertThat(disposition).matches("attachment; [ -~]+");
        Matcher extended = EXTENDED.matcher(disposition);
        assertThat(extended.find()).as(disposition).isTrue();
        String name = URLDecoder.decode(extended.group(1), StandardCharsets.UTF_8);
        assertThat(name).matches(CLEAN).contains("evil");
        assertThat(name.codePoints().filter(c -> Character.getType(c) == Character.FORMAT))
                .isEmpty();
        expectOnlyOurNames();
    }

    private void expectOnlyOurNames() throws Exception {
        Path data = sluice.data();
        assertThat(Trees.names(data.resolve("store")))
                .isNotEmpty()
                .allMatch(name -> STORED.matcher(name.toString()).matches());
        assertThat(Trees.names(data.resolveSibling(".")))
                .noneMatch(name -> name.toString().contains("evil"));
    }
}
