package io.sluice.channel;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;

/** Binds the settings of the channel: to be imported by the programs at both of its ends. */
@Configuration(proxyBeanMethods = false)
@PropertySource("classpath:io/sluice/channel/channel-defaults.properties")
@EnableConfigurationProperties(ChannelProperties.class)
public class ChannelConfiguration {}
