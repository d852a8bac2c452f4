package io.sluice.edge;

import io.sluice.service.SluiceService;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The edge's program. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class EdgeApplication {

    /** Runs the edge until it is told to stop. */
    public static void main(String[] args) {
        SluiceService.run(EdgeApplication.class, "edge", args);
    }
}
