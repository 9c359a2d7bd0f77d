package dev.striate.data.labels;

import dev.striate.graph.Size;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads one of PASCAL VOC's XML files. Elements are known by their whole path: an object's parts have boxes too.
///
/// A document type is refused: annotations need none, and it is how a small file becomes a large one, or reads others.
final class VocXml {
    private static final XMLInputFactory FACTORY = factory();
    private static final String OBJECT = "/annotation/object";
    private static final String BOX = OBJECT + "/bndbox/";

    private final XMLStreamReader reader;
    private final StringBuilder path = new StringBuilder();
    private final StringBuilder text = new StringBuilder();
    private final Map<String, String> annotation = new HashMap<>();
    private final List<Element> objects = new ArrayList<>();

    /// An object's elements by path, and the line in which it begins.
    record Element(int line, Map<String, String> values) {
        Optional<String> value(String path) {
            return Optional.ofNullable(values.get(path));
        }
    }

    /// What a file holds. A box's numbers are those of the file: whole pixels from 1.
    record Content(Optional<String> filename, Optional<Size> size, List<Element> objects) {}

    /// What makes a file unreadable, and where.
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;
        private final int line;

        Unreadable(int line, String what) {
            super(what);
            this.line = line;
        }

        int line() {
            return line;
        }
    }

    private VocXml(XMLStreamReader reader) {
        this.reader = reader;
    }

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    static Content read(byte[] bytes) throws Unreadable {
        if (bytes.length == 0) throw new Unreadable(1, "is empty");
        try {
            return new VocXml(FACTORY.createXMLStreamReader(new ByteArrayInputStream(bytes))).content();
        } catch (XMLStreamException e) {
            var message = String.valueOf(e.getMessage());
            throw new Unreadable(e.getLocation() == null ? 1 : e.getLocation().getLineNumber(),
                    "is no XML: " + message.substring(message.indexOf("Message: ") + 1).replaceFirst("^essage: ", "")
                            .replaceAll("\\s*\\R\\s*", " "));
        }
    }

    private Content content() throws XMLStreamException, Unreadable {
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.DTD -> throw new Unreadable(line(), "has a document type, which is refused");
                case XMLStreamConstants.ENTITY_REFERENCE -> throw new Unreadable(line(),
                        "has the entity " + reader.getLocalName() + ", which is refused");
                case XMLStreamConstants.START_ELEMENT -> start();
                case XMLStreamConstants.CHARACTERS -> text.append(reader.getText());
                case XMLStreamConstants.END_ELEMENT -> end();
                default -> {
                }
            }
        }
        return new Content(Optional.ofNullable(annotation.get("/annotation/filename")), size(), objects);
    }

    private void start() throws Unreadable {
        path.append('/').append(reader.getLocalName());
        text.setLength(0);
        if (path.indexOf("/annotation") != 0) {
            throw new Unreadable(line(), "is about <" + reader.getLocalName() + ">; <annotation> was expected");
        }
        if (path.toString().equals(OBJECT)) objects.add(new Element(line(), new HashMap<>()));
    }

    private void end() {
        var at = path.toString();
        var value = text.toString().strip();
        if (at.startsWith(OBJECT + "/")) {
            objects.getLast().values().merge(at, value, (first, second) -> first + " and " + second);
        } else if (at.startsWith("/annotation/")) {
            annotation.put(at, value);
        }
        path.setLength(path.lastIndexOf("/"));
        text.setLength(0);
    }

    /// Some programs write 0×0 where they do not know.
    private Optional<Size> size() {
        var width = Texts.number(annotation.getOrDefault("/annotation/size/width", ""));
        var height = Texts.number(annotation.getOrDefault("/annotation/size/height", ""));
        return width >= 1 && height >= 1 ? Optional.of(new Size((int) height, (int) width)) : Optional.empty();
    }

    private int line() {
        return reader.getLocation().getLineNumber();
    }

    /// The path of one of an object's elements: `name`, `difficult`.
    static String ofObject(String element) {
        return OBJECT + "/" + element;
    }

    /// The path of one of a box's corners: `xmin`.
    static String ofBox(String corner) {
        return BOX + corner;
    }
}
