package io.sluice.edge.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeptStatementsTest {
    private static final String INSERT = "INSERT INTO number (n) VALUES (?)";
    private static final String BELOW = "SELECT n FROM number WHERE n < ? ORDER BY n";

    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        connection = KeptStatements.of(DriverManager.getConnection("jdbc:sqlite::memory:"));
        execute("CREATE TABLE number (n INTEGER PRIMARY KEY) STRICT");
        for (int n = 0; n < 5; n++) {
            insert(n);
        }
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void insert(int n) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setInt(1, n);
            statement.executeUpdate();
        }
    }

    private List<Integer> below(int limit) throws SQLException {
        List<Integer> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(BELOW)) {
            statement.setInt(1, limit);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getInt(1));
                }
            }
        }
        return found;
    }

    @Test
    void answersEachTimeAnew() throws SQLException {
        assertThat(below(2)).containsExactly(0, 1);
        assertThat(below(3)).containsExactly(0, 1, 2);
        insert(-1);
        assertThat(below(1)).containsExactly(-1, 0);
    }

    @Test
    void areUsedAgain() throws SQLException {
        PreparedStatement first = connection.prepareStatement(BELOW);
        first.close();
        try (PreparedStatement second = connection.prepareStatement(BELOW)) {
            assertThat(second).isSameAs(first);
        }
    }

    @Test
    void keepNoParameters() throws SQLException {
        below(3);
        try (PreparedStatement statement = connection.prepareStatement(BELOW);
                ResultSet rows = statement.executeQuery()) {
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void areNotSharedWhileTheyAreInUse() throws SQLException {
        List<Integer> found = new ArrayList<>();
        try (PreparedStatement outer = connection.prepareStatement(BELOW)) {
            outer.setInt(1, 3);
            try (ResultSet rows = outer.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getInt(1) * 10 + below(rows.getInt(1)).size());
                }
            }
        }
        assertThat(found).containsExactly(0, 11, 22);
    }

    @Test
    void canBeUsedAgainAfterTheyHaveFailed() throws SQLException {
        assertThatThrownBy(() -> insert(4)).isInstanceOf(SQLException.class);
        insert(5);
        assertThat(below(9)).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void seeATableThatHasChanged() throws SQLException {
        assertThat(below(2)).hasSize(2);
        execute("ALTER TABLE number ADD COLUMN name TEXT");
        insert(7);
        assertThat(below(9)).hasSize(6);
    }

    @Test
    void areFew() throws SQLException {
        PreparedStatement first = connection.prepareStatement(BELOW);
        first.close();
        for (int i = 0; i < 300; i++) {
            connection.prepareStatement("SELECT " + i).close();
        }
        assertThat(first.isClosed()).isTrue();
        assertThat(below(2)).containsExactly(0, 1);
    }

    @Test
    void mayBeForgottenWhileTheyAreInUse() throws SQLException {
        try (PreparedStatement first = connection.prepareStatement(BELOW)) {
            for (int i = 0; i < 300; i++) {
                connection.prepareStatement("SELECT " + i).close();
            }
            first.setInt(1, 2);
            try (ResultSet rows = first.executeQuery()) {
                assertThat(rows.next()).isTrue();
            }
        }
        assertThat(below(2)).containsExactly(0, 1);
    }
}
