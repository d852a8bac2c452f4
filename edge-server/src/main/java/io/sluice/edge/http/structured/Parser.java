package io.sluice.edge.http.structured;

import io.sluice.edge.http.structured.BareItem.Bool;
import io.sluice.edge.http.structured.Member.InnerList;
import io.sluice.edge.http.structured.Member.Item;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The algorithms of RFC 9651, section 4.2, over the text of one field. */
final class Parser {
    private final Cursor cursor;

    Parser(String text) {
        this.cursor = new Cursor(text);
    }

    /** The text is no structured field of the kind that was asked for. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message, null, false, false);
        }
    }

    /** Parses all of the text, which may have spaces around it. */
    <T> T whole(Function<Parser, T> kind) {
        cursor.skipSpaces();
        T value = kind.apply(this);
        cursor.skipSpaces();
        if (!cursor.isAtEnd()) {
            throw new Malformed("something follows");
        }
        return value;
    }

    List<Member> list() {
        List<Member> members = new ArrayList<>();
        while (!cursor.isAtEnd()) {
            members.add(member());
            passComma();
        }
        return members;
    }

    Map<String, Member> dictionary() {
        Map<String, Member> members = new LinkedHashMap<>();
        while (!cursor.isAtEnd()) {
            String key = key();
            members.put(key, cursor.take('=') ? member() : new Item(new Bool(true), parameters()));
            passComma();
        }
        return members;
    }

    private void passComma() {
        cursor.skipBlanks();
        if (cursor.isAtEnd()) {
            return;
        }
        cursor.require(',');
        cursor.skipBlanks();
        if (cursor.isAtEnd()) {
            throw new Malformed("a comma is the last");
        }
    }

    private Member member() {
        return cursor.isNext('(') ? innerList() : item();
    }

    Item item() {
        BareItem value = BareItems.parse(cursor);
        return new Item(value, parameters());
    }

    private InnerList innerList() {
        cursor.require('(');
        List<Item> items = new ArrayList<>();
        while (true) {
            cursor.skipSpaces();
            if (cursor.take(')')) {
                return new InnerList(items, parameters());
            }
            items.add(item());
            if (!cursor.isNext(' ') && !cursor.isNext(')')) {
                throw new Malformed("an inner list is not closed");
            }
        }
    }

    private Map<String, BareItem> parameters() {
        Map<String, BareItem> parameters = new LinkedHashMap<>();
        while (cursor.take(';')) {
            cursor.skipSpaces();
            String key = key();
            parameters.put(key, cursor.take('=') ? BareItems.parse(cursor) : new Bool(true));
        }
        return parameters;
    }

    private String key() {
        if (!Cursor.isLowerLetter(cursor.peek()) && !cursor.isNext('*')) {
            throw new Malformed("a key must begin with a small letter or *");
        }
        return cursor.takeWhile(
                c -> Cursor.isLowerLetter(c) || Cursor.isDigit(c) || "_-.*".indexOf(c) >= 0);
    }
}
