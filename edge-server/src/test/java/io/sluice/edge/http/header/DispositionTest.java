package io.sluice.edge.http.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.edge.http.problem.Refusal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DispositionTest {
    private static String filename(String field) {
        return Disposition.parse(field).filename().orElse("none");
    }

    @ParameterizedTest(name = "{0} names {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "attachment | none",
                "attachment; filename=a.txt | a.txt",
                "attachment;filename=\"a b.txt\" | a b.txt",
                "Attachment ; FileName = \"a\" ; | a",
                "attachment; filename=\"a\\\"b\" | a\"b",
                "attachment; filename=\"C:\\dir\\a.txt\" | a.txt",
                "attachment; filename=\"../../etc/passwd\" | passwd",
                "attachment; filename=\"/\" | none",
                "attachment; filename=\"..\" | none",
                "attachment; filename=\"\" | none",
                "attachment; filename=a b.txt | a b.txt",
                "attachment; filename=\"a;b=c\" | a;b=c",
                "attachment; filename*=UTF-8''na%C3%AFve%20%E2%82%AC.txt | naïve €.txt",
                "attachment; filename*=iso-8859-1'en'%A3 | £",
                "attachment; filename=x; filename*=utf-8''y | y",
                "attachment; filename=x; filename*=utf-8''%ff | x",
                "attachment; filename=x; filename*=koi8-r''y | x",
                "attachment; filename=x; filename*=utf-8''%4 | x",
                "attachment; filename=x; filename*=nonsense | x",
                "attachment; filename*=UTF-8''..%2F..%2Fx%0D%0AEvil%3A1 | xEvil:1",
                "attachment; filename*=UTF-8''%F0%9F%8E%89.png | 🎉.png",
                "form-data; name=\"f\"; filename=\"a%22b\" | a\"b",
                "attachment; filename=\"a%22b\" | a%22b"
            })
    void filesAreNamedSafely(String field, String name) {
        assertThat(filename(field)).isEqualTo(name);
    }

    @Test
    void utf8InAFieldIsUnderstood() {
        String latin1 =
                new String(
                        "Grüße.txt".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertThat(filename("attachment; filename=\"" + latin1 + "\"")).isEqualTo("Grüße.txt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";filename=a",
                "attachment filename=a",
                "attachment; =a",
                "attachment; filename",
                "attachment; filename=\"a",
                "attachment; filename=a; filename=b"
            })
    void malformedOnesAreRefused(String field) {
        assertThatThrownBy(() -> Disposition.parse(field)).isInstanceOf(Refusal.class);
    }
}
