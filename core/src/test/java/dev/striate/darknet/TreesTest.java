package dev.striate.darknet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.fixtures.SharedFiles;
import dev.striate.graph.ClassTrees;
import dev.striate.graph.Op;
import dev.striate.tree.WordTree;
import dev.striate.yolo.RegionHead;
import dev.striate.yolo.YoloHeads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A `.cfg` names the file of its classes' tree, which becomes part of the network.
class TreesTest {
    private static final String CFG = """
            [net]
            height=32
            width=32
            channels=3
            [convolutional]
            filters=9
            [region]
            classes=4
            num=1
            tree=data/animals.tree
            """;
    private static final String CLASSIFIER = """
            [net]
            height=32
            width=32
            channels=3
            [convolutional]
            filters=4
            activation=linear
            [avgpool]
            [softmax]
            groups=1
            tree=data/animals.tree
            [cost]
            type=masked
            """;
    private static final String ANIMALS = "animal -1\nthing -1\ndog 0\ncat 0\n";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = { "data/animals.tree", "cfg/data/animals.tree", "cfg/animals.tree", "animals.tree" })
    void readsTheTreeWhereverDarknetsNetworksKeepIt(String place) {
        write(place, ANIMALS);
        var read = DarknetNetwork.read(write("cfg/a.cfg", CFG));
        assertThat(head(read).tree()).isEqualTo(WordTree.parse(ANIMALS, "a text").tree());
        assertThat(read.words()).map(WordTree::names).hasValueSatisfying(
                names -> assertThat(names).containsExactly("animal", "thing", "dog", "cat"));
    }

    @Test
    void theNetworksTextNeedsNoFile() {
        write("animals.tree", ANIMALS);
        var read = DarknetNetwork.read(write("a.cfg", CFG));
        var again = DarknetNetwork.parse("a", read.text(), "a text");
        assertThat(again.network()).isEqualTo(read.network());
        assertThat(head(again).tree()).isEqualTo(head(read).tree());
    }

    @Test
    void aClassifiersTreeBecomesItsLastLayer() {
        write("cfg/data/animals.tree", ANIMALS);
        var read = DarknetNetwork.read(write("cfg/a.cfg", CLASSIFIER));
        assertThat(ClassTrees.of(read.network()))
                .hasValue(new Op.TreeLogits(WordTree.parse(ANIMALS, "a text").tree()));
        assertThat(read.words()).isPresent();
        assertThat(read.unused()).isEmpty();
        assertThat(DarknetNetwork.parse("a", read.text(), "a text").network()).isEqualTo(read.network());
    }

    @Test
    void aClassifiersTreeIsExpectedWithItsText() {
        assertThatThrownBy(() -> DarknetNetwork.parse("a", CLASSIFIER, "a text"))
                .isInstanceOf(StriateException.class)
                .hasMessage("a text, line 9: [softmax] expects the parents of the classes of its tree for "
                        + "tree.parents; received none.");
    }

    @Test
    void aFileThatIsNotThereIsNamedWithItsLine() {
        var cfg = write("a.cfg", CFG);
        assertThatThrownBy(() -> DarknetNetwork.read(cfg)).isInstanceOf(StriateException.class)
                .hasMessage(cfg
                        + ", line 10: [region] expects a file of class names and their parents, below the folder "
                        + "of the .cfg, the one above or the working folder, for tree; received 'data/animals.tree'.");
    }

    @Test
    void aBrokenTreeIsNamedWithItsLine() {
        var tree = write("animals.tree", "animal -1\ndog\n");
        var cfg = write("a.cfg", CFG);
        assertThatThrownBy(() -> DarknetNetwork.read(cfg)).isInstanceOf(StriateException.class)
                .hasMessageStartingWith(tree + ", line 2: expected a name and the number of its parent");
    }

    @Test
    @Tag("shared")
    void yolo9000CountsTheClassesOfItsTree() {
        var read = Published.network("yolo9000");
        assertThat(head(read).tree())
                .isEqualTo(WordTree.read(SharedFiles.file("data/darknet/9k.tree")).tree());
        assertThat(head(read).classes()).isEqualTo(9418);
        assertThat(head(read).channels()).isEqualTo(28269);
    }

    private static RegionHead head(DarknetNetwork read) {
        return (RegionHead) YoloHeads.of(read.network()).heads().firstEntry().getValue();
    }

    private Path write(String name, String text) {
        try {
            var file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
