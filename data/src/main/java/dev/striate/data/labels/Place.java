package dev.striate.data.labels;

/// Where in a file something stands: the line from 1, the column from 1 or 0 where the line says enough, and what it is
/// there: "annotation 17", or nothing. Its text begins a sentence.
record Place(String file, int line, int column, String what) {
    static Place file(String file) {
        return new Place(file, 0, 0, "");
    }

    static Place line(String file, int line) {
        return new Place(file, line, 0, "");
    }

    @Override
    public String toString() {
        if (line == 0) return file;
        return file + ", line " + line + (column > 0 ? ", column " + column : "")
                + (what.isEmpty() ? "," : ", " + what + ",");
    }
}
