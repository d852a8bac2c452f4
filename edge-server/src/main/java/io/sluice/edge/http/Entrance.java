package io.sluice.edge.http;

import io.sluice.edge.http.intake.Allowance;
import io.sluice.edge.http.limit.UploadPlaces;
import io.sluice.edge.identity.Identity;
import io.sluice.edge.upload.Admission;
import io.sluice.edge.upload.Uploads;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Where a request with bytes has to find room before they may come: among its client's uploads,
 * among all, and in its tenant's quota.
 */
final class Entrance {
    private final Gate gate;
    private final Draining draining;
    private final UploadPlaces places;
    private final Uploads uploads;
    private final UploadPolicy policy;

    Entrance(
            Gate gate,
            Draining draining,
            UploadPlaces places,
            Uploads uploads,
            UploadPolicy policy) {
        this.gate = gate;
        this.draining = draining;
        this.places = places;
        this.uploads = uploads;
        this.policy = policy;
    }

    /**
     * The room that one request has.
     *
     * @param leaving gives all of it back; more often is as once
     */
    record Room(Allowance allowance, Runnable leaving) {}

    /**
     * Takes room; on the request's event loop.
     *
     * @throws io.sluice.edge.http.problem.Refusal 429 or 503
     * @throws io.sluice.edge.upload.TooBusy if all places are taken
     * @throws io.sluice.edge.quota.QuotaExceeded if the tenant has no room for what was announced
     */
    Room enter(ServerRequest request, UploadRequest upload, Identity who) {
        Runnable place = enter(gate.site(request), who);
        try {
            return room(policy.allowance(upload, who), place);
        } catch (RuntimeException e) {
            place.run();
            throw e;
        }
    }

    /**
     * Takes a place for bytes that are an upload's next ones; its room was found when it began. Any
     * thread may call.
     *
     * @param site where the client stands in the limits by address
     * @return gives the place back; to be run once
     * @throws io.sluice.edge.http.problem.Refusal 429 or 503
     * @throws io.sluice.edge.upload.TooBusy if all places are taken
     */
    Runnable enter(String site, Identity who) {
        draining.requireOff();
        Runnable ofClient = places.enter(who.credential(), site);
        try {
            Admission place = uploads.admit();
            return () -> {
                place.close();
                ofClient.run();
            };
        } catch (RuntimeException e) {
            ofClient.run();
            throw e;
        }
    }

    private static Room room(Allowance allowance, Runnable place) {
        AtomicBoolean isOpen = new AtomicBoolean(true);
        return new Room(
                allowance,
                () -> {
                    if (isOpen.compareAndSet(true, false)) {
                        allowance.quota().close();
                        place.run();
                    }
                });
    }
}
