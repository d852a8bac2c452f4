package io.sluice.edge.http.outbound;

import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import io.sluice.edge.network.AddressFilter;
import io.sluice.edge.network.TargetRefused;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;

/**
 * Resolves a host once, and gives its addresses out only if each of them may be connected to. What
 * it gives out is what is connected to: there is no second look-up that a hostile name server could
 * answer otherwise. An address in a URL passes through here too.
 */
final class JudgedResolver extends AbstractAddressResolver<InetSocketAddress> {
    private final AddressResolver<InetSocketAddress> names;
    private final AddressFilter filter;

    JudgedResolver(
            EventExecutor executor,
            AddressResolver<InetSocketAddress> names,
            AddressFilter filter) {
        super(executor, InetSocketAddress.class);
        this.names = names;
        this.filter = filter;
    }

    /** Never: what is resolved already must be judged. */
    @Override
    protected boolean doIsResolved(InetSocketAddress address) {
        return false;
    }

    @Override
    protected void doResolve(InetSocketAddress host, Promise<InetSocketAddress> promise) {
        judge(host, promise, addresses -> promise.trySuccess(addresses.getFirst()));
    }

    @Override
    protected void doResolveAll(InetSocketAddress host, Promise<List<InetSocketAddress>> promise) {
        judge(host, promise, promise::trySuccess);
    }

    private void judge(
            InetSocketAddress host,
            Promise<?> promise,
            Consumer<List<InetSocketAddress>> addresses) {
        if (!host.isUnresolved()) {
            judge(List.of(host), promise, addresses);
            return;
        }
        names.resolveAll(host)
                .addListener(found -> {
                    if (found.isSuccess()) {
                        @SuppressWarnings("unchecked") // The future's own type, which is erased.
                        List<InetSocketAddress> all = (List<InetSocketAddress>) found.getNow();
                        judge(all, promise, addresses);
                    } else {
                        promise.tryFailure(found.cause());
                    }
                });
    }

    private void judge(
            List<InetSocketAddress> all,
            Promise<?> promise,
            Consumer<List<InetSocketAddress>> addresses) {
        try {
            all.forEach(address -> filter.require(address.getAddress()));
            addresses.accept(all);
        } catch (TargetRefused e) {
            promise.tryFailure(e);
        }
    }

    @Override
    public void close() {
        // The names' resolver is its group's.
    }
}
