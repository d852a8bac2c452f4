package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(Shared.class)
class ListTest {
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; *rel=\"?next\"?");

    private final Api api;

    ListTest(Sluice sluice) {
        api = sluice.api();
    }

    @Test
    void showsEachUploadOnceNewestFirstOverSeveralPages() throws Exception {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.addFirst(api.upload("gallery", TestFile.text(100, 30 + i), "text/plain"));
        }
        List<String> seen = new ArrayList<>();
        Optional<String> next = Optional.of(Api.UPLOADS + "?limit=2&profile=gallery");
        while (next.isPresent() && seen.size() < made.size()) {
            Answer page = api.get(next.get()).isStatus(200);
            JsonNode uploads = page.json().get("uploads");
            assertThat(uploads.size()).isBetween(1, 2);
            uploads.forEach(upload -> seen.add(upload.get("id").asString()));
            next =
                    page.findHeader("link")
                            .map(NEXT::matcher)
                            .filter(Matcher::find)
                            .map(m -> m.group(1));
        }
        assertThat(seen.subList(0, made.size())).isEqualTo(made);
    }

    @Test
    void canBeNarrowedToAState() throws Exception {
        String ready = api.ready(TestFile.text(100, 40), "text/plain");
        JsonNode uploads =
                api.get(Api.UPLOADS + "?state=ready&limit=100").isStatus(200).json().get("uploads");
        assertThat(uploads).allMatch(upload -> Api.state(upload).equals("ready"));
        assertThat(uploads).anyMatch(upload -> upload.get("id").asString().equals(ready));
    }

    @Test
    void refusesAStateThatDoesNotExist() throws Exception {
        api.get(Api.UPLOADS + "?state=lost").isProblem(400, "malformed");
    }
}
