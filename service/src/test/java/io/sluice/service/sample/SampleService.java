package io.sluice.service.sample;

import io.sluice.service.SluiceService;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** The main class of the sample. */
@SpringBootApplication
@EnableConfigurationProperties(SampleProperties.class)
public class SampleService {
    /** Runs the sample. */
    public static void main(String[] args) {
        SluiceService.run(SampleService.class, "sample", args);
    }
}
