package io.sluice.edge.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.edge.content.Originals;
import io.sluice.edge.content.Renditions;
import io.sluice.edge.event.Events;
import io.sluice.edge.http.ietf.IetfFront;
import io.sluice.edge.http.ietf.UploadLimits;
import io.sluice.edge.http.intake.IntakeLimits;
import io.sluice.edge.http.intake.Receiver;
import io.sluice.edge.http.meter.EdgeMeters;
import io.sluice.edge.http.multipart.MultipartLimits;
import io.sluice.edge.http.tus.TusFront;
import io.sluice.edge.identity.Scope;
import io.sluice.edge.quota.Quotas;
import io.sluice.edge.spool.DiskExecutor;
import io.sluice.edge.spool.DiskSpool;
import io.sluice.edge.upload.Profiles;
import io.sluice.edge.upload.UploadProperties;
import io.sluice.edge.upload.Uploads;
import io.sluice.edge.upload.transfer.Transfers;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The API's resources and their paths. */
@Configuration(proxyBeanMethods = false)
class RouteConfiguration {

    @Bean
    EdgeMeters edgeMeters(MeterRegistry meters) {
        return new EdgeMeters(meters);
    }

    @Bean
    Front front() {
        return new Front();
    }

    @Bean
    Cors cors(EdgeProperties properties) {
        return new Cors(properties.cors());
    }

    @Bean
    Cors.Preflight preflight() {
        return new Cors.Preflight();
    }

    @Bean
    TusFront tusFront(UploadProperties properties) {
        return new TusFront(properties.maxSize().bytes());
    }

    @Bean
    UploadLimits uploadLimits(UploadProperties properties, InstantSource clock) {
        return new UploadLimits(properties.maxSize().bytes(), properties.expiresAfter(), clock);
    }

    @Bean
    IetfFront ietfFront(UploadLimits limits) {
        return new IetfFront(limits);
    }

    @Bean
    Appending appending(
            Gate gate,
            Entrance entrance,
            Transfers transfers,
            Receiver receiver,
            EdgeMeters meters) {
        return new Appending(gate, entrance, transfers, receiver, meters);
    }

    @Bean
    IetfResource ietfResource(
            Transfers transfers,
            Uploads uploads,
            UploadPolicy policy,
            Appending appending,
            Waiting waiting,
            UploadLimits limits) {
        return new IetfResource(transfers, uploads, policy, appending, waiting, limits);
    }

    @Bean
    UploadResource uploadResource(
            Handover handover,
            UploadPolicy policy,
            Entrance entrance,
            Receiver receiver,
            Uploads uploads,
            Waiting waiting,
            EdgeMeters meters,
            IetfResource resumable) {
        return new UploadResource(
                handover, policy, entrance, receiver, uploads, waiting, meters, resumable);
    }

    @Bean
    ProblemHandler problemHandler(EdgeMeters meters) {
        return new ProblemHandler(meters);
    }

    @Bean
    Waiting waiting(Uploads uploads, EdgeProperties properties) {
        return new Waiting(uploads, properties.limits().longestWait());
    }

    @Bean
    Receiver receiver(
            DiskExecutor disk,
            DiskSpool spool,
            InstantSource clock,
            EdgeMeters meters,
            IntakeLimits limits,
            Events events) {
        return new Receiver(disk, spool, clock, meters, limits, events);
    }

    @Bean
    IntakeLimits intakeLimits(EdgeProperties edge, UploadProperties upload) {
        EdgeProperties.Multipart form = edge.multipart();
        return new IntakeLimits(
                upload.maxFiles(),
                (int) form.field().bytes(),
                (int) edge.limits().writeSize().bytes(),
                new MultipartLimits(form.parts(), (int) form.partHeader().bytes()));
    }

    @Bean
    UploadPolicy uploadPolicy(
            UploadProperties limits, Profiles profiles, Quotas quotas, DiskSpool spool) {
        return new UploadPolicy(limits, profiles, quotas, spool);
    }

    @Bean
    Handover handover(Gate gate, UploadPolicy policy, Uploads uploads) {
        return new Handover(gate, policy, uploads);
    }

    @Bean
    RouterFunction<ServerResponse> uploadRoutes(
            Gate gate,
            UploadResource upload,
            IetfResource resumable,
            Uploads uploads,
            Transfers transfers,
            Waiting waiting,
            UploadLimits limits) {
        ListResource list = new ListResource(uploads);
        ResumptionResource one =
                new ResumptionResource(
                        transfers, limits, new StateResource(uploads, transfers, waiting));
        return new Resource(gate, "/uploads")
                .on(HttpMethod.POST, Scope.UPLOAD, upload::create)
                .on(HttpMethod.GET, Scope.READ, list::list)
                .on(HttpMethod.HEAD, Scope.READ, list::list)
                .route()
                .and(
                        new Resource(gate, "/uploads/{id}")
                                .on(HttpMethod.GET, Scope.STATUS, one::get)
                                .on(HttpMethod.HEAD, Scope.STATUS, one::head)
                                .on(HttpMethod.PATCH, Scope.UPLOAD, resumable::patch)
                                .on(HttpMethod.DELETE, Scope.UPLOAD, one::delete)
                                .route());
    }

    @Bean
    RouterFunction<ServerResponse> tusRoutes(
            Gate gate,
            UploadPolicy policy,
            Transfers transfers,
            Appending appending,
            Uploads uploads,
            Originals originals,
            Renditions renditions,
            Waiting waiting,
            EdgeMeters meters) {
        TusResource tus = new TusResource(transfers, policy, appending);
        ContentResource content =
                new ContentResource(uploads, originals, renditions, waiting, meters);
        return new Resource(gate, "/tus")
                .on(HttpMethod.POST, Scope.UPLOAD, tus::create)
                .route()
                .and(
                        new Resource(gate, "/tus/{id}")
                                .on(HttpMethod.HEAD, Scope.UPLOAD, tus::head)
                                .on(HttpMethod.PATCH, Scope.UPLOAD, tus::patch)
                                .on(HttpMethod.DELETE, Scope.UPLOAD, tus::delete)
                                .on(HttpMethod.GET, Scope.READ, content::transferred)
                                .route());
    }

    @Bean
    RouterFunction<ServerResponse> contentRoutes(
            Gate gate,
            Uploads uploads,
            Originals originals,
            Renditions renditions,
            Waiting waiting,
            EdgeMeters meters) {
        ContentResource content =
                new ContentResource(uploads, originals, renditions, waiting, meters);
        return new Resource(gate, "/uploads/{id}/content")
                .on(HttpMethod.GET, Scope.READ, content::original)
                .on(HttpMethod.HEAD, Scope.READ, content::original)
                .route()
                .and(
                        new Resource(gate, "/uploads/{id}/renditions/{name}")
                                .on(HttpMethod.GET, Scope.READ, content::rendition)
                                .on(HttpMethod.HEAD, Scope.READ, content::rendition)
                                .route());
    }
}
