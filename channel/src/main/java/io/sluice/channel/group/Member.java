package io.sluice.channel.group;

import io.sluice.channel.Dispatcher;
import io.sluice.channel.GroupProperties;
import io.sluice.model.Job;

/** A group of processors as a {@link GroupDispatcher} sees it. */
record Member(String name, GroupProperties settings, Dispatcher dispatcher) {

    /** How many jobs of the kind it would take now. */
    int credit(Job.Kind kind) {
        return settings.kinds().contains(kind) ? dispatcher.credit(kind) : 0;
    }

    /** How many jobs it would take now, of whatever kinds it takes. */
    int credit() {
        return settings.kinds().size() == 1
                ? dispatcher.credit(settings.kinds().iterator().next())
                : dispatcher.credit();
    }
}
