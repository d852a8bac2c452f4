/** The channel over RabbitMQ: jobs and answers wait in quorum queues. */
@NullMarked
package io.sluice.channel.amqp;

import org.jspecify.annotations.NullMarked;
