package io.sluice.model;

import io.sluice.model.wire.RenditionOptionsMessage;

/** Translates a rendition's options for the channel and for image workers, as {@link Wire} does. */
public final class OptionsWire {
    private OptionsWire() {}

    /** A rendition's options as they go to a processor, and on to its image worker. */
    public static RenditionOptionsMessage encode(RenditionOptions options) {
        return RenditionOptionsMessage.newBuilder()
                .setGravity(options.gravity().word())
                .setFocusX(options.focusX())
                .setFocusY(options.focusY())
                .setDpr(options.dpr())
                .setBackground(options.background())
                .setRotate(options.rotate())
                .setTrim(options.trim())
                .setBlur(options.blur())
                .setSharpen(options.sharpen())
                .setMaxBytes(options.maxBytes())
                .build();
    }

    /**
     * The options that a message asks for.
     *
     * @throws IllegalArgumentException if one makes no sense
     */
    public static RenditionOptions decode(RenditionOptionsMessage message) {
        return new RenditionOptions(
                message.getGravity().isEmpty()
                        ? Gravity.CENTRE
                        : Gravity.ofWord(message.getGravity()),
                message.getFocusX(),
                message.getFocusY(),
                message.getDpr(),
                message.getBackground(),
                message.getRotate(),
                message.getTrim(),
                message.getBlur(),
                message.getSharpen(),
                message.getMaxBytes());
    }
}
