package io.sluice.edge.http;

import io.sluice.edge.http.web.WebFiles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The upload page at the root, and what pages load below {@code /web}. */
@Configuration(proxyBeanMethods = false)
class WebRoutes {

    @Bean
    RouterFunction<ServerResponse> pageRoutes() {
        WebFiles files =
                WebFiles.read(
                        "upload.html",
                        "upload.css",
                        "upload.js",
                        "session.js",
                        "story.js",
                        "row.js",
                        "format.js",
                        "sluice.svg",
                        "uppy-6.3.1.min.js",
                        "uppy-6.3.1.licences.txt");
        return OpenResource.route("/", request -> files.answer("upload.html", request))
                .and(
                        OpenResource.route(
                                "/web/{name}",
                                request -> files.answer(request.pathVariable("name"), request)));
    }
}
