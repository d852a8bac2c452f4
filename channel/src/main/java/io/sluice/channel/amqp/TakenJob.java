package io.sluice.channel.amqp;

import io.sluice.channel.frame.JobInHand;

/** A job that the broker has given to a processor and still keeps. Owned by the loop. */
final class TakenJob {
    private final JobInHand job;
    private final String edge;
    private final String mailbox;
    private final Shares.Share share;
    private Delivery delivery;

    TakenJob(JobInHand job, Delivery delivery, Shares.Share share) {
        this.job = job;
        this.delivery = delivery;
        this.share = share;
        edge = delivery.sender();
        mailbox = delivery.replyTo();
    }

    JobInHand job() {
        return job;
    }

    /** Whose it is. */
    String edge() {
        return edge;
    }

    /** Where its edge wants the answers. */
    String mailbox() {
        return mailbox;
    }

    Shares.Share share() {
        return share;
    }

    /** The broker delivered it once more, over another connection: only that one counts. */
    void deliveredAgain(Delivery again) {
        delivery = again;
    }

    /** The broker may forget it. */
    void acknowledge() {
        delivery.acknowledge();
    }
}
