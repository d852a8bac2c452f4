package io.sluice.edge.webhook;

/**
 * What is sent, by the names of Standard Webhooks.
 *
 * @param id the same for each try
 * @param timestamp of this try, in Unix seconds
 * @param signature one or more, between blanks
 */
public record Message(String url, String id, long timestamp, String signature, String body) {}
