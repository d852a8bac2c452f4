package io.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void isReadInATerminalAndAsMarkdown() {
        Table table = new Table("server", "MiB/s");
        table.add("nginx", Table.figure(1234.4, 0));
        assertThat(table)
                .hasToString(
                        """
                        | server | MiB/s |
                        |--------|------:|
                        | nginx  |  1234 |\
                        """);
    }
}
