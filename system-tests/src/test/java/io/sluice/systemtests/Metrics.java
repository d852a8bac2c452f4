package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** What a management port tells Prometheus: the samples, a line each. */
record Metrics(List<String> samples) {

    /** Reads the metrics of the actuator at that address. */
    static Metrics read(URI management) throws IOException, InterruptedException {
        HttpResponse<String> response = get(management, "/actuator/prometheus");
        assertThat(response.statusCode()).isEqualTo(200);
        return new Metrics(response.body().lines().filter(line -> !line.startsWith("#")).toList());
    }

    /** One request to an actuator. */
    static HttpResponse<String> get(URI management, String path)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(management.resolve(path)).build(),
                    BodyHandlers.ofString());
        }
    }

    /** The sum of a name's samples that have all of the labels: {@code status="hit"}. */
    double sum(String name, String... labels) {
        return samples.stream()
                .filter(sample -> sample.startsWith(name + "{") || sample.startsWith(name + " "))
                .filter(sample -> List.of(labels).stream().allMatch(sample::contains))
                .mapToDouble(
                        sample -> Double.parseDouble(sample.substring(sample.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** The names of the samples. */
    List<String> names() {
        return samples.stream().map(sample -> sample.split("[{ ]", 2)[0]).distinct().toList();
    }
}
