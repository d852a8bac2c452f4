package io.sluice.edge.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The prepared statements of one connection, kept for the next time their text comes: SQLite
 * compiles an insert with its triggers in more time than it runs it.
 *
 * <p>Concurrency: one thread at a time, as for the connection. Those unused for the longest are
 * closed when there are too many; the rest end with their connection.
 */
final class KeptStatements {
    private static final int MOST = 256;

    private final Connection connection;
    private final LinkedHashMap<String, Kept> kept = new LinkedHashMap<>(MOST, 0.75f, true);

    private KeptStatements(Connection connection) {
        this.connection = connection;
    }

    /** The same connection, but that it keeps what it prepares by its text alone. */
    static Connection of(Connection connection) {
        KeptStatements statements = new KeptStatements(connection);
        return proxy(
                Connection.class,
                (_, method, arguments) ->
                        method.getName().equals("prepareStatement") && arguments.length == 1
                                ? statements.prepare((String) arguments[0])
                                : call(connection, method, arguments));
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        Kept known = kept.get(sql);
        if (known == null) {
            closeEldest();
            known = new Kept(connection.prepareStatement(sql));
            kept.put(sql, known);
        } else if (known.isInUse) {
            // The caller works on the result of the same text.
            return connection.prepareStatement(sql);
        }
        known.isInUse = true;
        return known.handle;
    }

    private void closeEldest() throws SQLException {
        if (kept.size() == MOST) {
            Kept eldest = kept.pollFirstEntry().getValue();
            eldest.isForgotten = true;
            if (!eldest.isInUse) {
                eldest.statement.close();
            }
        }
    }

    /** A statement whose close gives it back. */
    private static final class Kept {
        final PreparedStatement statement;
        final PreparedStatement handle;
        boolean isInUse;
        boolean isForgotten;

        Kept(PreparedStatement statement) {
            this.statement = statement;
            this.handle =
                    proxy(
                            PreparedStatement.class,
                            (_, method, arguments) -> invoke(method, arguments));
        }

        private @Nullable Object invoke(Method method, Object[] arguments) throws Throwable {
            if (!method.getName().equals("close")) {
                return call(statement, method, arguments);
            }
            isInUse = false;
            if (isForgotten) {
                statement.close();
            } else {
                statement.clearParameters();
            }
            return null;
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(
                        KeptStatements.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object call(Object target, Method method, Object[] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
