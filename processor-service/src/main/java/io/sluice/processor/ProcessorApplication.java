package io.sluice.processor;

import io.sluice.service.SluiceService;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The processor's program. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(ProcessorProperties.class)
public class ProcessorApplication {
    /** Runs the processor until the master or a signal ends it. */
    public static void main(String[] args) {
        SluiceService.run(ProcessorApplication.class, "processor", args);
    }

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }
}
