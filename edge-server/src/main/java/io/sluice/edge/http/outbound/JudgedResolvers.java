package io.sluice.edge.http.outbound;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.sluice.edge.network.AddressFilter;
import java.net.InetSocketAddress;

/** A {@link JudgedResolver} for each event loop. */
final class JudgedResolvers extends AddressResolverGroup<InetSocketAddress> {
    private final AddressResolverGroup<InetSocketAddress> names;
    private final AddressFilter filter;

    JudgedResolvers(AddressResolverGroup<InetSocketAddress> names, AddressFilter filter) {
        this.names = names;
        this.filter = filter;
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new JudgedResolver(executor, names.getResolver(executor), filter);
    }
}
