package io.sluice.channel.tcp;

import io.netty.channel.Channel;
import io.sluice.channel.ChannelProperties;
import io.sluice.channel.frame.ChannelMetrics;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundles;

/** What stands between the bytes of a TCP connection and its frames. */
sealed interface TcpSecurity {

    /**
     * What the settings ask for.
     *
     * @param bundles where the SSL bundle is found; null only with plain text
     * @throws IllegalArgumentException when there is no such bundle, or it can't be used
     */
    static TcpSecurity of(
            ChannelProperties properties, @Nullable SslBundles bundles, TlsContext.Side side) {
        ChannelProperties.Tcp settings = properties.tcp();
        settings.requireSecurity();
        String bundle = settings.bundle();
        if (bundle == null) {
            return new PlainText();
        }
        if (bundles == null) {
            throw new IllegalArgumentException(
                    "sluice.channel.tcp.bundle = %s: this program has no SSL bundles"
                            .formatted(bundle));
        }
        return new MutualTls(
                TlsContext.of(bundles, bundle, side, properties.ping().timeout()),
                new AllowedNames(settings.allowedNames()));
    }

    /** Puts it into the pipeline of a connection that is being made. */
    void guard(Channel channel, ChannelMetrics metrics);

    /** Says at each start what it doesn't do. */
    void warn();

    /** None: whoever reaches the port is let in, and whoever is on the way reads along. */
    record PlainText() implements TcpSecurity {
        private static final Logger log = LoggerFactory.getLogger(PlainText.class);

        @Override
        public void guard(Channel channel, ChannelMetrics metrics) {
            // The frames follow at once.
        }

        @Override
        public void warn() {
            log.warn(
                    "sluice.channel.tcp.insecure = true: jobs go in plain text, and whoever reaches"
                            + " the port is let in; set sluice.channel.tcp.bundle outside of tests");
        }
    }

    /** Certificates of both ends, checked against the bundle's authorities and the names. */
    record MutualTls(TlsContext context, AllowedNames allowed) implements TcpSecurity {
        @Override
        public void guard(Channel channel, ChannelMetrics metrics) {
            channel.pipeline()
                    .addLast(context.handler(channel.alloc()))
                    .addLast(new TlsGate(allowed, metrics));
        }

        @Override
        public void warn() {
            // Nothing to warn of.
        }
    }
}
