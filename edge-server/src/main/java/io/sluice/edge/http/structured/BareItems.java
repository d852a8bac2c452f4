package io.sluice.edge.http.structured;

import io.sluice.edge.http.structured.BareItem.Bool;
import io.sluice.edge.http.structured.BareItem.Bytes;
import io.sluice.edge.http.structured.BareItem.Date;
import io.sluice.edge.http.structured.BareItem.Decimal;
import io.sluice.edge.http.structured.BareItem.DisplayText;
import io.sluice.edge.http.structured.BareItem.Text;
import io.sluice.edge.http.structured.BareItem.Token;
import io.sluice.edge.http.structured.BareItem.Whole;
import io.sluice.edge.http.structured.Parser.Malformed;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

/** Parses values without parameters (RFC 9651, sections 4.2.3.1 and 4.2.4 to 4.2.10). */
final class BareItems {
    private static final int WHOLE_DIGITS = 15;
    private static final int DECIMAL_DIGITS = 12;
    private static final int FRACTION_DIGITS = 3;

    private BareItems() {}

    static BareItem parse(Cursor cursor) {
        char first = cursor.peek();
        if (first == '-' || Cursor.isDigit(first)) {
            return number(cursor);
        }
        if (first == '*' || Cursor.isLetter(first)) {
            return new Token(cursor.takeWhile(BareItems::isOfToken));
        }
        return switch (first) {
            case '"' -> text(cursor);
            case ':' -> bytes(cursor);
            case '?' -> bool(cursor);
            case '@' -> date(cursor);
            case '%' -> displayText(cursor);
            default -> throw new Malformed("no value begins so");
        };
    }

    private static boolean isOfToken(int c) {
        return Cursor.isLetter(c) || Cursor.isDigit(c) || "!#$%&'*+-.^_`|~:/".indexOf(c) >= 0;
    }

    private static BareItem number(Cursor cursor) {
        String sign = cursor.take('-') ? "-" : "";
        String whole = cursor.takeWhile(Cursor::isDigit);
        if (whole.isEmpty() || whole.length() > WHOLE_DIGITS) {
            throw new Malformed("a number has 1 to 15 digits");
        }
        if (!cursor.take('.')) {
            return new Whole(Long.parseLong(sign + whole));
        }
        String fraction = cursor.takeWhile(Cursor::isDigit);
        if (whole.length() > DECIMAL_DIGITS
                || fraction.isEmpty()
                || fraction.length() > FRACTION_DIGITS) {
            throw new Malformed("a decimal has 1 to 12 digits before its point, 1 to 3 behind it");
        }
        return new Decimal(new BigDecimal(sign + whole + '.' + fraction));
    }

    private static BareItem date(Cursor cursor) {
        cursor.require('@');
        if (number(cursor) instanceof Whole(long seconds)) {
            return new Date(seconds);
        }
        throw new Malformed("a date is whole seconds");
    }

    private static BareItem bool(Cursor cursor) {
        cursor.require('?');
        if (cursor.take('1')) {
            return new Bool(true);
        }
        cursor.require('0');
        return new Bool(false);
    }

    private static BareItem text(Cursor cursor) {
        cursor.require('"');
        StringBuilder text = new StringBuilder();
        while (!cursor.take('"')) {
            char c = printable(cursor);
            if (c == '\\') {
                c = cursor.next();
                if (c != '"' && c != '\\') {
                    throw new Malformed("only quotes and backslashes are escaped");
                }
            }
            text.append(c);
        }
        return new Text(text.toString());
    }

    private static char printable(Cursor cursor) {
        char c = cursor.next();
        if (c < ' ' || c > '~') {
            throw new Malformed("text is printable ASCII");
        }
        return c;
    }

    private static BareItem bytes(Cursor cursor) {
        cursor.require(':');
        String base64 = cursor.takeWhile(c -> c != ':');
        cursor.require(':');
        try {
            return new Bytes(HexFormat.of().formatHex(Base64.getDecoder().decode(base64)));
        } catch (IllegalArgumentException e) {
            throw new Malformed("bytes are Base64");
        }
    }

    private static BareItem displayText(Cursor cursor) {
        cursor.require('%');
        cursor.require('"');
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (!cursor.take('"')) {
            char c = printable(cursor);
            bytes.write(c == '%' ? 16 * hex(cursor) + hex(cursor) : c);
        }
        try {
            ByteBuffer utf8 = ByteBuffer.wrap(bytes.toByteArray());
            return new DisplayText(StandardCharsets.UTF_8.newDecoder().decode(utf8).toString());
        } catch (CharacterCodingException e) {
            throw new Malformed("display text is UTF-8");
        }
    }

    private static int hex(Cursor cursor) {
        int digit = "0123456789abcdef".indexOf(cursor.next());
        if (digit < 0) {
            throw new Malformed("display text is escaped by small hex digits");
        }
        return digit;
    }
}
